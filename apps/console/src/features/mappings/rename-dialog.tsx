import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import {
  bindingTable,
  functionTable,
  parseSyntax,
  plainFunctions,
  refusedFunctions,
  variableAt,
  type Range,
} from '@waybill/mapping-language';
import { useState } from 'react';
import { counted, t } from '../../language/index.js';

export interface Renaming {
  name: string;
  ranges: Range[];
}

/** The variable that the cursor is in; undefined where none is that the mapping binds itself. */
export function renamingAt(source: string, position: number): Renaming | undefined {
  const syntax = parseSyntax(source);
  return syntax && variableAt(syntax, position);
}

const taken = new Set([...bindingTable, ...functionTable, ...plainFunctions].map(({ name }) => name.slice(1)));

/** Why a name cannot be taken; undefined when it can. */
export function nameProblem(source: string, { name }: Renaming, next: string): string | undefined {
  if (!/^[A-Za-z_]\w*$/.test(next)) return t('Letters, digits and _, not beginning with a digit');
  if (next === name) return undefined;
  if (taken.has(next) || refusedFunctions.includes(next) || next === 'money' || next === 'date')
    return t('${{next}} is a name of the language', { next });
  const used = parseSyntax(source)?.tokens.some(({ kind, text }) => kind === 'variable' && text === `$${next}`);
  return used ? t('${{next}} is used in the mapping already', { next }) : undefined;
}

/** The text with the variable under another name. */
export const renamed = (source: string, { ranges }: Renaming, next: string): string =>
  ranges.reduceRight((text, { from, to }) => `${text.slice(0, from)}$${next}${text.slice(to)}`, source);

export function RenameDialog({ renaming, source, onClose, onRename }: { renaming: Renaming | undefined; source: string; onClose: () => void; onRename: (text: string) => void }) {
  return (
    <Modal opened={renaming !== undefined} onClose={onClose} title={t('Rename {{name}}', { name: `$${renaming?.name ?? ''}` })} size="sm" centered>
      {renaming ? <Form renaming={renaming} source={source} onClose={onClose} onRename={onRename} /> : null}
    </Modal>
  );
} // prettier-ignore

function Form({ renaming, source, onClose, onRename }: { renaming: Renaming; source: string; onClose: () => void; onRename: (text: string) => void }) {
  const [name, setName] = useState(renaming.name);
  const problem = nameProblem(source, renaming, name);
  const places = renaming.ranges.length;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === undefined) onRename(renamed(source, renaming, name));
      }}
    >
      <Stack gap="md">
        <TextInput label={t('New name')} leftSection="$" value={name} error={problem} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <Text size="sm">
          {counted(places, '{{count}} place; another variable of the same name stays as it is.', '{{count}} places; another variable of the same name stays as it is.')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Keep as it is')}
          </Button>
          <Button type="submit" disabled={problem !== undefined || name === renaming.name}>
            {t('Rename')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
} // prettier-ignore

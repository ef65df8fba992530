import { Button, Group, Modal, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { checkFlowQuery } from '../../api/build.js';
import { sentencesOf } from '../../api/problem.js';
import { t } from '../../language/index.js';
import { Diff } from '../../parts/diff.js';
import { done } from '../../parts/notice.js';
import type { Step } from './outline.js';
import { fieldsOf, withChanges, type StepField } from './step-fields.js';

const idOf = ({ place }: StepField): string => place.join('/');

/** A step as a form. The hunk of the file that it changes stands below, with what the engine says of the file then; nothing is saved by it. */
export default function StepForm({
  yaml,
  step,
  onClose,
  onChange,
}: {
  yaml: string;
  step: Step;
  onClose: () => void;
  onChange: (yaml: string) => void;
}) {
  const fields = useMemo(() => fieldsOf(yaml, step), [yaml, step]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const after = useMemo(
    () => withChanges(yaml, fields.map((field) => ({ ...field, value: (typed[idOf(field)] ?? field.value).trim() }))), // prettier-ignore
    [yaml, fields, typed],
  );
  const [settled] = useDebouncedValue(after, 300);
  const changed = after !== yaml;
  const check = useQuery({ ...checkFlowQuery(settled), placeholderData: keepPreviousData, enabled: changed });
  const problems = changed && settled === after && !check.isPlaceholderData ? (check.data?.problems ?? []) : [];
  return (
    <Modal opened onClose={onClose} size="xl" title={t('Step {{step}}', { step: step.title })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!changed) return;
          onChange(after);
          done(t('File changed'), t('It is not saved yet.'));
        }}
      >
        <Stack gap="sm">
          {fields.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('Nothing of this step is a field; write it in the file.')}
            </Text>
          ) : null}
          {fields.map((field) => (
            <Field key={idOf(field)} field={field} value={typed[idOf(field)] ?? field.value} onChange={(value) => setTyped({ ...typed, [idOf(field)]: value })} />
          ))}
          {changed ? (
            <>
              <Diff before={yaml} after={after} beforeLabel={t('The file now')} afterLabel={t('The file afterwards')} language="yaml" />
              <div role="status">
                {problems.map((problem, at) => (
                  <Text key={at} size="sm" c="var(--wb-bad-text)">
                    {sentencesOf(problem)}
                  </Text>
                ))}
                {check.data?.ok && settled === after && !check.isPlaceholderData ? (
                  <Text size="sm" c="dimmed">
                    {t('The file has no problems then.')}
                  </Text>
                ) : null}
              </div>
            </>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('Cancel')}
            </Button>
            <Button type="submit" disabled={!changed}>
              {t('Change the file')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
} // prettier-ignore

function Field({ field: { label, kind }, value, onChange }: { field: StepField; value: string; onChange: (value: string) => void }) {
  if (kind === 'number') return <NumberInput label={label} min={0} value={value} onChange={(next) => onChange(String(next))} w={240} />;
  if (kind === 'expression')
    return (
      <Textarea
        label={label}
        description={t('JSONata')}
        autosize
        minRows={1}
        maxRows={8}
        value={value}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return <TextInput label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />;
}

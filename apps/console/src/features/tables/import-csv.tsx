import { Button, FileInput, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Table } from '../../api/build.js';
import { rich, t } from '../../language/index.js';
import { Refused } from '../../parts/situations.js';
import { useBeginDraft } from './use-begin-draft.js';

/** CSV in, as a draft: its page shows what each row would change, cell by cell, before anything is live. */
export function ImportCsv({ table, onClose }: { table: Table; onClose: () => void }) {
  const [csv, setCsv] = useState('');
  const begin = useBeginDraft(table.name);
  const change = (text: string) => {
    setCsv(text);
    begin.reset();
  };
  return (
    <Stack>
      <Text size="sm">
        {rich('First line: {{columns}}. Rows that the file does not name stay as they are.', {
          columns: <code>{[...table.key, ...table.columns.map((column) => column.name), 'validFrom', 'validTo'].join(',')}</code>,
        })}
      </Text>
      <FileInput
        label={t('File')}
        placeholder={t('Choose a CSV file')}
        accept=".csv,text/csv"
        leftSection={<IconUpload size={15} />}
        onChange={(file) => void file?.text().then(change)}
      />
      <Textarea
        label={t('Or paste')}
        autosize
        minRows={4}
        maxRows={12}
        value={csv}
        onChange={(event) => change(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      />
      <Refused error={begin.error} title={t('Could not draft the changes')} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button loading={begin.isPending} disabled={csv.trim() === ''} onClick={() => begin.mutate({ csv })}>
          {t('Draft the changes')}
        </Button>
      </Group>
    </Stack>
  );
}

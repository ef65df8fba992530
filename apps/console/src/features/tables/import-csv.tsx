import { Alert, Button, FileInput, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { importTableRows, type ImportResult, type Table } from '../../api/build.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';

/** CSV in, first as a dry run that only tells what would change. */
export function ImportCsv({ table, onClose }: { table: Table; onClose: () => void }) {
  const queries = useQueryClient();
  const [csv, setCsv] = useState('');
  const preview = useMutation({ mutationFn: () => importTableRows(table.name, csv, true) });
  const write = useMutation({
    mutationFn: () => importTableRows(table.name, csv, false),
    onSuccess: (result) => {
      done('CSV imported', inWords(result));
      for (const key of ['tables', 'exceptions']) void queries.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  const change = (text: string) => {
    setCsv(text);
    preview.reset();
    write.reset();
  };
  const result = preview.data;
  return (
    <Stack>
      <Text size="sm">
        First line: <code>{[...table.key, ...table.columns.map((column) => column.name), 'validFrom', 'validTo'].join(',')}</code>
      </Text>
      <FileInput
        label="File"
        placeholder="Choose a CSV file"
        accept=".csv,text/csv"
        leftSection={<IconUpload size={15} />}
        onChange={(file) => void file?.text().then(change)}
      />
      <Textarea
        label="Or paste"
        autosize
        minRows={4}
        maxRows={12}
        value={csv}
        onChange={(event) => change(event.currentTarget.value)}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
      />
      <Refused error={preview.error ?? write.error} title="Could not import" />
      {result ? (
        <Alert
          color={result.problems.length ? 'red' : 'blue'}
          title={
            result.problems.length
              ? `${formatCount(result.problems.length)} ${result.problems.length === 1 ? 'problem' : 'problems'}: nothing would be written`
              : 'What would change'
          }
          role="status"
        >
          <Text size="sm">{inWords(result)}</Text>
          {result.problems.length > 0 ? (
            <ul style={{ margin: '6px 0 0', paddingLeft: 18, fontSize: 13 }}>
              {result.problems.slice(0, 30).map((problem, index) => (
                <li key={index}>
                  {problem.line ? `Line ${problem.line}: ` : ''}
                  {problem.detail}
                </li>
              ))}
            </ul>
          ) : null}
        </Alert>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {result && result.problems.length === 0 ? (
          <Button loading={write.isPending} disabled={result.added + result.ended === 0} onClick={() => write.mutate()}>
            Import
          </Button>
        ) : (
          <Button loading={preview.isPending} disabled={csv.trim() === ''} onClick={() => preview.mutate()}>
            Show what would change
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function inWords(result: ImportResult): string {
  return `${formatCount(result.added)} added, ${formatCount(result.ended)} ended, ${formatCount(result.unchanged)} unchanged.`;
}

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeTableRows, tableRowsQuery, type Table, type TableRow } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { rowsOf } from '../../parts/paged.js';
import { RowForm } from '../../parts/row-form.js';
import { At } from '../../parts/time.js';
import classes from './tables.module.css';

/** One row: its values, when each version of its key was valid, correct it, end it. */
export function RowDetail({ table, row, onClose }: { table: Table; row: TableRow; onClose: () => void }) {
  const can = useCan();
  const queries = useQueryClient();
  const [doing, setDoing] = useState<'correct' | 'end'>();
  const [validTo, setValidTo] = useState('');
  const first = row.key[table.key[0]!] ?? '';
  const versions = useInfiniteQuery(tableRowsQuery(table.name, { history: true, q: first === '*' ? undefined : first }));
  const same = rowsOf(versions.data).filter((other) => table.key.every((column) => other.key[column] === row.key[column]));
  const end = useMutation({
    mutationFn: (reason: string) => changeTableRows(table.name, { end: [{ key: row.key, validTo }], reason: reason || undefined }),
    onSuccess: () => {
      done('Row ended', `Its last day is ${validTo}.`);
      void queries.invalidateQueries({ queryKey: ['tables'] });
      onClose();
    },
  });
  if (doing === 'correct') {
    return (
      <Stack>
        <Text size="sm" c="dimmed">
          The row as it is now ends the day before the corrected one begins. Without a first day, the correction counts from ever.
        </Text>
        <RowForm
          table={table}
          start={{ key: row.key, values: row.values, validFrom: row.validFrom }}
          keyFixed
          verb="Correct row"
          onSaved={onClose}
          onCancel={() => setDoing(undefined)}
        />
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      <Facts
        items={[
          ...table.key.map((column): [string, string] => [column, row.key[column] ?? '']),
          ...table.columns.map((column): [string, string] => [column.name, row.values[column.name] ?? '–']),
          ['Valid', `${row.validFrom ?? 'from ever'} to ${row.validTo ?? 'open end'}`],
          [
            'Written',
            <>
              <At at={row.createdAt} /> by {row.createdBy}
            </>,
          ],
        ]}
      />
      {same.length > 1 ? (
        <section aria-label="Validity">
          <Text size="sm" fw={600} mb={6}>
            All versions of this key
          </Text>
          <ol className={classes.strip}>
            {same.map((version) => (
              <li key={version.id} data-this={version.id === row.id || undefined}>
                <b>
                  {version.validFrom ?? 'ever'} – {version.validTo ?? 'open'}
                </b>
                <span>{table.columns.map((column) => version.values[column.name] ?? '–').join(' · ')}</span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {can('table.write') ? (
        <Group gap="sm">
          <Button variant="default" onClick={() => setDoing('correct')}>
            Correct row…
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setDoing('end')}>
            End row…
          </Button>
        </Group>
      ) : null}
      <Confirm
        opened={doing === 'end'}
        onClose={() => setDoing(undefined)}
        title="End row"
        verb="End row"
        danger
        reason="optional"
        pending={end.isPending}
        error={end.error}
        onConfirm={(reason) => validTo && end.mutate(reason)}
      >
        <Text size="sm" mb="sm">
          Look-ups after its last day no longer find it. Earlier documents still do.
        </Text>
        <TextInput
          type="date"
          label="Last day"
          withAsterisk
          required
          value={validTo}
          onChange={(event) => setValidTo(event.currentTarget.value)}
        />
      </Confirm>
    </Stack>
  );
}

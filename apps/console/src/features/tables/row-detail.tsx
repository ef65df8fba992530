import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { tableRowsQuery, type Table, type TableRow } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { Facts } from '../../parts/page.js';
import { rowsOf } from '../../parts/paged.js';
import { RowForm } from '../../parts/row-form.js';
import { At } from '../../parts/time.js';
import classes from './tables.module.css';
import { useBeginDraft } from './use-begin-draft.js';

/** One row: its values, when each version of its key was valid. Correcting, ending and removing it begin a draft. */
export function RowDetail({ table, row }: { table: Table; row: TableRow }) {
  const can = useCan();
  const begin = useBeginDraft(table.name);
  const [doing, setDoing] = useState<'correct' | 'end' | 'remove'>();
  const [validTo, setValidTo] = useState('');
  const first = row.key[table.key[0]!] ?? '';
  const versions = useInfiniteQuery(tableRowsQuery(table.name, { history: true, q: first === '*' ? undefined : first }));
  const same = rowsOf(versions.data).filter((other) => table.key.every((column) => other.key[column] === row.key[column]));
  if (doing === 'correct') {
    return (
      <Stack>
        <Text size="sm" c="dimmed">
          {t('With a later first day, the row as it is now ends the day before. With the same first day it is corrected from then on.')}
        </Text>
        <RowForm
          table={table}
          start={{ key: row.key, values: row.values, validFrom: row.validFrom, validTo: row.validTo }}
          keyFixed
          verb={t('Draft the correction')}
          pending={begin.isPending}
          error={begin.error}
          onSubmit={(change) => begin.mutate({ put: [change] })}
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
          [
            t('Valid'),
            t('{{validFrom}} to {{validTo}}', { validFrom: row.validFrom ?? t('from ever'), validTo: row.validTo ?? t('open end') }),
          ],
          [t('Written'), <>{rich('{{createdAt}} by {{createdBy}}', { createdAt: <At at={row.createdAt} />, createdBy: row.createdBy })}</>],
        ]}
      />
      {same.length > 1 ? (
        <section aria-label={t('Validity')}>
          <Text size="sm" fw={600} mb={6}>
            {t('All versions of this key')}
          </Text>
          <ol className={classes.strip}>
            {same.map((version) => (
              <li key={version.id} data-this={version.id === row.id || undefined}>
                <b>
                  {version.validFrom ?? t('ever')} – {version.validTo ?? t('open')}
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
            {t('Correct row…')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setDoing('end')}>
            {t('End row…')}
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setDoing('remove')}>
            {t('Remove row…')}
          </Button>
        </Group>
      ) : null}
      <Confirm
        opened={doing === 'remove'}
        onClose={() => setDoing(undefined)}
        title={t('Remove row')}
        verb={t('Draft the removal')}
        pending={begin.isPending}
        error={begin.error}
        onConfirm={() => begin.mutate({ remove: [{ key: row.key, validFrom: row.validFrom }] })}
      >
        {t(
          'As if it had never been: look-ups of documents that it was valid for find nothing any more. A row that was right until some day is ended instead.',
        )}
      </Confirm>
      <Confirm
        opened={doing === 'end'}
        onClose={() => setDoing(undefined)}
        title={t('End row')}
        verb={t('Draft the end')}
        pending={begin.isPending}
        error={begin.error}
        onConfirm={() => validTo && begin.mutate({ end: [{ key: row.key, validTo }] })}
      >
        <Text size="sm" mb="sm">
          {t('Look-ups after its last day no longer find it. Earlier documents still do.')}
        </Text>
        <TextInput
          type="date"
          label={t('Last day')}
          withAsterisk
          required
          value={validTo}
          onChange={(event) => setValidTo(event.currentTarget.value)}
        />
      </Confirm>
    </Stack>
  );
}

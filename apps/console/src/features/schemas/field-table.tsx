import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FirstUse } from '../../parts/situations.js';
import { rowsMax, rowsOfSchema, type SchemaRow } from './schema-rows.js';
import { pathWords } from './schema-words.js';

const columns: Column<SchemaRow>[] = [
  {
    id: 'field',
    header: t('Field'),
    cell: ({ path }) => (
      <code style={{ paddingLeft: (path.length - 1) * 14 }} title={pathWords(path)}>
        {path.at(-1)}
      </code>
    ),
  },
  { id: 'type', header: t('Type'), cell: ({ type }) => type },
  { id: 'need', header: t('Need'), cell: ({ required }) => (required ? t('required') : t('optional')) },
  {
    id: 'rules',
    header: t('Rules'),
    room: 2,
    cell: ({ rules }) => <span style={{ display: 'inline-block', minWidth: 170, whiteSpace: 'normal' }}>{rules.join(', ') || '–'}</span>,
  },
  {
    id: 'description',
    header: t('Meaning'),
    room: 2,
    grow: true,
    cell: ({ description }) => <span style={{ whiteSpace: 'normal' }}>{description ?? '–'}</span>,
  },
];

/** Every field of a schema, in its order, with what is inside it below it. */
export function FieldTable({ schema }: { schema: unknown }) {
  const { rows, more } = useMemo(() => rowsOfSchema(schema), [schema]);
  if (rows.length === 0)
    return <FirstUse title={t('It names no fields')}>{t('What stands there may be anything; see its JSON.')}</FirstUse>;
  return (
    <>
      <DataTable label={t('Fields of the schema')} columns={columns} rows={rows} rowId={({ path }) => JSON.stringify(path)} />
      {more ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('There are more fields, deeper or beyond the first {{rowsMax}}: see its JSON.', { rowsMax })}
        </Text>
      ) : null}
    </>
  );
}

import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { operationsQuery, type Operations } from '../../api/operations.js';
import { locale, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { Facts, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';

type Table = Operations['database']['tables'][number];
type Kept = Operations['kept'][number];

const units = [t('bytes'), 'KB', 'MB', 'GB', 'TB'];
function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: step < 3 ? 0 : 1 }).format(bytes / 2 ** (10 * step))} ${units[step]}`;
}

const tables: Column<Table>[] = [
  { id: 'name', header: t('Table'), grow: true, cell: ({ name }) => <code>{name}</code> },
  { id: 'rows', header: t('Rows, about'), align: 'right', cell: ({ rows }) => formatCount(Math.round(rows)) },
  { id: 'bytes', header: t('Size with indexes'), align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
];
const kept: Column<Kept>[] = [
  { id: 'what', header: t('What'), grow: true, cell: ({ what }) => what },
  { id: 'for', header: t('Kept'), cell: ({ forDays }) => (forDays === null ? t('For ever') : t('{{forDays}} days', { forDays })) },
  { id: 'oldest', header: t('Oldest'), room: 2, cell: ({ oldestAt }) => <At at={oldestAt} seconds={false} /> },
];

export function Storage() {
  const query = useQuery(operationsQuery);
  if (query.isPending) return <Waiting rows={10} height={34} />;
  if (!query.data) return <Failure error={query.error} what={t('storage')} onRetry={() => void query.refetch()} />;
  const { database } = query.data;
  return (
    <>
      <Section title={t('Database')}>
        <Box mb="md">
          <Facts
            items={[
              ['PostgreSQL', database.version],
              [t('Size'), formatBytes(database.bytes)],
              [t('Connections'), t('{{used}} of {{most}}', { used: database.connections.used, most: database.connections.most })],
              [
                t('Longest transaction'),
                database.longestTransactionSeconds === null ? t('None') : `${formatCount(database.longestTransactionSeconds)} s`,
              ],
            ]}
          />
        </Box>
        <DataTable label={t('Largest tables')} columns={tables} rows={database.tables} rowId={({ name }) => name} />
      </Section>
      <Section title={t('How long things are kept')}>
        <DataTable label={t('How long things are kept')} columns={kept} rows={query.data.kept} rowId={({ what }) => what} />
      </Section>
    </>
  );
}

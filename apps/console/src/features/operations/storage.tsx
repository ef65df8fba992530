import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { operationsQuery, type Operations } from '../../api/operations.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { Facts, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';

type Table = Operations['database']['tables'][number];
type Kept = Operations['kept'][number];

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: step < 3 ? 0 : 1 }).format(bytes / 2 ** (10 * step))} ${units[step]}`;
}

const tables: Column<Table>[] = [
  { id: 'name', header: 'Table', grow: true, cell: ({ name }) => <code>{name}</code> },
  { id: 'rows', header: 'Rows, about', align: 'right', cell: ({ rows }) => formatCount(Math.round(rows)) },
  { id: 'bytes', header: 'Size with indexes', align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
];
const kept: Column<Kept>[] = [
  { id: 'what', header: 'What', grow: true, cell: ({ what }) => what },
  { id: 'for', header: 'Kept', cell: ({ forDays }) => (forDays === null ? 'For ever' : `${forDays} days`) },
  { id: 'oldest', header: 'Oldest', room: 2, cell: ({ oldestAt }) => <At at={oldestAt} seconds={false} /> },
];

export function Storage() {
  const query = useQuery(operationsQuery);
  if (query.isPending) return <Waiting rows={10} height={34} />;
  if (!query.data) return <Failure error={query.error} what="storage" onRetry={() => void query.refetch()} />;
  const { database } = query.data;
  return (
    <>
      <Section title="Database">
        <Box mb="md">
          <Facts
            items={[
              ['PostgreSQL', database.version],
              ['Size', formatBytes(database.bytes)],
              ['Connections', `${database.connections.used} of ${database.connections.most}`],
              [
                'Longest transaction',
                database.longestTransactionSeconds === null ? 'None' : `${formatCount(database.longestTransactionSeconds)} s`,
              ],
            ]}
          />
        </Box>
        <DataTable label="Largest tables" columns={tables} rows={database.tables} rowId={({ name }) => name} />
      </Section>
      <Section title="How long things are kept">
        <DataTable label="How long things are kept" columns={kept} rows={query.data.kept} rowId={({ what }) => what} />
      </Section>
    </>
  );
}

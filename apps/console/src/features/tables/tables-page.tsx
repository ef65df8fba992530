import { Button, Group, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { tablesQuery, type Table } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { NewTable } from './new-table.js';

const route = getRouteApi('/app/tables');

const columns: Column<Table>[] = [
  {
    id: 'title',
    header: t('Table'),
    grow: true,
    cell: (table) => (
      <>
        {table.title} <span style={{ color: 'var(--mantine-color-dimmed)' }}>{table.name}</span>
      </>
    ),
  },
  { id: 'rows', header: t('Rows valid today'), align: 'right', cell: (table) => formatCount(table.rows) },
  { id: 'key', header: t('Key'), room: 2, cell: (table) => table.key.join(', ') },
  { id: 'used', header: t('Used by'), room: 3, cell: (table) => table.usedBy.join(', ') || '–' },
  { id: 'approver', header: t('Approved by'), room: 3, cell: (table) => table.approver ?? '–' },
  {
    id: 'drafts',
    header: t('Drafts'),
    align: 'right',
    room: 2,
    cell: (table) => (table.liveDrafts > 0 ? formatCount(table.liveDrafts) : '–'),
  },
  { id: 'version', header: t('Version'), align: 'right', room: 2, cell: (table) => table.version },
  { id: 'updated', header: t('Changed'), room: 2, cell: (table) => <Ago at={table.updatedAt} /> },
];

export function Page() {
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const query = useQuery(tablesQuery);
  const [making, make] = useDisclosure(false);
  const all = query.data?.items ?? [];
  const rows = q ? all.filter((table) => `${table.name} ${table.title}`.toLowerCase().includes(q.toLowerCase())) : all;
  const add = can('table.write') ? <Button onClick={make.open}>{t('New table')}</Button> : null;
  return (
    <>
      <PageHead
        title={t('Tables')}
        name={t('Tables')}
        lead={t('Reference data with dates of validity: tax codes, accounts, legal entities. Nothing is overwritten.')}
        actions={all.length > 0 ? add : null}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('tables')} onRetry={() => void query.refetch()} /> : null}
      {all.length > 0 ? (
        <FilterBar>
          <FilterText
            label={t('Find tables')}
            placeholder={t('Name')}
            value={q}
            onChange={(next) => void navigate({ to: '/tables', search: { q: next } })}
          />
        </FilterBar>
      ) : null}
      {query.data && all.length === 0 ? (
        <FirstUse icon={IconTable} title={t('No tables yet')} action={<Group>{add}</Group>}>
          {t('Flows and mappings look things up in tables. A pack of flows brings its own.')}
        </FirstUse>
      ) : null}
      {all.length > 0 && rows.length === 0 ? (
        <FilteredEmpty
          what={t('tables')}
          filters={[t('text “{{q}}”', { q })]}
          onClear={() => void navigate({ to: '/tables', search: {} })}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Tables')}
          columns={columns}
          rows={rows}
          rowId={(table) => table.name}
          link={(table) => ({ to: '/tables/$name', params: { name: table.name }, search: {} })}
        />
      ) : null}
      <Modal opened={making} onClose={make.close} title={t('New table')} size="lg">
        {making ? <NewTable onClose={make.close} /> : null}
      </Modal>
    </>
  );
}

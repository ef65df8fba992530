import { IconPlug } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { connectionsQuery, type Connection } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { HealthMark } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';

const route = getRouteApi('/app/connections');

const columns: Column<Connection>[] = [
  { id: 'name', header: t('Connection'), grow: true, cell: (connection) => connection.name },
  {
    id: 'health',
    header: t('Health'),
    cell: (connection) => <HealthMark state={connection.state === 'paused' ? 'paused' : connection.health.state} />,
  },
  { id: 'connector', header: t('Connector'), cell: (connection) => connection.connector },
  { id: 'system', header: t('System'), room: 2, cell: (connection) => connection.system },
  { id: 'flows', header: t('Flows'), room: 3, cell: (connection) => connection.flows.join(', ') || '–' },
  { id: 'success', header: t('Last good answer'), room: 2, cell: (connection) => <Ago at={connection.health.lastSuccessAt} /> },
];

export function Page() {
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const query = useQuery(connectionsQuery);
  const all = query.data?.items ?? [];
  const rows = q
    ? all.filter((connection) => `${connection.name} ${connection.connector} ${connection.system}`.toLowerCase().includes(q.toLowerCase()))
    : all;
  const add = can('connection.write') ? (
    <LinkButton to="/connections/new" search={{}}>
      {t('New connection')}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead
        title={t('Connections')}
        name={t('Connections')}
        lead={t('A connection is a connector with its address and its secrets.')}
        actions={all.length > 0 ? add : null}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('connections')} onRetry={() => void query.refetch()} /> : null}
      {query.data && all.length === 0 ? (
        <FirstUse icon={IconPlug} title={t('No connections yet')} action={add}>
          {t('Begin with the system that documents come from, then the one they go to.')}
        </FirstUse>
      ) : null}
      {all.length > 0 ? (
        <FilterBar>
          <FilterText
            label={t('Find connections')}
            placeholder={t('Name, connector or system')}
            value={q}
            onChange={(next) => void navigate({ to: '/connections', search: { q: next } })}
          />
        </FilterBar>
      ) : null}
      {all.length > 0 && rows.length === 0 ? (
        <FilteredEmpty
          what={t('connections')}
          filters={[t('text “{{q}}”', { q })]}
          onClear={() => void navigate({ to: '/connections', search: {} })}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Connections')}
          columns={columns}
          rows={rows}
          rowId={(connection) => connection.name}
          link={(connection) => ({ to: '/connections/$name', params: { name: connection.name }, search: {} })}
        />
      ) : null}
    </>
  );
}

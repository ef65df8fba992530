import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { flowsQuery, type FlowItem } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { inSentence, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { SwitchMark } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';
import { endOf } from './outline.js';
import { stateWord } from './release-words.js';

const route = getRouteApi('/app/flows');

const columns: Column<FlowItem>[] = [
  { id: 'name', header: t('Flow'), grow: true, cell: (flow) => flow.name },
  { id: 'state', header: t('State'), cell: (flow) => <SwitchMark state={flow.state} /> },
  { id: 'way', header: t('From → to'), room: 2, cell: (flow) => `${endOf(flow.source)} → ${endOf(flow.target)}` },
  {
    id: 'exceptions',
    header: t('Exceptions'),
    align: 'right',
    cell: (flow) =>
      (flow.counts['exception'] ?? 0) > 0 ? (
        <b style={{ color: 'var(--wb-bad-text)' }}>{formatCount(flow.counts['exception'] ?? 0)}</b>
      ) : (
        '0'
      ),
  },
  { id: 'posted', header: t('Posted, 24 h'), align: 'right', room: 3, cell: (flow) => formatCount(flow.counts['posted'] ?? 0) },
  { id: 'mapping', header: t('Mapping'), room: 3, cell: (flow) => flow.mapping },
  { id: 'release', header: t('Release'), align: 'right', room: 2, cell: (flow) => flow.release.version },
  {
    id: 'next',
    header: t('Next'),
    room: 4,
    cell: (flow) => (flow.candidate ? `${flow.candidate.version}: ${inSentence(stateWord(flow.candidate.state))}` : '–'),
  },
  { id: 'last', header: t('Newest message'), room: 3, cell: (flow) => <Ago at={flow.lastMessageAt} /> },
];

export function Page() {
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const query = useQuery(flowsQuery);
  const all = query.data?.items ?? [];
  const rows = q
    ? all.filter((flow) =>
        `${flow.name} ${flow.description} ${endOf(flow.source)} ${endOf(flow.target)}`.toLowerCase().includes(q.toLowerCase()),
      )
    : all;
  const write = can('flow.write') ? (
    <LinkButton to="/flows/$name" params={{ name: 'new' }} search={{}}>
      {t('New flow')}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead
        title={t('Flows')}
        name={t('Flows')}
        lead={t('One source, one mapping, one policy, one target.')}
        actions={all.length > 0 ? write : null}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('flows')} onRetry={() => void query.refetch()} /> : null}
      {query.data && all.length === 0 ? (
        <FirstUse
          icon={IconArrowsSplit2}
          title={t('No flows yet')}
          action={
            <>
              {write}
              <LinkButton variant="default" to="/overview" search={{}}>
                {t('See packs of flows')}
              </LinkButton>
            </>
          }
        >
          {t('A flow is a short file that says where documents come from, how they are translated, what must hold, and where they go.')}
        </FirstUse>
      ) : null}
      {all.length > 0 ? (
        <FilterBar>
          <FilterText
            label={t('Find flows')}
            placeholder={t('Name, source or target')}
            value={q}
            onChange={(next) => void navigate({ to: '/flows', search: { q: next } })}
          />
        </FilterBar>
      ) : null}
      {all.length > 0 && rows.length === 0 ? (
        <FilteredEmpty what={t('flows')} filters={[t('text “{{q}}”', { q })]} onClear={() => void navigate({ to: '/flows', search: {} })} />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Flows')}
          columns={columns}
          rows={rows}
          rowId={(flow) => flow.name}
          link={(flow) => ({ to: '/flows/$name', params: { name: flow.name }, search: {} })}
        />
      ) : null}
    </>
  );
}

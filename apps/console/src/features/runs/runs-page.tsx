import { Button } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { flowsQuery } from '../../api/build.js';
import { anyRuns, runFacet, runsQuery, type Run, type RunFilter } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { inSentence, t } from '../../language/index.js';
import { ages } from '../../parts/ages.js';
import { chosenOf, saidOf } from '../../parts/chosen-filter.js';
import { ageAskedFor, comparedAge, wordOfAge } from '../../parts/compared.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText, type TypedFilter } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting, type SetFilter } from '../../parts/situations.js';
import { RunStateMark } from '../../parts/states.js';
import { Ago, formatDuration } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { kindWords, runStateWords, runTitle } from './run-words.js';
import { RunsChart } from './runs-chart.js';

const route = getRouteApi('/app/runs');

const columns: Column<Run>[] = [
  { id: 'run', header: t('Run'), grow: true, cell: (run) => runTitle(run) },
  { id: 'state', header: t('State'), cell: (run) => <RunStateMark state={run.state} /> },
  { id: 'read', header: t('Read'), align: 'right', room: 2, cell: (run) => formatCount(run.read) },
  { id: 'added', header: t('New'), align: 'right', room: 2, cell: (run) => (run.kind === 'replay' ? '–' : formatCount(run.added)) },
  { id: 'posted', header: t('Posted'), align: 'right', cell: (run) => formatCount(run.messages['posted'] ?? 0) },
  { id: 'exceptions', header: t('Exceptions'), align: 'right', cell: (run) => <Stopped count={run.messages['exception'] ?? 0} /> },
  { id: 'by', header: t('Started by'), room: 3, cell: (run) => run.startedBy },
  {
    id: 'took',
    header: t('Took'),
    align: 'right',
    room: 3,
    cell: (run) => (run.endedAt ? formatDuration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '–'),
  },
  { id: 'started', header: t('Started'), room: 2, cell: (run) => <Ago at={run.startedAt} /> },
];

/** Whether another run sent some of its messages again. */
const replayedWords: Record<string, string> = { true: t('Has a replay'), false: t('Has none') };

function Stopped({ count }: { count: number }) {
  return count > 0 ? <b style={{ color: 'var(--wb-bad-text)' }}>{formatCount(count)}</b> : <>0</>;
}

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const { kind, flow, state } = search;
  const filter: RunFilter = {
    kind,
    flow,
    state,
    replayed: search.replayed === undefined ? undefined : search.replayed === 'true',
    age: ageAskedFor(search.age),
  };
  const query = useInfiniteQuery({ ...runsQuery(filter), placeholderData: keepPreviousData });
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/runs', search: { ...search, ...next } });
  const asChart = search.show === 'chart';
  const clear = () => set({ kind: undefined, flow: undefined, state: undefined, replayed: undefined, age: undefined });
  const said = (value: string, word = (one: string) => one) => saidOf(chosenOf({ value, not: true }), word);
  const typed: TypedFilter[] = [
    {
      name: 'kind',
      label: t('Kind'),
      value: search.kind,
      choices: Object.entries(kindWords).map(([value, label]) => ({ value, label })),
      onChange: (kind) => set({ kind }),
      not: true,
      facet: runFacet('kind', filter),
    },
    {
      name: 'state',
      label: t('State'),
      value: search.state,
      choices: Object.entries(runStateWords).map(([value, label]) => ({ value, label })),
      onChange: (state) => set({ state }),
      not: true,
      facet: runFacet('state', filter),
    },
    {
      name: 'flow',
      label: t('Flow'),
      value: search.flow,
      choices: (flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name })),
      onChange: (flow) => set({ flow }),
      open: true,
      not: true,
      facet: runFacet('flow', filter),
    },
    {
      name: 'replay',
      label: t('Replay'),
      value: search.replayed,
      choices: Object.entries(replayedWords).map(([value, label]) => ({ value, label })),
      onChange: (replayed) => set({ replayed }),
      facet: runFacet('replayed', filter),
    },
    {
      name: 'age',
      label: t('Age'),
      value: filter.age,
      choices: ages.map(({ value, label }) => ({ value, label })),
      onChange: (age) => set({ age }),
      compared: comparedAge,
      facet: runFacet('age', filter),
    },
  ];
  const filters: SetFilter[] = (
    [
      ['kind', kind && t('kind {{kind}}', { kind: said(kind, (one) => inSentence(kindWords[one as keyof typeof kindWords] ?? one)) })],
      [
        'state',
        state && t('state {{state}}', { state: said(state, (one) => inSentence(runStateWords[one as keyof typeof runStateWords] ?? one)) }),
      ],
      ['flow', flow && t('flow {{flow}}', { flow: said(flow) })],
      ['replayed', filter.replayed === undefined ? undefined : inSentence(replayedWords[String(filter.replayed)]!)],
      ['age', filter.age && t('age {{age}}', { age: inSentence(wordOfAge(filter.age)) })],
    ] as const
  ).flatMap(([key, word]) =>
    word ? [{ word, onRemove: () => set({ [key]: undefined }), without: anyRuns({ ...filter, [key]: undefined }) }] : [],
  );
  return (
    <>
      <PageHead
        title={t('Runs')}
        name={t('Runs')}
        lead={t('A run is one poll, one backfill or one replay. Polls that brought nothing are not kept.')}
      />
      <FilterBar onClear={filters.length ? clear : undefined}>
        <Views page="runs" search={search} />
        <FilterText label={t('Find runs')} placeholder={t('kind: state: flow: age:')} typed={typed} />
        {typed.map(({ name, open: _, ...chip }) => (
          <FilterChip key={name} {...chip} />
        ))}
        {rows.length > 0 ? (
          <Button size="xs" variant="subtle" color="gray" onClick={() => set({ show: asChart ? undefined : 'chart', height: undefined })}>
            {asChart ? t('Without the chart') : t('With a chart')}
          </Button>
        ) : null}
      </FilterBar>
      {query.isPending ? <Waiting rows={8} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('runs')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? <FilteredEmpty what={t('runs')} filters={filters} onClear={clear} /> : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse
          title={t('No runs yet')}
          action={
            <LinkButton to="/flows" search={{}}>
              {t('See the flows')}
            </LinkButton>
          }
        >
          {t(
            'A run appears when a source is polled and brings something, when you read a source again over a range of days, or when you replay messages.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 && asChart ? (
        <RunsChart
          runs={rows}
          measure={search.height === 'read' ? 'read' : 'took'}
          onMeasure={(measure) => set({ height: measure === 'took' ? undefined : measure })}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Runs')}
          columns={columns}
          rows={rows}
          rowId={(run) => run.id}
          link={(run) => ({ to: '/runs/$id', params: { id: run.id }, search: {} })}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
    </>
  );
}

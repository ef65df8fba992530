import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { IconDatabaseImport } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { usageEventsQuery, usageExportAddress, type UsageEvent, type UsageEventFilter } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { instantOf } from '../../parts/address.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText, RangeChip } from '../../parts/filter-bar.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago, At, formatInstant } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { useZone } from '../../parts/zone.js';
import { ExportFile } from './export-file.js';
import { EventDrawer } from './event-drawer.js';
import { FirstEvent } from './first-event.js';
import { eventStates, EventStateMark } from './usage-words.js';
import classes from './usage.module.css';

const route = getRouteApi('/app/usage');

const columns: Column<UsageEvent>[] = [
  { id: 'type', header: t('Type'), cell: (event) => event.type },
  { id: 'subject', header: t('Used by'), grow: true, cell: (event) => event.subject ?? '–' },
  { id: 'state', header: t('State'), cell: (event) => <EventStateMark state={event.state} /> },
  { id: 'data', header: t('Data'), room: 3, cell: (event) => <span className={classes.mono}>{shortened(event.data)}</span> },
  { id: 'occurred', header: t('Used'), cell: (event) => <At at={event.occurredAt} /> },
  { id: 'source', header: t('Source'), room: 4, cell: (event) => event.source },
  { id: 'eventId', header: t('Id at its source'), room: 3, cell: (event) => <span className={classes.mono}>{event.eventId}</span> },
  { id: 'received', header: t('Received'), room: 2, cell: (event) => <Ago at={event.receivedAt} /> },
];

function shortened(data: unknown): string {
  const text = JSON.stringify(data) ?? '';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Every event, newest received first: also where a developer sees what was just sent. */
export function Events() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { zone } = useZone();
  const set = useCallback(
    (next: Partial<typeof search>) => void navigate({ to: '/usage', search: { ...search, ...next } }),
    [navigate, search],
  );
  const filter = filterOf(search);
  const query = useInfiniteQuery({ ...usageEventsQuery(filter), placeholderData: keepPreviousData, refetchInterval: 5_000 });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const filters = [
    search.subject && t('used by “{{subject}}”', { subject: search.subject }),
    search.type && t('type “{{type}}”', { type: search.type }),
    search.state && t('state {{state}}', { state: search.state }),
    search.from && t('used since {{from}}', { from: search.from }),
  ].filter((word) => word !== undefined && word !== '');
  const clear = () => void navigate({ to: '/usage', search: {} });
  return (
    <>
      <FilterBar onClear={filters.length ? clear : undefined}>
        <Views page="usage" search={search} />
        <FilterText
          label={t('Used by')}
          placeholder={t('Used by, exactly')}
          value={search.subject}
          onChange={(subject) => set({ subject })}
        />
        <FilterText label={t('Type')} placeholder={t('Type, exactly')} value={search.type} onChange={(type) => set({ type })} />
        <FilterChip
          label={t('State')}
          value={search.state}
          choices={[
            ...Object.entries(eventStates).map(([value, { word }]) => ({ value, label: word })),
            { value: 'conflict', label: t('With conflicts') },
          ]}
          onChange={(state) => set({ state })}
        />
        <RangeChip
          label={t('Used')}
          from={search.from}
          to={search.to}
          onChange={(from, to) => set({ from, to })}
          describe={(at) => formatInstant(at, zone, { seconds: false })}
        />
        <ExportFile address={(format) => usageExportAddress('events', format, filterOf(search))} />
      </FilterBar>
      {query.isPending ? <Waiting rows={8} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('usage events')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && query.hasNextPage ? <Searching query={query} /> : null}
      {query.data && rows.length === 0 && !query.hasNextPage && filters.length > 0 ? (
        <FilteredEmpty what={t('usage events')} filters={filters as string[]} onClear={clear} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse icon={IconDatabaseImport} title={t('No usage yet')}>
          <FirstEvent />
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Usage events')}
          columns={columns}
          rows={rows}
          rowId={(event) => event.id}
          onOpen={(event) => set({ sel: event.id })}
          onPeek={(event) => set({ sel: event.id })}
          openId={search.sel}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
      <EventDrawer id={search.sel} onClose={() => set({ sel: undefined })} onOpen={(sel) => set({ sel })} />
    </>
  );
}

/** A page may be empty while the search goes on: a filter that fits few events looks through many. */
function Searching({ query }: { query: { isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  useEffect(() => {
    if (!query.isFetchingNextPage) void query.fetchNextPage();
  }, [query]);
  return <Waiting rows={4} height={41} />;
}

function filterOf(search: ReturnType<typeof route.useSearch>): UsageEventFilter {
  const now = Date.now();
  return {
    subject: search.subject,
    type: search.type,
    state: search.state as UsageEventFilter['state'],
    occurredFrom: instantOf(search.from, now),
    occurredTo: instantOf(search.to, now),
  };
}

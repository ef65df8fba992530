import { Button, Group } from '@mantine/core';
import { IconArrowUp, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { flowsQuery } from '../../api/build.js';
import { messagesQuery, type MessageItem } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText, FixedFilter, RangeChip } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { useLiveList } from '../../parts/live-list.js';
import { Money } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { countOf, moreOf, rowsOf } from '../../parts/paged.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { MessageStateMark } from '../../parts/states.js';
import { Ago, formatInstant } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { useZone } from '../../parts/zone.js';
import { filterOf, setFilters, typedFilters } from './message-filters.js';
import { MessagePeek } from './message-peek.js';
import { PayloadFilter } from './payload-filter.js';
import { PayloadProgress } from './payload-progress.js';
import { stageOrder } from './stage-states.js';
import { usePayloadSearch } from './use-payload-search.js';

const route = getRouteApi('/app/messages');

const columns: Column<MessageItem>[] = [
  { id: 'document', header: t('Document'), grow: true, cell: (message) => message.title ?? message.key },
  { id: 'state', header: t('State'), cell: (message) => <MessageStateMark state={message.state} /> },
  { id: 'customer', header: t('Customer'), room: 3, cell: (message) => message.customer ?? '–' },
  { id: 'amount', header: t('Amount'), align: 'right', cell: (message) => <Money value={message.amount} /> },
  { id: 'flow', header: t('Flow'), room: 2, cell: (message) => message.flow },
  { id: 'entity', header: t('Entity'), room: 3, cell: (message) => message.legalEntity ?? '–' },
  { id: 'number', header: t('Number in target'), room: 4, cell: (message) => message.documentNumber ?? '–' },
  { id: 'effect', header: t('Effect'), hidden: true, cell: (message) => message.effect },
  { id: 'target', header: t('Target'), hidden: true, cell: (message) => message.target },
  { id: 'attempts', header: t('Attempts'), hidden: true, align: 'right', cell: (message) => message.attempts },
  { id: 'received', header: t('Received'), room: 2, cell: (message) => <Ago at={message.receivedAt} /> },
];

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const { zone } = useZone();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [replaying, setReplaying] = useState(false);
  const [askedAt, setAskedAt] = useState(() => Date.now());
  const [writing, setWriting] = useState(false);
  const { peek, from, to, payload, payloadStage } = search;
  const filter = filterOf(search, askedAt);
  const query = useInfiniteQuery({ ...messagesQuery(filter), placeholderData: keepPreviousData, enabled: payload === undefined });
  const inPayloads = usePayloadSearch(
    filter,
    payload === undefined ? undefined : { payload, stage: stageOrder.find((stage) => stage === payloadStage) },
  );
  const shown = payload === undefined ? query : inPayloads.query;
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const listed = useMemo(() => rowsOf(query.data), [query.data]);
  const rows: MessageItem[] = payload === undefined ? listed : inPayloads.rows;

  const fresh = () => {
    setAskedAt(Date.now());
    if (payload === undefined) void query.refetch();
    else void inPayloads.again();
  };
  const live = useLiveList(
    'messages',
    () => void query.refetch(),
    payload !== undefined || selected.size > 0 || (query.data?.pages.length ?? 0) > 1,
  );

  const set = (next: Partial<typeof search>) => {
    setSelected(new Set());
    void navigate({ to: '/messages', search: { ...search, ...next } });
  };
  const typed = typedFilters({ search, filter, set, flows: (flows.data?.items ?? []).map(({ name }) => name) });
  const filters = setFilters({ search, filter, set });

  return (
    <>
      <PageHead
        title={t('Messages')}
        name={t('Messages')}
        lead={t('One message is one document travelling one flow. Synthetic transactions are not among them unless you ask for them.')}
        actions={
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            loading={shown.isFetching && !shown.isFetchingNextPage && !shown.isPending}
            onClick={fresh}
          >
            {t('Refresh')}
          </Button>
        }
      />
      <FilterBar onClear={filters.length ? () => void navigate({ to: '/messages', search: {} }) : undefined}>
        <Views page="messages" search={search} />
        <FilterText
          label={t('Find messages')}
          placeholder={t('Number, key, or flow: state: entity:')}
          value={search.q}
          onChange={(q) => set({ q })}
          typed={typed}
        />
        {typed.map(({ name, open: _, ...chip }) => (
          <FilterChip key={name} {...chip} />
        ))}
        <RangeChip
          from={from}
          to={to}
          describe={(at) => formatInstant(at, zone, { seconds: false })}
          onChange={(nextFrom, nextTo) => set({ from: nextFrom, to: nextTo })}
        />
        <PayloadFilter
          value={{ ...(payload === undefined ? {} : { payload }), ...(payloadStage === undefined ? {} : { payloadStage }) }}
          editing={writing}
          onEdit={setWriting}
          onChange={(next) => set({ payload: next.payload, payloadStage: next.payloadStage })}
        />
        <FilterChip
          label={t('Synthetic')}
          value={filter.synthetic}
          choices={[{ value: 'yes', label: t('Synthetic transactions alone') }]}
          onChange={(next) => set({ synthetic: next })}
        />
        {filter.postedSince ? (
          <FixedFilter onRemove={() => set({ posted: undefined })}>
            {t('In a ledger since {{postedSince}}', { postedSince: formatInstant(filter.postedSince, zone, { seconds: false }) })}
          </FixedFilter>
        ) : null}
        {filter.unposted ? <FixedFilter onRemove={() => set({ unposted: undefined })}>{t('Not posted yet')}</FixedFilter> : null}
        {search.run ? (
          <FixedFilter onRemove={() => set({ run: undefined })}>{t('Run {{run}}…', { run: search.run.slice(0, 12) })}</FixedFilter>
        ) : null}
        {search.correlation ? (
          <FixedFilter onRemove={() => set({ correlation: undefined })}>
            {t('Correlation {{correlation}}…', { correlation: search.correlation.slice(0, 18) })}
          </FixedFilter>
        ) : null}
      </FilterBar>
      {live.newer && payload === undefined ? (
        <Group justify="center" mb="sm" role="status">
          <Button size="xs" radius="xl" variant="light" leftSection={<IconArrowUp size={14} />} onClick={live.show}>
            {t('Something changed: show it')}
          </Button>
        </Group>
      ) : null}
      {selected.size > 0 ? (
        <Group mb="sm" gap="sm" role="status">
          <span>{t('{{size}} selected', { size: selected.size })}</span>
          {can('message.replay') ? (
            <Button size="xs" onClick={() => setReplaying(true)}>
              {t('Replay {{size}}…', { size: selected.size })}
            </Button>
          ) : null}
          <Button size="xs" variant="subtle" color="gray" onClick={() => setSelected(new Set())}>
            {t('Select none')}
          </Button>
        </Group>
      ) : null}
      {payload === undefined ? null : (
        <PayloadProgress search={inPayloads} timeChosen={Boolean(from ?? to)} onCorrect={() => setWriting(true)} />
      )}
      {shown.isPending ? <Waiting rows={12} height={41} /> : null}
      {payload === undefined && query.isError && !query.data ? (
        <Failure error={query.error} what={t('messages')} onRetry={() => void query.refetch()} />
      ) : null}
      {shown.data && rows.length === 0 && filters.length > 0 && (payload === undefined || !inPayloads.query.hasNextPage) ? (
        <FilteredEmpty what={t('messages')} filters={filters} onClear={() => void navigate({ to: '/messages', search: {} })} />
      ) : null}
      {shown.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse title={t('No messages yet')} action={<LinkButton to="/flows">{t('See the flows')}</LinkButton>}>
          {t('A message appears here as soon as a flow takes a document from its source, by webhook or by poll.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Messages')}
          columns={columns}
          rows={rows}
          rowId={(message) => message.id}
          link={(message) => ({ to: '/messages/$id', params: { id: message.id }, search: {} })}
          onPeek={(message) => set({ peek: message.id })}
          openId={peek}
          selected={can('message.replay') ? selected : undefined}
          onSelect={can('message.replay') ? setSelected : undefined}
          {...(payload === undefined ? { count: countOf(query.data), more: moreOf(query), stale: query.isPlaceholderData } : {})}
        />
      ) : null}
      <MessagePeek id={peek} onClose={() => void navigate({ to: '/messages', search: { ...search, peek: undefined } })} />
      <ReplayDialog
        opened={replaying}
        selection={{ messages: [...selected] }}
        onClose={() => setReplaying(false)}
        onDone={() => setSelected(new Set())}
      />
    </>
  );
}

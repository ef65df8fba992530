import { Button, Group } from '@mantine/core';
import { IconArrowUp, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { flowsQuery } from '../../api/build.js';
import { messagesQuery, type MessageFilter, type MessageItem } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { instantOf } from '../../parts/address.js';
import { ageOf, ages, ageWord, currencyOf, currencyWord } from '../../parts/ages.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText, FixedFilter, RangeChip } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { useLiveList } from '../../parts/live-list.js';
import { Money } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { countOf, moreOf, rowsOf } from '../../parts/paged.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { MessageStateMark, messageStateOrder, messageStates } from '../../parts/states.js';
import { Ago, formatInstant } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { useZone } from '../../parts/zone.js';
import { MessagePeek } from './message-peek.js';

const route = getRouteApi('/app/messages');

const columns: Column<MessageItem>[] = [
  { id: 'document', header: 'Document', grow: true, cell: (message) => message.title ?? message.key },
  { id: 'state', header: 'State', cell: (message) => <MessageStateMark state={message.state} /> },
  { id: 'customer', header: 'Customer', room: 3, cell: (message) => message.customer ?? '–' },
  { id: 'amount', header: 'Amount', align: 'right', cell: (message) => <Money value={message.amount} /> },
  { id: 'flow', header: 'Flow', room: 2, cell: (message) => message.flow },
  { id: 'entity', header: 'Entity', room: 3, cell: (message) => message.legalEntity ?? '–' },
  { id: 'number', header: 'Number in target', room: 4, cell: (message) => message.documentNumber ?? '–' },
  { id: 'effect', header: 'Effect', hidden: true, cell: (message) => message.effect },
  { id: 'target', header: 'Target', hidden: true, cell: (message) => message.target },
  { id: 'attempts', header: 'Attempts', hidden: true, align: 'right', cell: (message) => message.attempts },
  { id: 'received', header: 'Received', room: 2, cell: (message) => <Ago at={message.receivedAt} /> },
];

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const { zone } = useZone();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [replaying, setReplaying] = useState(false);
  const [askedAt, setAskedAt] = useState(() => Date.now());
  const { peek, from, to, age, currency, posted, unposted, synthetic, ...plain } = search;
  const filter: MessageFilter = {
    ...plain,
    from: instantOf(from, askedAt),
    to: instantOf(to, askedAt),
    age: ageOf(age),
    currency: currencyOf(currency),
    postedSince: instantOf(posted, askedAt),
    unposted: unposted === 'true' || undefined,
    synthetic: synthetic === 'yes' ? 'yes' : undefined,
  };
  const query = useInfiniteQuery({ ...messagesQuery(filter), placeholderData: keepPreviousData });
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const entities = useMemo(
    () => [...new Set([...rows.flatMap((row) => row.legalEntity ?? []), ...(search.legalEntity ? [search.legalEntity] : [])])].sort(),
    [rows, search.legalEntity],
  );

  const fresh = () => {
    setAskedAt(Date.now());
    void query.refetch();
  };
  const live = useLiveList('messages', () => void query.refetch(), selected.size > 0 || (query.data?.pages.length ?? 0) > 1);

  const set = (next: Partial<typeof search>) => {
    setSelected(new Set());
    void navigate({ to: '/messages', search: { ...search, ...next } });
  };
  const filters = [
    search.q ? `text “${search.q}”` : undefined,
    search.state ? 'state' : undefined,
    search.flow ? `flow ${search.flow}` : undefined,
    search.legalEntity ? `entity ${search.legalEntity}` : undefined,
    from || to ? 'time' : undefined,
    filter.age ? `age ${ageWord(filter.age).toLowerCase()}` : undefined,
    filter.currency ? `currency ${currencyWord(filter.currency)}` : undefined,
    filter.postedSince ? 'in a ledger' : undefined,
    filter.unposted ? 'not posted yet' : undefined,
    filter.synthetic ? 'synthetic' : undefined,
    search.run ? 'one run' : undefined,
    search.correlation ? 'one correlation' : undefined,
  ].filter((word) => word !== undefined);

  return (
    <>
      <PageHead
        title="Messages"
        name="Messages"
        lead="One message is one document travelling one flow. Synthetic transactions are not among them unless you ask for them."
        actions={
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            loading={query.isFetching && !query.isFetchingNextPage && !query.isPending}
            onClick={fresh}
          >
            Refresh
          </Button>
        }
      />
      <FilterBar onClear={filters.length ? () => void navigate({ to: '/messages', search: {} }) : undefined}>
        <Views page="messages" search={search} />
        <FilterText label="Find messages" placeholder="Number, key or number in target" value={search.q} onChange={(q) => set({ q })} />
        <FilterChip
          label="State"
          multiple
          value={search.state}
          choices={messageStateOrder.map((state) => ({ value: state, label: messageStates[state].word }))}
          onChange={(state) => set({ state })}
        />
        <FilterChip
          label="Flow"
          value={search.flow}
          choices={(flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name }))}
          onChange={(flow) => set({ flow })}
        />
        <FilterChip
          label="Entity"
          value={search.legalEntity}
          choices={entities.map((entity) => ({ value: entity, label: entity }))}
          onChange={(legalEntity) => set({ legalEntity })}
        />
        <RangeChip
          from={from}
          to={to}
          describe={(at) => formatInstant(at, zone, { seconds: false })}
          onChange={(nextFrom, nextTo) => set({ from: nextFrom, to: nextTo })}
        />
        <FilterChip
          label="Age"
          value={age}
          choices={ages.map(({ value, label }) => ({ value, label }))}
          onChange={(next) => set({ age: next })}
        />
        <FilterChip
          label="Synthetic"
          value={filter.synthetic}
          choices={[{ value: 'yes', label: 'Synthetic transactions alone' }]}
          onChange={(next) => set({ synthetic: next })}
        />
        {filter.postedSince ? (
          <FixedFilter onRemove={() => set({ posted: undefined })}>
            In a ledger since {formatInstant(filter.postedSince, zone, { seconds: false })}
          </FixedFilter>
        ) : null}
        {filter.unposted ? <FixedFilter onRemove={() => set({ unposted: undefined })}>Not posted yet</FixedFilter> : null}
        {filter.currency ? (
          <FixedFilter onRemove={() => set({ currency: undefined })}>Currency: {currencyWord(filter.currency)}</FixedFilter>
        ) : null}
        {search.run ? <FixedFilter onRemove={() => set({ run: undefined })}>Run {search.run.slice(0, 12)}…</FixedFilter> : null}
        {search.correlation ? (
          <FixedFilter onRemove={() => set({ correlation: undefined })}>Correlation {search.correlation.slice(0, 18)}…</FixedFilter>
        ) : null}
      </FilterBar>
      {live.newer ? (
        <Group justify="center" mb="sm" role="status">
          <Button size="xs" radius="xl" variant="light" leftSection={<IconArrowUp size={14} />} onClick={live.show}>
            Something changed: show it
          </Button>
        </Group>
      ) : null}
      {selected.size > 0 ? (
        <Group mb="sm" gap="sm" role="status">
          <span>{selected.size} selected</span>
          {can('message.replay') ? (
            <Button size="xs" onClick={() => setReplaying(true)}>
              Replay {selected.size}…
            </Button>
          ) : null}
          <Button size="xs" variant="subtle" color="gray" onClick={() => setSelected(new Set())}>
            Select none
          </Button>
        </Group>
      ) : null}
      {query.isPending ? <Waiting rows={12} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="messages" onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? (
        <FilteredEmpty what="messages" filters={filters} onClear={() => void navigate({ to: '/messages', search: {} })} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse title="No messages yet" action={<LinkButton to="/flows">See the flows</LinkButton>}>
          A message appears here as soon as a flow takes a document from its source, by webhook or by poll.
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Messages"
          columns={columns}
          rows={rows}
          rowId={(message) => message.id}
          link={(message) => ({ to: '/messages/$id', params: { id: message.id }, search: {} })}
          onPeek={(message) => set({ peek: message.id })}
          openId={peek}
          selected={can('message.replay') ? selected : undefined}
          onSelect={can('message.replay') ? setSelected : undefined}
          count={countOf(query.data)}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
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

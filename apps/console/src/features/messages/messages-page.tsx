import { Button, Group } from '@mantine/core';
import { IconArrowUp, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { flowsQuery } from '../../api/build.js';
import { messagesQuery, type MessageFilter, type MessageItem } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { inSentence, t } from '../../language/index.js';
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
  const { peek, from, to, age, currency, posted, unposted, ...plain } = search;
  const filter: MessageFilter = {
    ...plain,
    from: instantOf(from, askedAt),
    to: instantOf(to, askedAt),
    age: ageOf(age),
    currency: currencyOf(currency),
    postedSince: instantOf(posted, askedAt),
    unposted: unposted === 'true' || undefined,
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
    search.q ? t('text “{{q}}”', { q: search.q }) : undefined,
    search.state ? t('state') : undefined,
    search.flow ? t('flow {{flow}}', { flow: search.flow }) : undefined,
    search.legalEntity ? t('entity {{legalEntity}}', { legalEntity: search.legalEntity }) : undefined,
    from || to ? t('time') : undefined,
    filter.age ? t('age {{age}}', { age: inSentence(ageWord(filter.age)) }) : undefined,
    filter.currency ? t('currency {{currency}}', { currency: currencyWord(filter.currency) }) : undefined,
    filter.postedSince ? t('in a ledger') : undefined,
    filter.unposted ? t('not posted yet') : undefined,
    search.run ? t('one run') : undefined,
    search.correlation ? t('one correlation') : undefined,
  ].filter((word) => word !== undefined);

  return (
    <>
      <PageHead
        title={t('Messages')}
        name={t('Messages')}
        lead={t('One message is one document travelling one flow.')}
        actions={
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            loading={query.isFetching && !query.isFetchingNextPage && !query.isPending}
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
          placeholder={t('Number, key or number in target')}
          value={search.q}
          onChange={(q) => set({ q })}
        />
        <FilterChip
          label={t('State')}
          multiple
          value={search.state}
          choices={messageStateOrder.map((state) => ({ value: state, label: messageStates[state].word }))}
          onChange={(state) => set({ state })}
        />
        <FilterChip
          label={t('Flow')}
          value={search.flow}
          choices={(flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name }))}
          onChange={(flow) => set({ flow })}
        />
        <FilterChip
          label={t('Entity')}
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
          label={t('Age')}
          value={age}
          choices={ages.map(({ value, label }) => ({ value, label }))}
          onChange={(next) => set({ age: next })}
        />
        {filter.postedSince ? (
          <FixedFilter onRemove={() => set({ posted: undefined })}>
            {t('In a ledger since {{postedSince}}', { postedSince: formatInstant(filter.postedSince, zone, { seconds: false }) })}
          </FixedFilter>
        ) : null}
        {filter.unposted ? <FixedFilter onRemove={() => set({ unposted: undefined })}>{t('Not posted yet')}</FixedFilter> : null}
        {filter.currency ? (
          <FixedFilter onRemove={() => set({ currency: undefined })}>
            {t('Currency: {{currency}}', { currency: currencyWord(filter.currency) })}
          </FixedFilter>
        ) : null}
        {search.run ? (
          <FixedFilter onRemove={() => set({ run: undefined })}>{t('Run {{run}}…', { run: search.run.slice(0, 12) })}</FixedFilter>
        ) : null}
        {search.correlation ? (
          <FixedFilter onRemove={() => set({ correlation: undefined })}>
            {t('Correlation {{correlation}}…', { correlation: search.correlation.slice(0, 18) })}
          </FixedFilter>
        ) : null}
      </FilterBar>
      {live.newer ? (
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
      {query.isPending ? <Waiting rows={12} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('messages')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? (
        <FilteredEmpty what={t('messages')} filters={filters} onClear={() => void navigate({ to: '/messages', search: {} })} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
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

import { Button, Group } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { flowsQuery } from '../../api/build.js';
import { exceptionsQuery, type Category, type ExceptionItem } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText, FixedFilter } from '../../parts/filter-bar.js';
import { Money } from '../../parts/money.js';
import { countOf, moreOf, rowsOf } from '../../parts/paged.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { CategoryMark, categoryOrder, categoryWord } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';

type Search = {
  view?: string;
  q?: string;
  category?: string;
  flow?: string;
  causeKey?: string;
  state?: string;
  sel?: string;
  message?: string;
};

const states = [
  { value: 'open', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
];

const columns: Column<ExceptionItem>[] = [
  { id: 'cause', header: 'Cause', grow: true, cell: (item) => item.cause },
  { id: 'document', header: 'Document', cell: (item) => item.title ?? '–' },
  { id: 'customer', header: 'Customer', room: 3, cell: (item) => item.customer ?? '–' },
  { id: 'amount', header: 'Amount', align: 'right', cell: (item) => <Money value={item.amount} /> },
  { id: 'category', header: 'Category', room: 2, cell: (item) => <CategoryMark category={item.category} /> },
  { id: 'flow', header: 'Flow', room: 3, cell: (item) => item.flow },
  { id: 'assignee', header: 'Assigned to', room: 3, cell: (item) => item.assignee ?? '–' },
  { id: 'entity', header: 'Entity', hidden: true, cell: (item) => item.legalEntity ?? '–' },
  { id: 'attempts', header: 'Attempts', hidden: true, align: 'right', cell: (item) => item.attempts },
  { id: 'opened', header: 'Opened', room: 2, cell: (item) => <Ago at={item.openedAt} /> },
];

export function ExceptionList({ search, set }: { search: Search; set: (next: Partial<Search>) => void }) {
  const can = useCan();
  const identity = useIdentity();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [replaying, setReplaying] = useState(false);
  const state = search.state === 'resolved' || search.state === 'all' ? search.state : 'open';
  const category = categoryOrder.find((known): known is Category => known === search.category);
  const query = useInfiniteQuery({
    ...exceptionsQuery({ state, category, flow: search.flow, causeKey: search.causeKey, message: search.message, q: search.q }),
    placeholderData: keepPreviousData,
  });
  const flows = useQuery({ ...flowsQuery, enabled: can('flow.read') });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const chosen = useMemo(() => rows.filter((row) => selected.has(row.id)).map((row) => row.messageId), [rows, selected]);
  const change = (next: Partial<Search>) => {
    setSelected(new Set());
    set({ view: 'list', ...next });
  };
  const clear = () =>
    change({ q: undefined, category: undefined, flow: undefined, causeKey: undefined, state: undefined, message: undefined });
  const filters = [
    search.q ? `text “${search.q}”` : undefined,
    category ? `category ${categoryWord(category).toLowerCase()}` : undefined,
    search.flow ? `flow ${search.flow}` : undefined,
    search.causeKey ? 'one root cause' : undefined,
    search.message ? 'one message' : undefined,
    state !== 'open' ? `state ${state}` : undefined,
  ].filter((word) => word !== undefined);
  return (
    <>
      <FilterBar onClear={filters.length ? clear : undefined}>
        <FilterText label="Find exceptions" placeholder="Document, customer or cause" value={search.q} onChange={(q) => change({ q })} />
        <FilterChip
          label="State"
          value={state}
          choices={states}
          onChange={(value) => change({ state: value === 'open' ? undefined : value })}
        />
        <FilterChip
          label="Category"
          value={category}
          choices={categoryOrder.map((value) => ({ value, label: categoryWord(value) }))}
          onChange={(value) => change({ category: value })}
        />
        <FilterChip
          label="Flow"
          value={search.flow}
          choices={(flows.data?.items ?? []).map((flow) => ({ value: flow.name, label: flow.name }))}
          onChange={(flow) => change({ flow })}
        />
        {search.causeKey ? <FixedFilter onRemove={() => change({ causeKey: undefined })}>One root cause</FixedFilter> : null}
        {search.message ? <FixedFilter onRemove={() => change({ message: undefined })}>One message</FixedFilter> : null}
      </FilterBar>
      {selected.size > 0 ? (
        <Group mb="sm" gap="sm" role="status">
          <span>{selected.size} selected</span>
          <Button size="xs" onClick={() => setReplaying(true)}>
            Replay {selected.size}…
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setSelected(new Set())}>
            Select none
          </Button>
        </Group>
      ) : null}
      {query.isPending ? <Waiting rows={10} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="exceptions" onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? <FilteredEmpty what="exceptions" filters={filters} onClear={clear} /> : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse title={`Nothing needs you${identity ? `, ${identity.name.split(' ')[0]}` : ''}`}>
          When a message stops, it shows here with its cause and what to do.
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Exceptions"
          columns={columns}
          rows={rows}
          rowId={(item) => item.id}
          onOpen={(item) => set({ sel: item.id })}
          onPeek={(item) => set({ sel: item.id })}
          openId={search.sel}
          selected={can('message.replay') ? selected : undefined}
          onSelect={can('message.replay') ? setSelected : undefined}
          selectable={(item) => item.state === 'open'}
          count={countOf(query.data)}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
      <ReplayDialog
        opened={replaying}
        selection={{ messages: chosen }}
        onClose={() => setReplaying(false)}
        onDone={() => setSelected(new Set())}
      />
    </>
  );
}

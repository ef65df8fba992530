import { IconCircleCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { exceptionsQuery, type ExceptionItem } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { t } from '../../language/index.js';
import { chosenOf } from '../../parts/chosen-filter.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { LinkButton } from '../../parts/links.js';
import { Money } from '../../parts/money.js';
import { countOf, moreOf, rowsOf } from '../../parts/paged.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { CategoryMark } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';
import { ActDialog } from './act-dialog.js';
import type { Act } from './acts.js';
import { BulkAct, type Chosen } from './bulk-act.js';
import { BulkBar } from './bulk-bar.js';
import { Filters, useOwnerChoices } from './filters.js';
import { DueMark, ExceptionStateMark } from './marks.js';
import { cleared, filterOf, setFilters, sortOf, type Search } from './search.js';

const columns: Column<ExceptionItem>[] = [
  { id: 'cause', header: t('Cause'), grow: true, cell: (item) => <span title={item.cause}>{item.cause}</span> },
  { id: 'document', header: t('Document'), cell: (item) => item.title ?? '–' },
  { id: 'customer', header: t('Customer'), room: 3, cell: (item) => item.customer ?? '–' },
  { id: 'amount', header: t('Amount'), align: 'right', cell: (item) => <Money value={item.amount} /> },
  { id: 'state', header: t('State'), cell: (item) => <ExceptionStateMark item={item} /> },
  { id: 'due', header: t('Time'), room: 2, cell: (item) => <DueMark item={item} /> },
  { id: 'owner', header: t('Owner'), room: 3, cell: (item) => item.assignee ?? '–' },
  { id: 'category', header: t('Category'), room: 4, cell: (item) => <CategoryMark category={item.category} /> },
  { id: 'flow', header: t('Flow'), hidden: true, cell: (item) => item.flow },
  { id: 'entity', header: t('Entity'), hidden: true, cell: (item) => item.legalEntity ?? '–' },
  { id: 'attempts', header: t('Attempts'), hidden: true, align: 'right', cell: (item) => item.attempts },
  { id: 'returns', header: t('Came back'), hidden: true, align: 'right', cell: (item) => item.returns },
  { id: 'opened', header: t('Opened'), hidden: true, cell: (item) => <Ago at={item.openedAt} /> },
];

const isToDo = (item: ExceptionItem) => item.state === 'open' || item.state === 'in-progress';

export function ExceptionList({ search, set }: { search: Search; set: (next: Partial<Search>) => void }) {
  const can = useCan();
  const identity = useIdentity();
  const owners = useOwnerChoices();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const [acting, setActing] = useState<{ act: Act; chosen: Chosen } | { act: Act; row: ExceptionItem }>();
  const filter = useMemo(() => filterOf(search), [search]);
  const query = useInfiniteQuery({ ...exceptionsQuery({ ...filter, sort: sortOf(search) }), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const picked = useMemo(() => rows.filter((row) => selected.has(row.id) && isToDo(row)), [rows, selected]);
  const entities = useMemo(
    () =>
      [
        ...new Set([
          ...rows.flatMap((row) => row.legalEntity ?? []),
          ...chosenOf({ value: search.entity, not: true }).map((part) => part.replace(/^-/, '')),
        ]),
      ].sort(),
    [rows, search.entity],
  );
  const none = () => {
    setSelected(new Set());
    setAll(false);
  };
  const change = (next: Partial<Search>) => {
    none();
    set({ view: 'list', ...next });
  };
  const act = (wanted: Act, row?: ExceptionItem) => {
    if (!can(wanted === 'replay' ? 'message.replay' : 'exception.work')) return;
    if (all) setActing({ act: wanted, chosen: { filter } });
    else if (picked.length > 0) setActing({ act: wanted, chosen: { exceptions: picked.map(({ id }) => id) } });
    else if (row && isToDo(row)) setActing({ act: wanted, row });
  };
  const words = setFilters(search, owners, change);
  const done = search.causeKey !== undefined && words.length === 1;
  const acts = can('exception.work') || can('message.replay');
  return (
    <>
      <Filters search={search} change={change} entities={entities} sortable />
      {picked.length > 0 ? (
        <BulkBar
          picked={picked.length}
          loaded={rows.filter(isToDo).length}
          matching={countOf(query.data)}
          all={all}
          onAll={() => setAll(true)}
          onNone={none}
          onAct={act}
        />
      ) : null}
      {query.isPending ? <Waiting rows={10} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('exceptions')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && done ? (
        <FirstUse
          icon={IconCircleCheck}
          title={t('Nothing of this root cause is to do')}
          action={
            <LinkButton variant="default" to="/exceptions" search={{ view: 'list', causeKey: search.causeKey, state: 'all' }}>
              {t('See what became of them')}
            </LinkButton>
          }
        >
          {t('What was replayed comes back here should it stop for the same cause again. Another cause has a place of its own.')}
        </FirstUse>
      ) : null}
      {query.data && rows.length === 0 && words.length > 0 && !done ? (
        <FilteredEmpty what={t('exceptions')} filters={words} onClear={() => change(cleared)} />
      ) : null}
      {query.data && rows.length === 0 && words.length === 0 ? (
        <FirstUse title={identity ? t('Nothing needs you, {{name}}', { name: identity.name.split(' ')[0] ?? '' }) : t('Nothing needs you')}>
          {t('When a message stops, it shows here with its cause and what to do. What was snoozed comes back by itself.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Exceptions')}
          columns={columns}
          rows={rows}
          rowId={(item) => item.id}
          onOpen={(item) => set({ sel: item.id })}
          onPeek={(item) => set({ sel: item.id })}
          keys={{
            a: (row) => act('assign', row),
            s: (row) => act('snooze', row),
            e: (row) => act('resolve', row),
            r: (row) => act('replay', row),
          }}
          openId={search.sel}
          selected={acts ? selected : undefined}
          onSelect={
            acts
              ? (ids) => {
                  setAll(false);
                  setSelected(ids);
                }
              : undefined
          }
          selectable={isToDo}
          count={countOf(query.data)}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
      {acting && 'chosen' in acting ? <BulkAct {...acting} onClose={() => setActing(undefined)} onDone={none} /> : null}
      {acting && 'row' in acting ? <RowAct {...acting} onClose={() => setActing(undefined)} /> : null}
    </>
  );
}

/** A letter pressed on a row asks what its button in the drawer asks. */
function RowAct({ act, row, onClose }: { act: Act; row: ExceptionItem; onClose: () => void }) {
  if (act === 'replay') return <ReplayDialog opened selection={{ messages: [row.messageId] }} onClose={onClose} />;
  return <ActDialog act={act} target={{ one: row }} onClose={onClose} />;
}

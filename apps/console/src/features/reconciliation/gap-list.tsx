import { Button, Group } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gapsFile, gapsQuery, type ControlRunDetail, type Gap, type GapFilter, type GapKind } from '../../api/reconcile.js';
import { StateMark } from '../../parts/badge.js';
import { FilterBar, FilterChip, FilterText } from '../../parts/filter-bar.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatAmount, quantityIn } from '../../parts/money.js';
import { Section } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { GapActions } from './gap-actions.js';
import { isOfUsage, kindOrder, kindWords } from './words.js';
import classes from './reconciliation.module.css';

type Next = Partial<Record<'kind' | 'state' | 'currency' | 'meter' | 'q' | 'drift', string | undefined>>;

const what = (runId: string): Column<Gap> => ({
  id: 'gap',
  header: 'What differs, and what to do',
  grow: true,
  cell: (gap) => (
    <div className={classes.gap}>
      <Group gap={8}>
        <b>{kindWords[gap.kind]}</b>
        {gap.accepted ? <StateMark icon={IconCircleCheck} tone="ok">Accepted</StateMark> : null}
      </Group>
      {gap.drift ? <span className={classes.drift}>changed in {gap.usage ? 'billing' : 'the ERP'}</span> : null}
      <span>{gap.sentence}</span>
      {gap.why ? <span>{gap.why}</span> : null}
      <span className={classes.dim}>{gap.remedy}</span>
      {gap.accepted ? <span className={classes.dim}>Accepted as {gap.accepted.as} by {gap.accepted.by}: {gap.accepted.reason}</span> : null}
      <GapActions gap={gap} runId={runId} />
    </div>
  ),
}); // prettier-ignore

/** Of documents money, of usage quantities: a list holds one or the other. */
const moneyColumns: Column<Gap>[] = [
  { id: 'billing', header: 'Billing', align: 'right', room: 2, cell: (gap) => (gap.billing ? formatAmount(gap.billing.amount, gap.billing.currency) : '–') },
  { id: 'erp', header: 'ERP', align: 'right', room: 2, cell: (gap) => (gap.erp ? formatAmount(gap.erp.amount, gap.erp.currency) : '–') },
  { id: 'difference', header: 'Difference', align: 'right', cell: (gap) => (gap.currency === null ? gap.difference : formatAmount(gap.difference, gap.currency)) },
]; // prettier-ignore
const quantityColumns: Column<Gap>[] = [
  { id: 'ledger', header: 'Ledger', align: 'right', room: 2, cell: ({ usage }) => (usage?.ledger ? quantityIn(usage.ledger.quantity, usage.unit) : '–') },
  { id: 'billing', header: 'Billing, that day', align: 'right', room: 2, cell: ({ usage }) => (usage?.billing ? quantityIn(usage.billing.quantity, usage.unit) : '–') },
  { id: 'difference', header: 'Difference', align: 'right', cell: ({ usage, difference }) => quantityIn(difference, usage?.unit ?? null) },
]; // prettier-ignore

/** Gaps of a run, filtered by the address; the file holds what the list shows. */
export function GapList({ run, filter, onFilter, onClear }: { run: ControlRunDetail; filter: GapFilter; onFilter: (next: Next) => void; onClear: () => void }) {
  const query = useInfiniteQuery({ ...gapsQuery(run.id, filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const ofUsage = isOfUsage(run);
  const columns = useMemo(() => [what(run.id), ...(ofUsage ? quantityColumns : moneyColumns)], [run.id, ofUsage]);
  const bars = [...run.bars, ...run.quantityBars];
  const drift = `changed in ${ofUsage ? 'billing' : 'the ERP'}`;
  const kinds = kindOrder.filter((kind) => bars.some((bar) => bar.kind === kind));
  const words = [
    filter.kind ? kindWords[filter.kind as GapKind].toLowerCase() : undefined,
    filter.state ? filter.state : undefined,
    filter.currency,
    filter.meter,
    filter.drift ? drift : undefined,
    filter.q ? `“${filter.q}”` : undefined,
  ].filter((word) => word !== undefined);
  return (
    <Section
      title="Gaps"
      aside={rows.length > 0 ? <Button component="a" size="xs" variant="default" leftSection={<IconDownload size={14} />} href={gapsFile(run.id, filter)} download>Export CSV</Button> : null}
    >
      {bars.length > 0 ? (
        <FilterBar onClear={words.length > 0 ? onClear : undefined}>
          <FilterText label="Find a gap" placeholder="Number, id or words" value={filter.q} onChange={(q) => onFilter({ q })} />
          <FilterChip label="Kind" value={filter.kind} choices={kinds.map((value) => ({ value, label: kindWords[value] }))} onChange={(kind) => onFilter({ kind })} />
          <FilterChip label="State" value={filter.state} choices={[{ value: 'open', label: 'Open' }, { value: 'settled', label: 'Settled' }]} onChange={(state) => onFilter({ state })} />
          {ofUsage ? (
            <FilterChip label="Meter" value={filter.meter} choices={run.quantities.map(({ meter }) => ({ value: meter, label: meter }))} onChange={(meter) => onFilter({ meter })} />
          ) : (
            <FilterChip label="Currency" value={filter.currency} choices={run.totals.map(({ currency }) => ({ value: currency, label: currency }))} onChange={(currency) => onFilter({ currency })} />
          )}
          <FilterChip label="Drift" value={filter.drift ? 'true' : undefined} choices={[{ value: 'true', label: ofUsage ? 'Changed in billing after it was sent' : 'Changed in the ERP after posting' }]} onChange={(drift) => onFilter({ drift })} />
        </FilterBar>
      ) : null}
      {query.isPending ? <Waiting rows={4} height={64} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="gaps" onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && words.length > 0 ? <FilteredEmpty what="gaps" filters={words} onClear={onClear} /> : null}
      {query.data && rows.length === 0 && words.length === 0 ? <FirstUse title="No gaps">{ofUsage ? 'Billing counts every summary once, with the same quantity.' : 'Every document is on both sides, with the same amount, tax and date.'}</FirstUse> : null}
      {rows.length > 0 ? <DataTable label="Gaps" columns={columns} rows={rows} rowId={(gap) => gap.id} more={moreOf(query)} stale={query.isPlaceholderData} /> : null}
    </Section>
  );
} // prettier-ignore

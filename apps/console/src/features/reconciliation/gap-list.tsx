import { Button, Group } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { gapsFile, gapsQuery, type ControlRunDetail, type Gap, type GapFilter, type GapKind } from '../../api/reconcile.js';
import { inSentence, t } from '../../language/index.js';
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
  header: t('What differs, and what to do'),
  grow: true,
  cell: (gap) => (
    <div className={classes.gap}>
      <Group gap={8}>
        <b>{kindWords[gap.kind]}</b>
        {gap.accepted ? <StateMark icon={IconCircleCheck} tone="ok">{t('Accepted')}</StateMark> : null}
      </Group>
      {gap.drift ? <span className={classes.drift}>{gap.usage ? t('changed in billing') : t('changed in the ERP')}</span> : null}
      <span>{gap.sentence}</span>
      {gap.why ? <span>{gap.why}</span> : null}
      <span className={classes.dim}>{gap.remedy}</span>
      {gap.accepted ? <span className={classes.dim}>{t('Accepted as {{as}} by {{by}}: {{reason}}', { as: gap.accepted.as, by: gap.accepted.by, reason: gap.accepted.reason })}</span> : null}
      <GapActions gap={gap} runId={runId} />
    </div>
  ),
}); // prettier-ignore

/** Of documents money, of usage quantities: a list holds one or the other. */
const moneyColumns: Column<Gap>[] = [
  { id: 'billing', header: t('Billing'), align: 'right', room: 2, cell: (gap) => (gap.billing ? formatAmount(gap.billing.amount, gap.billing.currency) : '–') },
  { id: 'erp', header: t('ERP'), align: 'right', room: 2, cell: (gap) => (gap.erp ? formatAmount(gap.erp.amount, gap.erp.currency) : '–') },
  { id: 'difference', header: t('Difference'), align: 'right', cell: (gap) => (gap.currency === null ? gap.difference : formatAmount(gap.difference, gap.currency)) },
]; // prettier-ignore
const quantityColumns: Column<Gap>[] = [
  { id: 'ledger', header: t('Ledger'), align: 'right', room: 2, cell: ({ usage }) => (usage?.ledger ? quantityIn(usage.ledger.quantity, usage.unit) : '–') },
  { id: 'billing', header: t('Billing, that day'), align: 'right', room: 2, cell: ({ usage }) => (usage?.billing ? quantityIn(usage.billing.quantity, usage.unit) : '–') },
  { id: 'difference', header: t('Difference'), align: 'right', cell: ({ usage, difference }) => quantityIn(difference, usage?.unit ?? null) },
]; // prettier-ignore

/** Gaps of a run, filtered by the address; the file holds what the list shows. */
export function GapList({ run, filter, onFilter, onClear }: { run: ControlRunDetail; filter: GapFilter; onFilter: (next: Next) => void; onClear: () => void }) {
  const query = useInfiniteQuery({ ...gapsQuery(run.id, filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const ofUsage = isOfUsage(run);
  const columns = useMemo(() => [what(run.id), ...(ofUsage ? quantityColumns : moneyColumns)], [run.id, ofUsage]);
  const bars = [...run.bars, ...run.quantityBars];
  const drift = ofUsage ? t('changed in billing') : t('changed in the ERP');
  const kinds = kindOrder.filter((kind) => bars.some((bar) => bar.kind === kind));
  const words = [
    filter.kind ? inSentence(kindWords[filter.kind as GapKind]) : undefined,
    filter.state === 'open' ? t('open') : filter.state === 'settled' ? t('settled') : undefined,
    filter.currency,
    filter.meter,
    filter.drift ? drift : undefined,
    filter.q ? `“${filter.q}”` : undefined,
  ].filter((word) => word !== undefined);
  return (
    <Section
      title={t('Gaps')}
      aside={rows.length > 0 ? <Button component="a" size="xs" variant="default" leftSection={<IconDownload size={14} />} href={gapsFile(run.id, filter)} download>{t('Export CSV')}</Button> : null}
    >
      {bars.length > 0 ? (
        <FilterBar onClear={words.length > 0 ? onClear : undefined}>
          <FilterText label={t('Find a gap')} placeholder={t('Number, id or words')} value={filter.q} onChange={(q) => onFilter({ q })} />
          <FilterChip label={t('Kind')} value={filter.kind} choices={kinds.map((value) => ({ value, label: kindWords[value] }))} onChange={(kind) => onFilter({ kind })} />
          <FilterChip label={t('State')} value={filter.state} choices={[{ value: 'open', label: t('Open') }, { value: 'settled', label: t('Settled') }]} onChange={(state) => onFilter({ state })} />
          {ofUsage ? (
            <FilterChip label={t('Meter')} value={filter.meter} choices={run.quantities.map(({ meter }) => ({ value: meter, label: meter }))} onChange={(meter) => onFilter({ meter })} />
          ) : (
            <FilterChip label={t('Currency')} value={filter.currency} choices={run.totals.map(({ currency }) => ({ value: currency, label: currency }))} onChange={(currency) => onFilter({ currency })} />
          )}
          <FilterChip label={t('Drift')} value={filter.drift ? 'true' : undefined} choices={[{ value: 'true', label: ofUsage ? t('Changed in billing after it was sent') : t('Changed in the ERP after posting') }]} onChange={(drift) => onFilter({ drift })} />
        </FilterBar>
      ) : null}
      {query.isPending ? <Waiting rows={4} height={64} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('gaps')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && words.length > 0 ? <FilteredEmpty what={t('gaps')} filters={words} onClear={onClear} /> : null}
      {query.data && rows.length === 0 && words.length === 0 ? <FirstUse title={t('No gaps')}>{ofUsage ? t('Billing counts every summary once, with the same quantity.') : t('Every document is on both sides, with the same amount, tax and date.')}</FirstUse> : null}
      {rows.length > 0 ? <DataTable label={t('Gaps')} columns={columns} rows={rows} rowId={(gap) => gap.id} more={moreOf(query)} stale={query.isPlaceholderData} /> : null}
    </Section>
  );
} // prettier-ignore

import { Alert } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { comparisonQuery, metersQuery, type Compared } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText } from '../../parts/filter-bar.js';
import { formatQuantity } from '../../parts/money.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { dimensionsInWords, Quantity } from './usage-words.js';

const route = getRouteApi('/app/usage');
const isPeriod = (text: string | undefined): text is string => /^\d{4}-\d{2}(-\d{2})?$/.test(text ?? '');

/** Two customers, two periods, or both, beside each other. */
export function Comparison() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const set = useCallback((next: Partial<typeof search>) => void navigate({ to: '/usage', search: { ...search, ...next } }), [navigate, search]);
  const meters = useQuery(metersQuery);
  const { customer, period, otherCustomer, otherPeriod, meter } = search;
  const asked = isPeriod(period) && (otherCustomer !== undefined || isPeriod(otherPeriod));
  const query = useQuery({
    ...comparisonQuery({ customer, period: period ?? '', otherCustomer, otherPeriod: isPeriod(otherPeriod) ? otherPeriod : undefined, meter }),
    enabled: asked,
    placeholderData: keepPreviousData,
  });
  const clear = () => void navigate({ to: '/usage', search: { tab: 'compare' } });
  const sides = [sideInWords(customer, period), sideInWords(otherCustomer ?? customer, isPeriod(otherPeriod) ? otherPeriod : period)];
  return (
    <>
      <FilterBar onClear={customer || period || otherCustomer || otherPeriod || meter ? clear : undefined}>
        <FilterText label={t('Customer on the left')} placeholder={t('Customer, or all')} value={customer} onChange={(next) => set({ customer: next })} />
        <FilterText label={t('Period on the left')} placeholder={t('Period, such as 2026-10')} value={period} onChange={(next) => set({ period: next })} />
        <FilterText label={t('Customer on the right')} placeholder={t('Customer, or the same')} value={otherCustomer} onChange={(next) => set({ otherCustomer: next })} />
        <FilterText label={t('Period on the right')} placeholder={t('Period, or the same')} value={otherPeriod} onChange={(next) => set({ otherPeriod: next })} />
        <FilterChip label={t('Meter')} value={meter} choices={(meters.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))} onChange={(next) => set({ meter: next })} />
      </FilterBar>
      {!asked ? (
        <FirstUse icon={IconArrowsDiff} title={t('Compare usage')}>
          {t('Name a period, and another period or another customer to set beside it: what was used on the left, on the right, and the difference, meter by meter.')}
        </FirstUse>
      ) : null}
      {asked && query.isPending ? <Waiting rows={6} height={41} /> : null}
      {asked && query.isError && !query.data ? <Failure error={query.error} what={t('the comparison')} onRetry={() => void query.refetch()} /> : null}
      {asked && query.data ? (
        <>
          {query.data.leftOut.length > 0 ? (
            <Alert color="yellow" mb="sm" title={t('Left out: {{meters}}', { meters: query.data.leftOut.join(', ') })}>
              {t('A side has several sums of such a meter that cannot be added up. Name one customer on each side.')}
            </Alert>
          ) : null}
          {query.data.items.length === 0 ? (
            <FilteredEmpty what={t('usage')} filters={sides} onClear={clear} />
          ) : (
            <DataTable
              label={t('Comparison of usage')}
              columns={columnsOf(sides[0]!, sides[1]!)}
              rows={query.data.items}
              rowId={(row) => `${row.meter} ${JSON.stringify(row.dimensions)}`}
              stale={query.isPlaceholderData}
            />
          )}
        </>
      ) : null}
    </>
  );
} // prettier-ignore

const sideInWords = (customer: string | undefined, period: string | undefined): string =>
  `${customer ?? t('all customers')}, ${period ?? '–'}`;

const columnsOf = (left: string, right: string): Column<Compared>[] => [
  { id: 'meter', header: t('Meter'), grow: true, cell: (row) => row.meter },
  { id: 'dimensions', header: t('Of'), room: 2, cell: (row) => dimensionsInWords(row.dimensions) || '–' },
  { id: 'left', header: left, align: 'right', cell: (row) => <Quantity value={row.left} unit={row.unit} /> },
  { id: 'right', header: right, align: 'right', cell: (row) => <Quantity value={row.right} unit={row.unit} /> },
  { id: 'difference', header: t('Difference'), align: 'right', cell: (row) => <span style={{ fontVariantNumeric: "tabular-nums" }}>{signed(formatQuantity(row.difference))}</span> },
  { id: 'percent', header: t('In percent'), align: 'right', room: 2, cell: (row) => (row.percent === null ? '–' : `${signed(formatQuantity(row.percent))} %`) },
]; // prettier-ignore

const signed = (amount: string): string => (/^-|^0(\.0*)?$/.test(amount) ? amount : `+${amount}`);

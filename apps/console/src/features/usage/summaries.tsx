import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconSum } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { metersQuery, summariesQuery, usageExportAddress, type Summary, type SummaryFilter } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip, FilterText } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { Views } from '../../parts/views.js';
import { ExportFile } from './export-file.js';
import { dimensionsInWords, Quantity, SummaryMark } from './usage-words.js';

const route = getRouteApi('/app/usage');

export const summaryColumns: Column<Summary>[] = [
  { id: 'customer', header: t('Customer'), grow: true, cell: (summary) => summary.customer },
  { id: 'meter', header: t('Meter'), cell: (summary) => summary.meter },
  { id: 'dimensions', header: t('Of'), room: 2, cell: (summary) => dimensionsInWords(summary.dimensions) || '–' },
  {
    id: 'period',
    header: t('Period'),
    cell: (summary) =>
      summary.usedIn === summary.period
        ? summary.period
        : t('{{period}}, used in {{usedIn}}', { period: summary.period, usedIn: summary.usedIn }),
  },
  { id: 'quantity', header: t('Quantity'), align: 'right', cell: (summary) => <Quantity value={summary.quantity} unit={summary.unit} /> },
  { id: 'events', header: t('Events'), align: 'right', cell: (summary) => formatCount(summary.eventCount) },
  { id: 'state', header: t('State'), cell: (summary) => <SummaryMark summary={summary} /> },
  { id: 'plan', header: t('Plan'), room: 4, hidden: true, cell: (summary) => summary.plan ?? '–' },
  { id: 'entity', header: t('Entity'), room: 3, cell: (summary) => summary.legalEntity ?? '–' },
  { id: 'sealed', header: t('Sealed'), room: 3, cell: (summary) => <Ago at={summary.sealedAt} /> },
];

export function Summaries() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const set = useCallback(
    (next: Partial<typeof search>) => void navigate({ to: '/usage', search: { ...search, ...next } }),
    [navigate, search],
  );
  const meters = useQuery(metersQuery);
  const filter: SummaryFilter = {
    customer: search.customer,
    meter: search.meter,
    period: /^\d{4}-\d{2}(-\d{2})?$/.test(search.period ?? '') ? search.period : undefined,
    state: search.state as SummaryFilter['state'],
  };
  const query = useInfiniteQuery({ ...summariesQuery(filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const filters = [
    search.customer && t('customer “{{customer}}”', { customer: search.customer }),
    search.meter && t('meter {{meter}}', { meter: search.meter }),
    search.period && t('period {{period}}', { period: search.period }),
    search.state && t('state {{state}}', { state: search.state }),
  ].filter((word) => word !== undefined && word !== '') as string[];
  const clear = () => void navigate({ to: '/usage', search: { tab: 'summaries' } });
  return (
    <>
      <FilterBar onClear={filters.length ? clear : undefined}>
        <Views page="usage" search={search} />
        <FilterText
          label={t('Customer')}
          placeholder={t('Customer, exactly')}
          value={search.customer}
          onChange={(customer) => set({ customer })}
        />
        <FilterText
          label={t('Period')}
          placeholder={t('Period, such as 2026-10')}
          value={search.period}
          onChange={(period) => set({ period })}
        />
        <FilterChip
          label={t('Meter')}
          value={search.meter}
          choices={(meters.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(meter) => set({ meter })}
        />
        <FilterChip
          label={t('State')}
          value={search.state}
          choices={[
            { value: 'open', label: t('Open') },
            { value: 'sealed', label: t('Sealed') },
            { value: 'adjustment', label: t('Adjustment') },
          ]}
          onChange={(state) => set({ state })}
        />
        <ExportFile address={(format) => usageExportAddress('summaries', format, filter)} />
      </FilterBar>
      {query.isPending ? <Waiting rows={8} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('summaries')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? (
        <FilteredEmpty what={t('summaries')} filters={filters} onClear={clear} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse
          icon={IconSum}
          title={t('Nothing is summed up yet')}
          action={
            <LinkButton to="/usage" search={{ tab: 'meters' }}>
              {t('See the meters')}
            </LinkButton>
          }
        >
          {t(
            'A meter says what of the events counts. Its sums show here by customer and period, as soon as an event arrives that it wants and whose customer is known.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Usage summaries')}
          columns={summaryColumns}
          rows={rows}
          rowId={(summary) => summary.id}
          link={(summary) => ({ to: '/usage/summaries/$id', params: { id: summary.id }, search: {} })}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
    </>
  );
}

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { IconUserCheck } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { unattributedQuery, type Unattributed } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount, Money } from '../../parts/money.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { dimensionsInWords, Quantity } from './usage-words.js';

const route = getRouteApi('/app/usage');

const columns: Column<Unattributed>[] = [
  { id: 'subject', header: t('Used by'), grow: true, cell: (usage) => usage.subject ?? t('Not said') },
  {
    id: 'reason',
    header: t('Why'),
    cell: (usage) => (usage.reason === 'ambiguous' ? t('Several have this name') : t('Nobody has this name')),
  },
  { id: 'meter', header: t('Meter'), cell: (usage) => usage.meter },
  { id: 'dimensions', header: t('Of'), room: 3, cell: (usage) => dimensionsInWords(usage.dimensions) || '–' },
  { id: 'period', header: t('Period'), cell: (usage) => usage.period },
  { id: 'quantity', header: t('Quantity'), align: 'right', cell: (usage) => <Quantity value={usage.quantity} unit={usage.unit} /> },
  { id: 'events', header: t('Events'), align: 'right', room: 2, cell: (usage) => formatCount(usage.eventCount) },
  { id: 'risk', header: t('Money at risk'), align: 'right', cell: (usage) => (usage.atRisk ? <Money value={usage.atRisk} /> : '–') },
  {
    id: 'seen',
    header: t('Seen'),
    room: 3,
    cell: (usage) =>
      usage.firstSeen === usage.lastSeen
        ? usage.lastSeen
        : t('{{firstSeen}} to {{lastSeen}}', { firstSeen: usage.firstSeen, lastSeen: usage.lastSeen }),
  },
];

/** Counted, and nobody is known to pay for it. A row of the table usage-accounts puts it right, without sending anything again. */
export function UnattributedUsage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const period = /^\d{4}-\d{2}(-\d{2})?$/.test(search.period ?? '') ? search.period : undefined;
  const query = useInfiniteQuery({ ...unattributedQuery({ meter: search.meter, period }), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const clear = () => void navigate({ to: '/usage', search: { tab: 'unattributed' } });
  const filters = [
    search.meter && t('meter {{meter}}', { meter: search.meter }),
    search.period && t('period {{period}}', { period: search.period }),
  ].filter((word) => word !== undefined && word !== '') as string[];
  return (
    <>
      <FilterBar onClear={filters.length ? clear : undefined}>
        <FilterText
          label={t('Period')}
          placeholder={t('Period, such as 2026-10')}
          value={search.period}
          onChange={(next) => void navigate({ to: '/usage', search: { ...search, period: next } })}
        />
        <LinkButton size="xs" variant="default" to="/tables/$name" params={{ name: 'usage-accounts' }} search={{}}>
          {t('Table usage-accounts')}
        </LinkButton>
      </FilterBar>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? (
        <Failure error={query.error} what={t('unattributed usage')} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && rows.length === 0 && filters.length > 0 ? (
        <FilteredEmpty what={t('unattributed usage')} filters={filters} onClear={clear} />
      ) : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse icon={IconUserCheck} title={t('All usage has somebody who pays')}>
          {t(
            'Usage of a name that no customer, no subscription and no row of the table usage-accounts has would show here, with what it may be worth.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Unattributed usage')}
          columns={columns}
          rows={rows}
          rowId={(usage) => `${usage.meter} ${usage.period} ${usage.subject ?? ''} ${JSON.stringify(usage.dimensions)}`}
          link={(usage) => ({ to: '/usage', search: { subject: usage.subject ?? undefined } })}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
    </>
  );
}

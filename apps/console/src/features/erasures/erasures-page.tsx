import { Button } from '@mantine/core';
import { IconEraser, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { erasuresQuery, type Erasure } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { PageHead } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { ErasureDrawer } from './erasure-drawer.js';
import { ErasureMark } from './erasure-words.js';
import { RequestErasure } from './request-erasure.js';

const route = getRouteApi('/app/erasures');

const columns: Column<Erasure>[] = [
  { id: 'customer', header: t('Customer'), grow: true, cell: (erasure) => erasure.customer },
  { id: 'system', header: t('Of'), cell: (erasure) => erasure.sourceSystem },
  { id: 'state', header: t('State'), cell: (erasure) => <ErasureMark erasure={erasure} /> },
  { id: 'by', header: t('Asked by'), room: 2, cell: (erasure) => erasure.requestedBy },
  { id: 'confirmed', header: t('Confirmed by'), room: 3, cell: (erasure) => erasure.confirmedBy ?? '–' },
  { id: 'asked', header: t('Asked'), room: 2, cell: (erasure) => <Ago at={erasure.requestedAt} /> },
];

/** What is personal of a customer, taken out of everything that was stored. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(erasuresQuery);
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [asking, setAsking] = useState(false);
  const open = (sel: string | undefined) => void navigate({ to: '/erasures', search: { ...search, sel } });
  const ask = (
    <Button size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAsking(true)}>
      {t('Ask for an erasure')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t('Erasures')}
        name={t('Erasures')}
        lead={t(
          'Takes what is personal of a customer out of everything that was stored. Documents keep their numbers, sums and dates; the audit log stays as it is.',
        )}
        actions={rows.length > 0 ? ask : undefined}
      />
      {query.isPending ? <Waiting rows={4} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('erasures')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <FirstUse icon={IconEraser} title={t('Nothing was erased')} action={ask}>
          {t('When a customer asks to be forgotten: name the customer, see what there is, and have somebody else confirm it.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Erasures')}
          columns={columns}
          rows={rows}
          rowId={(erasure) => erasure.id}
          onOpen={(erasure) => open(erasure.id)}
          onPeek={(erasure) => open(erasure.id)}
          openId={search.sel}
          more={moreOf(query)}
        />
      ) : null}
      <RequestErasure opened={asking} onClose={() => setAsking(false)} onAsked={(id) => open(id)} />
      <ErasureDrawer id={search.sel} onClose={() => open(undefined)} />
    </>
  );
}

import { IconMailCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { connectionsQuery } from '../../api/build.js';
import { unreadDeliveriesQuery, type UnreadDelivery } from '../../api/operations.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip } from '../../parts/filter-bar.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';

const route = getRouteApi('/app/ops');
const ways: Record<string, string> = { webhook: t('Webhook'), poll: t('Poll'), push: t('Stream') };

const columns: Column<UnreadDelivery>[] = [
  { id: 'problem', header: t('What is wrong'), grow: true, cell: ({ problem }) => problem },
  { id: 'connection', header: t('Connection'), cell: ({ connection }) => connection },
  {
    id: 'via',
    header: t('Came by'),
    room: 2,
    cell: ({ via, stream }) => (stream ? t('{{way}} of {{stream}}', { way: ways[via] ?? via, stream }) : (ways[via] ?? via)),
  },
  { id: 'delivery', header: t('As its source calls it'), room: 3, cell: ({ deliveryId }) => <code>{deliveryId}</code> },
  { id: 'at', header: t('Received'), room: 2, cell: ({ receivedAt }) => <Ago at={receivedAt} /> },
];

/** Deliveries that a connector did not understand. They are kept; a connector that understands them reads them when they are sent again. */
export function Unread() {
  const { connection } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const query = useInfiniteQuery({ ...unreadDeliveriesQuery(connection), placeholderData: keepPreviousData });
  const connections = useQuery({ ...connectionsQuery, enabled: can('connection.read') });
  const set = (next: string | undefined) => void navigate({ to: '/ops', search: { tab: 'unread', connection: next } });
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('unread deliveries')} onRetry={() => void query.refetch()} />;
  const rows = rowsOf(query.data);
  return (
    <>
      <FilterBar onClear={connection ? () => set(undefined) : undefined}>
        <FilterChip
          label={t('Connection')}
          value={connection}
          choices={(connections.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={set}
        />
      </FilterBar>
      {rows.length > 0 ? (
        <DataTable
          label={t('Unread deliveries')}
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : connection ? (
        <FilteredEmpty
          what={t('unread deliveries')}
          filters={[t('connection {{connection}}', { connection })]}
          onClear={() => set(undefined)}
        />
      ) : (
        <FirstUse icon={IconMailCheck} title={t('Every delivery was understood')}>
          {t(
            'A delivery that a connector cannot read, such as a row of a file with a date that is none, stands here with the reason. It is kept, and nothing was posted of it.',
          )}
        </FirstUse>
      )}
    </>
  );
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer } from './client.js';

export type Operations = Answer<'getOperations'>;
export type UnreadDelivery = Answer<'listUnreadDeliveries'>['items'][number];

export const operationsQuery = queryOptions({
  queryKey: ['operations', 'now'],
  queryFn: ({ signal }) => take(api.GET('/v1/operations', { signal })),
  refetchInterval: 5_000,
});
export const unreadDeliveriesQuery = (connection: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['operations', 'unread', connection],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/deliveries/unread', { params: { query: { connection, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const tryConnectionNow = (name: string, reason: string) =>
  take(api.POST('/v1/connections/{name}/try-now', { params: { path: { name } }, body: { reason } }));

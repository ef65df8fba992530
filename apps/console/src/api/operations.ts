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
export type SyntheticCheck = Answer<'listSyntheticChecks'>['items'][number];
export type SyntheticRun = Answer<'listSyntheticRuns'>['items'][number];

export const syntheticChecksQuery = queryOptions({
  queryKey: ['synthetic', 'checks'],
  queryFn: ({ signal }) => take(api.GET('/v1/synthetic-checks', { signal })),
  refetchInterval: 5_000,
});
export const syntheticRunsQuery = (check: string) =>
  infiniteQueryOptions({
    queryKey: ['synthetic', 'runs', check],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/synthetic-runs', { params: { query: { check, limit: 10, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const syntheticRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['synthetic', 'run', id],
    queryFn: ({ signal }) => take(api.GET('/v1/synthetic-runs/{id}', { params: { path: { id } }, signal })),
  });
export const startSyntheticRun = (name: string) => take(api.POST('/v1/synthetic-checks/{name}/runs', { params: { path: { name } } }));
export const pauseSyntheticCheck = (name: string, reason: string) =>
  take(api.POST('/v1/synthetic-checks/{name}/pause', { params: { path: { name } }, body: { reason } }));
export const resumeSyntheticCheck = (name: string, reason: string) =>
  take(api.POST('/v1/synthetic-checks/{name}/resume', { params: { path: { name } }, body: { reason } }));
export const giveUpSyntheticRun = (id: string, reason: string) =>
  take(api.POST('/v1/synthetic-runs/{id}/give-up', { params: { path: { id } }, body: { reason } }));
export const tryConnectionNow = (name: string, reason: string) =>
  take(api.POST('/v1/connections/{name}/try-now', { params: { path: { name } }, body: { reason } }));

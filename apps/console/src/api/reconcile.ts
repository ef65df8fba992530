import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type Control = Answer<'listControls'>['items'][number];
export type ControlRun = Answer<'getControlBoard'>['items'][number];
export type ControlRunDetail = Answer<'getControlRun'>;
export type Gap = Answer<'listGaps'>['items'][number];
export type GapKind = Gap['kind'];
export type Checkpoint = ControlRunDetail['checkpoints'][number];
export type GapFilter = Omit<NonNullable<Query<'listGaps'>>, 'cursor' | 'limit'>;

const firstPage = undefined as string | undefined;

export const controlsQuery = queryOptions({
  queryKey: ['controls', 'list'],
  queryFn: ({ signal }) => take(api.GET('/v1/controls', { signal })),
});

export const boardQuery = (days: number) =>
  queryOptions({
    queryKey: ['controls', 'board', days],
    queryFn: ({ signal }) => take(api.GET('/v1/control-board', { params: { query: { days } }, signal })),
  });

export const controlRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['controls', 'run', id],
    queryFn: ({ signal }) => take(api.GET('/v1/control-runs/{id}', { params: { path: { id } }, signal })),
  });

export const gapsQuery = (id: string, filter: GapFilter) =>
  infiniteQueryOptions({
    queryKey: ['controls', 'gaps', id, filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/control-runs/{id}/gaps', { params: { path: { id }, query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
  });

/** The address of the file; the browser fetches it with the session. */
export const gapsFile = (id: string, filter: GapFilter): string => {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();
  return `/v1/control-runs/${id}/gaps/export${query ? `?${query}` : ''}`;
};

/** The archive of a locked checkpoint. */
export const evidenceFile = (id: string): string => `/v1/checkpoints/${id}/evidence`;

export const startControlRun = (name: string, period?: string) =>
  take(api.POST('/v1/controls/{name}/runs', { params: { path: { name } }, body: period ? { period } : {} }));
export const acceptGap = (id: string, as: 'timing' | 'explained', reason: string) =>
  take(api.POST('/v1/gaps/{id}/accept', { params: { path: { id } }, body: { as, reason } }));
export const withdrawGap = (id: string, reason: string) =>
  take(api.POST('/v1/gaps/{id}/withdraw', { params: { path: { id } }, body: { reason } }));
export const prepareCheckpoint = (id: string, contentHash: string, comment: string) =>
  take(api.POST('/v1/control-runs/{id}/prepare', { params: { path: { id } }, body: { contentHash, comment: comment || undefined } }));
export const reviewCheckpoint = (id: string, contentHash: string, comment: string) =>
  take(api.POST('/v1/checkpoints/{id}/review', { params: { path: { id } }, body: { contentHash, comment: comment || undefined } }));
export const reopenCheckpoint = (id: string, reason: string) =>
  take(api.POST('/v1/checkpoints/{id}/reopen', { params: { path: { id } }, body: { reason } }));

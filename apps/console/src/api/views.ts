import { queryOptions } from '@tanstack/react-query';
import { api, take, type Answer } from './client.js';

export type SavedView = Answer<'listViews'>['items'][number];
type Kept = { name: string; search: Record<string, string> };

/** Of every list: they are few, and the search box knows them all. */
export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => take(api.GET('/v1/views', { signal })),
  staleTime: 60_000,
});
const one = (id: string) => ({ params: { path: { id } } });
export const makeView = (body: Kept & { page: string }) => take(api.POST('/v1/views', { body }));
export const changeView = ({ id, ...body }: Kept & { id: string }) => take(api.PUT('/v1/views/{id}', { ...one(id), body }));
export const shareView = (id: string, shared: boolean) => take(api.POST('/v1/views/{id}/share', { ...one(id), body: { shared } }));
export const removeView = (id: string) => take(api.DELETE('/v1/views/{id}', one(id)));

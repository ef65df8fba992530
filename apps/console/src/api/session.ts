import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, take, type Answer } from './client.js';

export type Identity = Answer<'getSession'>;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => take(api.GET('/v1/session', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});

export const signIn = (body: { email: string; password: string }) => take(api.POST('/v1/session', { body }));
export const signOut = () => take(api.DELETE('/v1/session'));
export const changePassword = (body: { current: string; next: string }) => take(api.POST('/v1/session/password', { body }));

/** Who is signed in. Only used below the signed-in layout, which has loaded it. */
export function useIdentity(): Identity | undefined {
  return useQuery(sessionQuery).data;
}

/** May the signed-in person do this? The engine decides anew on every request; this only shapes the page. */
export function useCan(): (permission: string) => boolean {
  const permissions = useIdentity()?.permissions;
  return (permission) => permissions?.includes(permission) ?? false;
}

import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import { api, take, type Answer } from './client.js';

export type Identity = Answer<'getSession'>;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => take(api.GET('/v1/session', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});

export type Session = Answer<'listMySessions'>['items'][number];
export type SignInWays = Answer<'getSignInWays'>;

export const signIn = (body: { email: string; password: string; code?: string }) => take(api.POST('/v1/session', { body }));
export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: ({ signal }) => take(api.GET('/v1/session/ways', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});
export const beginProviderSignIn = () => take(api.POST('/v1/session/provider/begin', { body: {} }));
export const finishProviderSignIn = (search: string) => take(api.POST('/v1/session/provider', { body: { search } }));
export const requestReset = (email: string) => take(api.POST('/v1/session/reset', { body: { email } }));
export const readLink = (token: string) => take(api.POST('/v1/session/link', { body: { token } }));
export const takeLink = (body: { token: string; password: string }) => take(api.POST('/v1/session/link/password', { body }));

export const mySessionsQuery = infiniteQueryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ pageParam, signal }) => take(api.GET('/v1/session/all', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});
export const endMySession = (id: string) => take(api.DELETE('/v1/session/all/{id}', { params: { path: { id } } }));
export const endMyOtherSessions = () => take(api.DELETE('/v1/session/all'));
export const secondFactorQuery = queryOptions({
  queryKey: ['own', 'second-factor'],
  queryFn: ({ signal }) => take(api.GET('/v1/session/second-factor', { signal })),
});
export const beginSecondFactor = (current: string) => take(api.POST('/v1/session/second-factor', { body: { current } }));
export const confirmSecondFactor = (code: string) => take(api.POST('/v1/session/second-factor/confirm', { body: { code } }));
export const renewRecoveryCodes = (current: string) => take(api.POST('/v1/session/second-factor/recovery-codes', { body: { current } }));
export const removeSecondFactor = (current: string) => take(api.POST('/v1/session/second-factor/remove', { body: { current } }));
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

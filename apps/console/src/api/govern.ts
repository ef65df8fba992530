import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type AuditEntry = Answer<'listAudit'>['items'][number];
export type AuditFilter = Omit<Query<'listAudit'>, 'cursor' | 'limit' | 'count'>;
export type User = Answer<'listUsers'>['items'][number];
export type Role = Answer<'listRoles'>['items'][number];
export type ApiKey = Answer<'listApiKeys'>['items'][number];
export type NewApiKey = Answer<'createApiKey'>;
export type ServiceAccount = Answer<'listServiceAccounts'>['items'][number];
export type HandedOut = Answer<'renewUserLink'>;
export interface KeyRights {
  roles?: string[];
  permissions?: string[];
  serviceAccountId?: string;
}

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/audit', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export type AuditStatus = Answer<'getAuditStatus'>;
export type ExportFormat = 'jsonl' | 'csv';

export const auditStatusQuery = queryOptions({
  queryKey: ['audit', 'status'],
  queryFn: ({ signal }) => take(api.GET('/v1/audit/status', { signal })),
  refetchInterval: 5_000,
});

/** How many entries an export would have. */
export const auditCountQuery = (filter: AuditFilter) =>
  queryOptions({
    queryKey: ['audit', 'count', filter],
    queryFn: ({ signal }) => take(api.GET('/v1/audit', { params: { query: { ...filter, limit: 1, count: true } }, signal })),
  });

/** Where the browser gets the file from; it saves it piece by piece, as it comes. */
export function auditExportAddress(filter: AuditFilter, format: ExportFormat): string {
  const fields = Object.entries({ format, ...filter }).filter((field): field is [string, string] => typeof field[1] === 'string');
  return `/v1/audit/export?${new URLSearchParams(fields).toString()}`;
}

export const usersQuery = (q?: string) =>
  infiniteQueryOptions({
    queryKey: ['access', 'users', q],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/users', { params: { query: { q, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const rolesQuery = queryOptions({
  queryKey: ['access', 'roles'],
  queryFn: ({ signal }) => take(api.GET('/v1/roles', { signal })),
  staleTime: 10 * 60_000,
});
export const apiKeysQuery = (q?: string) =>
  infiniteQueryOptions({
    queryKey: ['access', 'keys', q],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/api-keys', { params: { query: { q, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const serviceAccountsQuery = queryOptions({
  queryKey: ['access', 'service-accounts'],
  queryFn: ({ signal }) => take(api.GET('/v1/service-accounts', { signal })),
});
export const sessionsQuery = (filter: { user?: string | undefined; q?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['access', 'sessions', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/sessions', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const inviteUser = (body: { email: string; name: string; roles: string[]; legalEntities: string[] }) =>
  take(api.POST('/v1/users/invitations', { body }));
export const renewUserLink = (id: string) => take(api.POST('/v1/users/{id}/link', { params: { path: { id } } }));
export const resetSecondFactor = (id: string) => take(api.DELETE('/v1/users/{id}/second-factor', { params: { path: { id } } }));
export const endSession = (id: string) => take(api.DELETE('/v1/sessions/{id}', { params: { path: { id } } }));
export const createUser = (body: { email: string; name: string; roles: string[]; legalEntities: string[]; password: string }) =>
  take(api.POST('/v1/users', { body }));
export const changeUser = (id: string, body: { roles?: string[]; legalEntities?: string[]; disabled?: boolean }) =>
  take(api.PUT('/v1/users/{id}', { params: { path: { id } }, body }));
export const createApiKey = (body: { name: string; legalEntities?: string[]; expiresAt?: string | null } & KeyRights) =>
  take(api.POST('/v1/api-keys', { body }));
export const revokeApiKey = (id: string) => take(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }));
export const rotateApiKey = (id: string, body: { oldUntil: string; expiresAt?: string | null }) =>
  take(api.POST('/v1/api-keys/{id}/rotate', { params: { path: { id } }, body }));
export const createServiceAccount = (body: { name: string; purpose?: string; permissions: string[] }) =>
  take(api.POST('/v1/service-accounts', { body }));
export const changeServiceAccount = (id: string, body: { permissions?: string[]; disabled?: boolean }) =>
  take(api.PUT('/v1/service-accounts/{id}', { params: { path: { id } }, body }));

export type Erasure = Answer<'getErasure'>;
export const erasuresQuery = infiniteQueryOptions({
  queryKey: ['erasures', 'list'],
  queryFn: ({ pageParam, signal }) => take(api.GET('/v1/erasures', { params: { query: { cursor: pageParam } }, signal })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
  refetchInterval: 5_000,
});
export const erasureQuery = (id: string) =>
  queryOptions({
    queryKey: ['erasures', id],
    queryFn: ({ signal }) => take(api.GET('/v1/erasures/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && ['done', 'withdrawn'].includes(state.data.state) ? false : 2_000),
  });
export const requestErasure = (body: { connection: string; customer: string; reason: string }) => take(api.POST('/v1/erasures', { body }));
export const confirmErasure = (id: string) => take(api.POST('/v1/erasures/{id}/confirm', { params: { path: { id } } }));
export const withdrawErasure = (id: string) => take(api.POST('/v1/erasures/{id}/withdraw', { params: { path: { id } } }));

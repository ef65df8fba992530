import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type AuditEntry = Answer<'listAudit'>['items'][number];
export type AuditFilter = Omit<Query<'listAudit'>, 'cursor' | 'limit' | 'count'>;
export type User = Answer<'listUsers'>['items'][number];
export type Role = Answer<'listRoles'>['items'][number];
export type ApiKey = Answer<'listApiKeys'>['items'][number];
export type NewApiKey = Answer<'createApiKey'>;

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/audit', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const usersQuery = queryOptions({ queryKey: ['access', 'users'], queryFn: ({ signal }) => take(api.GET('/v1/users', { signal })) });
export const rolesQuery = queryOptions({
  queryKey: ['access', 'roles'],
  queryFn: ({ signal }) => take(api.GET('/v1/roles', { signal })),
  staleTime: 10 * 60_000,
});
export const apiKeysQuery = queryOptions({
  queryKey: ['access', 'keys'],
  queryFn: ({ signal }) => take(api.GET('/v1/api-keys', { signal })),
});

export const createUser = (body: { email: string; name: string; roles: string[]; legalEntities: string[]; password: string }) =>
  take(api.POST('/v1/users', { body }));
export const changeUser = (id: string, body: { roles?: string[]; legalEntities?: string[]; disabled?: boolean }) =>
  take(api.PUT('/v1/users/{id}', { params: { path: { id } }, body }));
export const createApiKey = (body: { name: string; roles: string[]; legalEntities?: string[]; expiresAt?: string | null }) =>
  take(api.POST('/v1/api-keys', { body }));
export const revokeApiKey = (id: string) => take(api.DELETE('/v1/api-keys/{id}', { params: { path: { id } } }));

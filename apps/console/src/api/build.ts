import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type FlowItem = Answer<'listFlows'>['items'][number];
export type Flow = Answer<'getFlow'>;
export type FlowCheck = Answer<'checkFlow'>;
export type MappingItem = Answer<'listMappings'>['items'][number];
export type Mapping = Answer<'getMapping'>;
export type MappingResult = Answer<'evaluateMapping'>;
export type Sample = Answer<'listSamples'>['items'][number];
export type Table = Answer<'getTable'>;
export type TableRow = Answer<'listTableRows'>['items'][number];
export type RowChange = {
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom?: string | null;
  validTo?: string | null;
};
export type ImportResult = Answer<'importTableRows'>;
export type Connection = Answer<'getConnection'>;
export type Connector = Answer<'listConnectors'>['items'][number];
export type ConnectionCheck = Answer<'checkConnection'>;
export type Pack = Answer<'listPacks'>['items'][number];

const named = (name: string) => ({ params: { path: { name } } });

export const flowsQuery = queryOptions({ queryKey: ['flows', 'list'], queryFn: ({ signal }) => take(api.GET('/v1/flows', { signal })) });
export const flowQuery = (name: string) =>
  queryOptions({
    queryKey: ['flows', 'one', name],
    queryFn: ({ signal }) => take(api.GET('/v1/flows/{name}', { ...named(name), signal })),
  });
export const checkFlowQuery = (yaml: string) =>
  queryOptions({
    queryKey: ['flow-check', yaml],
    queryFn: ({ signal }) => take(api.POST('/v1/flows/check', { body: { yaml }, signal })),
    staleTime: 30_000,
    gcTime: 60_000,
  });
export const saveFlow = (name: string, body: { yaml: string; note?: string }) =>
  take(api.PUT('/v1/flows/{name}', { ...named(name), body }));
export const pauseFlow = (name: string) => take(api.POST('/v1/flows/{name}/pause', named(name)));
export const resumeFlow = (name: string) => take(api.POST('/v1/flows/{name}/resume', named(name)));

export const mappingsQuery = queryOptions({
  queryKey: ['mappings', 'list'],
  queryFn: ({ signal }) => take(api.GET('/v1/mappings', { signal })),
});
export const mappingQuery = (name: string, version?: number) =>
  queryOptions({
    queryKey: ['mappings', 'one', name, version ?? 'current'],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}', { params: { path: { name }, query: { version } }, signal })),
  });
export const samplesQuery = (name: string) =>
  queryOptions({
    queryKey: ['mappings', 'samples', name],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}/samples', { params: { path: { name }, query: { limit: 20 } }, signal })),
    staleTime: 60_000,
  });
export const saveMapping = (name: string, body: { source: string; note?: string; expectedVersion?: number }) =>
  take(api.PUT('/v1/mappings/{name}', { ...named(name), body }));
export const evaluateMapping = (body: {
  source: string;
  input: unknown;
  enriched?: Record<string, unknown>;
  flow?: string;
  asOf?: string;
}) => take(api.POST('/v1/mappings/evaluate', { body: body as typeof body & { input: unknown } }));
export const checkMapping = (source: string, signal?: AbortSignal) => take(api.POST('/v1/mappings/check', { body: { source }, signal }));

export const tablesQuery = queryOptions({ queryKey: ['tables', 'list'], queryFn: ({ signal }) => take(api.GET('/v1/tables', { signal })) });
export const tableQuery = (name: string) =>
  queryOptions({
    queryKey: ['tables', 'one', name],
    queryFn: ({ signal }) => take(api.GET('/v1/tables/{name}', { ...named(name), signal })),
  });
export type RowFilter = Omit<Query<'listTableRows'>, 'cursor' | 'limit'>;
export const tableRowsQuery = (name: string, filter: RowFilter) =>
  infiniteQueryOptions({
    queryKey: ['tables', 'rows', name, filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/tables/{name}/rows', { params: { path: { name }, query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const changeTableRows = (
  name: string,
  body: { put?: RowChange[]; end?: { key: Record<string, string>; validTo: string }[]; reason?: string },
) => take(api.POST('/v1/tables/{name}/rows', { ...named(name), body }));
export type TableInput = NonNullable<Parameters<typeof putTableRaw>[1]>;
const putTableRaw = (
  name: string,
  body: {
    title: string;
    description?: string;
    key: string[];
    columns: { name: string; type: Table['columns'][number]['type']; required?: boolean; description?: string }[];
    governed?: boolean;
  },
) => take(api.PUT('/v1/tables/{name}', { ...named(name), body }));
export const saveTable = putTableRaw;
export const importTableRows = (name: string, csv: string, dryRun: boolean) =>
  take(
    api.PUT('/v1/tables/{name}/rows', {
      params: { path: { name }, query: { dryRun } },
      body: csv as never,
      bodySerializer: (text: unknown) => String(text),
      headers: { 'Content-Type': 'text/csv' },
    }),
  );

export const connectionsQuery = queryOptions({
  queryKey: ['connections', 'list'],
  queryFn: ({ signal }) => take(api.GET('/v1/connections', { signal })),
});
export const connectionQuery = (name: string) =>
  queryOptions({
    queryKey: ['connections', 'one', name],
    queryFn: ({ signal }) => take(api.GET('/v1/connections/{name}', { ...named(name), signal })),
  });
export const connectorsQuery = queryOptions({
  queryKey: ['connectors'],
  queryFn: ({ signal }) => take(api.GET('/v1/connectors', { signal })),
  staleTime: 10 * 60_000,
});
export const saveConnection = (
  name: string,
  body: { connector: string; description?: string; settings: Record<string, unknown>; system?: string },
) => take(api.PUT('/v1/connections/{name}', { ...named(name), body }));
export const checkConnection = (name: string) => take(api.POST('/v1/connections/{name}/check', named(name)));
export const pauseConnection = (name: string) => take(api.POST('/v1/connections/{name}/pause', named(name)));
export const resumeConnection = (name: string) => take(api.POST('/v1/connections/{name}/resume', named(name)));

export const packsQuery = queryOptions({ queryKey: ['packs'], queryFn: ({ signal }) => take(api.GET('/v1/packs', { signal })) });
export const installPack = (name: string, body: { tableRows?: boolean; flows?: string[] }) =>
  take(api.POST('/v1/packs/{name}/install', { ...named(name), body }));

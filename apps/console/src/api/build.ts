import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type FlowItem = Answer<'listFlows'>['items'][number];
export type Flow = Answer<'getFlow'>;
export type FlowCheck = Answer<'checkFlow'>;
export type Release = Answer<'listReleases'>['items'][number];
export type ReleaseDetail = Answer<'getRelease'>;
export type ReleaseEvent = Answer<'listReleaseEvents'>['items'][number];
export type TimelineEvent = Answer<'getFlowTimeline'>['items'][number];
export type Comparison = Answer<'compareRelease'>;
export type Shadow = Answer<'getShadow'>;
export type MappingItem = Answer<'listMappings'>['items'][number];
export type Mapping = Answer<'getMapping'>;
export type MappingResult = Answer<'evaluateMapping'>;
export type Sample = Answer<'listSamples'>['items'][number];
export type MappingFields = Answer<'listMappingFields'>;
export type GoldenCaseItem = Answer<'listCases'>['items'][number];
export type MappingComparison = Answer<'compareMapping'>;
export type Expectation = GoldenCaseItem['expects'];
export type Table = Answer<'getTable'>;
export type TableRow = Answer<'listTableRows'>['items'][number];
export type RowChange = {
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom?: string | null;
  validTo?: string | null;
};
export type TableVersion = Answer<'listTableVersions'>['items'][number];
export type TableDraft = Answer<'getTableDraft'>;
export type TableDraftItem = Answer<'listTableDrafts'>['items'][number];
export type ChangeEntry = TableDraft['entries'][number];
export type DraftImpact = Answer<'getDraftImpact'>;
export type ImpactOnExceptions = DraftImpact['exceptions'];
export type Connection = Answer<'getConnection'>;
export type Connector = Answer<'listConnectors'>['items'][number];
export type ConnectionCheck = Answer<'checkConnection'>;
export type Pack = Answer<'listPacks'>['items'][number];
export type SchemaItem = Answer<'listSchemas'>['items'][number];
export type SchemaMark = Answer<'listSchemaDrift'>['items'][number];
export type SchemaDrift = Answer<'getSchemaDrift'>;
export type Compatibility = NonNullable<Answer<'listSchemaVersions'>['items'][number]['compatibility']>;

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
export const saveFlow = (name: string, body: { yaml: string; note?: string; draft?: boolean; expectedVersion: number }) =>
  take(api.PUT('/v1/flows/{name}', { ...named(name), body }));
export const pauseFlow = (name: string) => take(api.POST('/v1/flows/{name}/pause', named(name)));
export const resumeFlow = (name: string) => take(api.POST('/v1/flows/{name}/resume', named(name)));

export const releasesQuery = (flow: string) =>
  infiniteQueryOptions({
    queryKey: ['flows', 'releases', flow],
    queryFn: ({ signal, pageParam }) =>
      take(api.GET('/v1/flows/{name}/releases', { params: { path: { name: flow }, query: { limit: 50, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
export const releaseEventsQuery = (flow: string) =>
  infiniteQueryOptions({
    queryKey: ['flows', 'release-events', flow],
    queryFn: ({ signal, pageParam }) =>
      take(
        api.GET('/v1/flows/{name}/release-events', { params: { path: { name: flow }, query: { limit: 20, cursor: pageParam } }, signal }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
export const timelineQuery = (flow: string, kind: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['timeline', flow, kind],
    queryFn: ({ signal, pageParam }) =>
      take(api.GET('/v1/flows/{name}/timeline', { params: { path: { name: flow }, query: { kind, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
const ofRelease = (id: string) => ({ params: { path: { id } } });
export const releaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['flows', 'release', id],
    queryFn: ({ signal }) => take(api.GET('/v1/releases/{id}', { ...ofRelease(id), signal })),
  });
/** Tried again only when asked: it runs hundreds of records. `live`: what it was compared with. */
export const comparisonQuery = (id: string, live: string, newest: number) =>
  queryOptions({
    queryKey: ['release-comparison', id, live, newest],
    queryFn: ({ signal }) => take(api.POST('/v1/releases/{id}/compare', { ...ofRelease(id), body: { newest }, signal })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
export const shadowQuery = (id: string) =>
  queryOptions({
    queryKey: ['flows', 'shadow', id],
    queryFn: ({ signal }) => take(api.GET('/v1/releases/{id}/shadow', { ...ofRelease(id), signal })),
  });
export const submitRelease = (id: string, body: { contentHash: string; reason: string }) =>
  take(api.POST('/v1/releases/{id}/submit', { ...ofRelease(id), body }));
export const withdrawRelease = (id: string, reason: string) =>
  take(api.POST('/v1/releases/{id}/withdraw', { ...ofRelease(id), body: { reason } }));
export const shadowRelease = (id: string, reason: string) =>
  take(api.POST('/v1/releases/{id}/shadow', { ...ofRelease(id), body: { reason } }));
export type ShareInput = { percent?: number; entities?: string[]; stop?: { points: number; minimum: number }; reason: string };
export const shareRelease = (id: string, body: ShareInput) => take(api.POST('/v1/releases/{id}/share', { ...ofRelease(id), body }));
export const makeReleaseLive = (id: string, reason: string) =>
  take(api.POST('/v1/releases/{id}/live', { ...ofRelease(id), body: { reason } }));
export const stopRelease = (id: string, reason: string) => take(api.POST('/v1/releases/{id}/stop', { ...ofRelease(id), body: { reason } }));
export const rollBackFlow = (flow: string, body: { version: number; reason: string }) =>
  take(api.POST('/v1/flows/{name}/roll-back', { ...named(flow), body }));
export const governFlow = (flow: string, body: { approver: 'finance-approver' | 'admin' | null; reason: string }) =>
  take(api.PUT('/v1/flows/{name}/approver', { ...named(flow), body }));

export const mappingsQuery = queryOptions({
  queryKey: ['mappings', 'list'],
  queryFn: ({ signal }) => take(api.GET('/v1/mappings', { signal })),
});
export const mappingQuery = (name: string, version?: number) =>
  queryOptions({
    queryKey: ['mappings', 'one', name, version ?? 'current'],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}', { params: { path: { name }, query: { version } }, signal })),
  });
export const samplesQuery = (name: string, q?: string) =>
  queryOptions({
    queryKey: ['mappings', 'samples', name, q ?? ''],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}/samples', { params: { path: { name }, query: { limit: 20, q } }, signal })),
    staleTime: 60_000,
  });
export const mappingFieldsQuery = (name: string) =>
  queryOptions({
    queryKey: ['mappings', 'fields', name],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}/fields', { ...named(name), signal })),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
/** The rows of a table as a mapping sees them. */
export const tableSnapshotQuery = (name: string) =>
  queryOptions({
    queryKey: ['tables', 'snapshot', name],
    queryFn: ({ signal }) => take(api.GET('/v1/tables/{name}/snapshot', { ...named(name), signal })),
    staleTime: 60_000,
    retry: false,
  });
type SavedMapping = { source: string; note?: string; expectedVersion?: number };
export const saveMapping = (name: string, body: SavedMapping) => take(api.PUT('/v1/mappings/{name}', { ...named(name), body }));
/** Although golden cases are red. */
export const overrideMapping = (name: string, body: SavedMapping & { reason: string }) =>
  take(api.POST('/v1/mappings/{name}/override', { ...named(name), body }));
export const evaluateMapping = (body: {
  source: string;
  input: unknown;
  enriched?: Record<string, unknown>;
  flow?: string;
  asOf?: string;
  delivery?: Record<string, unknown>;
  revision?: string;
}) => take(api.POST('/v1/mappings/evaluate', { body: body as typeof body & { input: unknown } }));

export const casesQuery = (name: string) =>
  queryOptions({
    queryKey: ['mappings', 'cases', name],
    queryFn: ({ signal }) => take(api.GET('/v1/mappings/{name}/cases', { ...named(name), signal })),
  });
/** A whole source that is not saved, on what was recorded; thousands of payloads take their time. */
export const compareMapping = (name: string, body: { source: string; newest: number }, signal?: AbortSignal) =>
  take(api.POST('/v1/mappings/{name}/compare', { ...named(name), body, signal }));
const ofCase = (name: string, id: string) => ({ params: { path: { name, id } } });
export const makeCase = (
  name: string,
  body: {
    name?: string;
    tags?: string[];
    messageId?: string;
    input?: unknown;
    enriched?: Record<string, unknown>;
    flow?: string;
    asOf?: string;
    expects?: Expectation;
    reason?: string;
  },
) => take(api.POST('/v1/mappings/{name}/cases', { ...named(name), body }));
export const changeCase = (
  name: string,
  id: string,
  body: { revision: number; name?: string; tags?: string[]; expects?: Expectation; reason?: string },
) => take(api.PUT('/v1/mappings/{name}/cases/{id}', { ...ofCase(name, id), body }));
export const removeCase = (name: string, id: string, reason: string) =>
  take(api.POST('/v1/mappings/{name}/cases/{id}/remove', { ...ofCase(name, id), body: { reason } }));
export const importCases = (name: string, pack: string) =>
  take(api.POST('/v1/mappings/{name}/cases/import', { ...named(name), body: { pack } }));
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
/** A file as it is: the type says what it is. */
const asCsv = (csv: string) => ({
  body: csv as never,
  bodySerializer: (text: unknown) => String(text),
  headers: { 'Content-Type': 'text/csv' },
});
export const governTable = (name: string, body: { approver: 'finance-approver' | 'admin' | null; reason: string }) =>
  take(api.PUT('/v1/tables/{name}/approver', { ...named(name), body }));
export const tableFileAddress = (name: string, asOf: string | undefined): string =>
  `/v1/tables/${encodeURIComponent(name)}/export${asOf ? `?asOf=${encodeURIComponent(asOf)}` : ''}`;

export const tableVersionsQuery = (name: string) =>
  infiniteQueryOptions({
    queryKey: ['tables', 'versions', name],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/tables/{name}/versions', { params: { path: { name }, query: { cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const tableVersionQuery = (name: string, version: number) =>
  queryOptions({
    queryKey: ['tables', 'version', name, version],
    queryFn: ({ signal }) => take(api.GET('/v1/tables/{name}/versions/{version}', { params: { path: { name, version } }, signal })),
    staleTime: 10 * 60_000,
  });

type DraftSaid = {
  put?: RowChange[];
  end?: { key: Record<string, string>; validTo: string }[];
  remove?: { key: Record<string, string>; validFrom?: string | null }[];
  reason?: string;
};
const ofDraft = (id: string) => ({ params: { path: { id } } });
export const tableDraftsQuery = (filter: Omit<Query<'listTableDrafts'>, 'cursor' | 'limit'>) =>
  infiniteQueryOptions({
    queryKey: ['tables', 'drafts', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/table-drafts', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const tableDraftQuery = (id: string) =>
  queryOptions({
    queryKey: ['tables', 'draft', id],
    queryFn: ({ signal }) => take(api.GET('/v1/table-drafts/{id}', { ...ofDraft(id), signal })),
  });
/** Tried again only when asked: it runs hundreds of records. */
export const draftImpactQuery = (id: string, contentHash: string, tableVersion: number) =>
  queryOptions({
    queryKey: ['draft-impact', id, contentHash, tableVersion],
    queryFn: ({ signal }) => take(api.GET('/v1/table-drafts/{id}/impact', { ...ofDraft(id), signal })),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
export const makeTableDraft = (name: string, body: DraftSaid) => take(api.POST('/v1/tables/{name}/drafts', { ...named(name), body }));
export const makeTableDraftOfCsv = (name: string, csv: string) =>
  take(api.POST('/v1/tables/{name}/drafts', { params: { path: { name } }, ...asCsv(csv) }));
export const draftForException = (id: string, body: { put: RowChange[]; reason?: string }) =>
  take(api.POST('/v1/exceptions/{id}/table-draft', { ...ofDraft(id), body }));
export const changeTableDraft = (
  id: string,
  body: DraftSaid & { revision: number; drop?: { key: Record<string, string>; validFrom?: string | null }[] },
) => take(api.PUT('/v1/table-drafts/{id}', { ...ofDraft(id), body }));
export const rebaseTableDraft = (id: string, body: { revision: number; version: number }) =>
  take(api.POST('/v1/table-drafts/{id}/rebase', { ...ofDraft(id), body }));
export const submitTableDraft = (id: string, body: { contentHash: string; reason?: string }) =>
  take(api.POST('/v1/table-drafts/{id}/submit', { ...ofDraft(id), body }));
export const reopenTableDraft = (id: string) => take(api.POST('/v1/table-drafts/{id}/reopen', ofDraft(id)));
export const withdrawTableDraft = (id: string, reason?: string) =>
  take(api.POST('/v1/table-drafts/{id}/withdraw', { ...ofDraft(id), body: { reason: reason || undefined } }));

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

export type ShownConsent = NonNullable<Connection['consent']>;
export const beginConsent = (name: string) => take(api.POST('/v1/connections/{name}/consent', { ...named(name), body: {} }));
export const finishConsent = (connector: string, search: string) => take(api.POST('/v1/consents', { body: { connector, search } }));

export const packsQuery = queryOptions({ queryKey: ['packs'], queryFn: ({ signal }) => take(api.GET('/v1/packs', { signal })) });
export const installPack = (name: string, body: { tableRows?: boolean; flows?: string[] }) =>
  take(api.POST('/v1/packs/{name}/install', { ...named(name), body }));

export const schemasQuery = queryOptions({
  queryKey: ['schemas', 'list'],
  queryFn: ({ signal }) => take(api.GET('/v1/schemas', { signal })),
});
/** With a dot for the slash, as the engine reads it in an address. */
export const schemaWord = (name: string) => name.replace('/', '.');
const ofSchema = (kind: string, name: string) => ({ params: { path: { kind, name } } });
export const schemaQuery = (kind: string, name: string) =>
  queryOptions({
    queryKey: ['schemas', 'one', kind, name],
    queryFn: ({ signal }) => take(api.GET('/v1/schemas/{kind}/{name}', { ...ofSchema(kind, name), signal })),
  });
export const schemaConsumersQuery = (kind: string, name: string) =>
  queryOptions({
    queryKey: ['schemas', 'consumers', kind, name],
    queryFn: ({ signal }) => take(api.GET('/v1/schemas/{kind}/{name}/consumers', { ...ofSchema(kind, name), signal })),
  });
export const schemaVersionsQuery = (kind: string, name: string) =>
  queryOptions({
    queryKey: ['schemas', 'versions', kind, name],
    queryFn: ({ signal }) => take(api.GET('/v1/schemas/{kind}/{name}/versions', { ...ofSchema(kind, name), signal })),
  });
/** Asked again only after a while: it reads hundreds of payloads. */
export const schemaDriftQuery = (kind: string, name: string) =>
  queryOptions({
    queryKey: ['schema-drift', 'one', kind, name],
    queryFn: ({ signal }) => take(api.GET('/v1/schemas/{kind}/{name}/drift', { ...ofSchema(kind, name), signal })),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
export const inferredSchemaQuery = (kind: string, name: string, onto: 'schema' | undefined) =>
  queryOptions({
    queryKey: ['schema-drift', 'inferred', kind, name, onto ?? null],
    queryFn: ({ signal }) => {
      const { params } = ofSchema(kind, name);
      return take(api.GET('/v1/schemas/{kind}/{name}/inferred', { params: { ...params, query: { onto } }, signal }));
    },
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
export const schemaMarksQuery = queryOptions({
  queryKey: ['schema-drift', 'marks'],
  queryFn: ({ signal }) => take(api.GET('/v1/schema-drift', { signal })),
  staleTime: 5 * 60_000,
  refetchOnWindowFocus: false,
});

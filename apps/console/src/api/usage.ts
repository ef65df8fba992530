import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type UsageEvent = Answer<'listUsageEvents'>['items'][number];
export type UsageEventDetail = Answer<'getUsageEvent'>;
export type UsageConflict = Answer<'listUsageConflicts'>['items'][number];
export type UsageStream = Answer<'listUsageStreams'>['items'][number];
export type UsageRefusal = Answer<'listUsageRefusals'>['items'][number];
export type BillingPath = Answer<'explainBilling'>['meters'][number];
export type UsageTrace = Answer<'traceUsageEvent'>;
export type Summary = Answer<'listSummaries'>['items'][number];
export type SummaryDetail = Answer<'getSummary'>;
export type SummaryMember = Answer<'listSummaryEvents'>['items'][number];
export type SealPreview = Answer<'sealPeriod'>['items'][number];
export type Unattributed = Answer<'listUnattributed'>['items'][number];
export type Meter = Answer<'listMeters'>['items'][number];
export type MeterDetail = Answer<'getMeter'>;
export type MeterPreview = Answer<'previewMeter'>;
export type Activity = Answer<'getUsageActivity'>;
export type Compared = Answer<'compareUsage'>['items'][number];
export type EventType = Answer<'listUsageEventTypes'>['items'][number];
export type EventTypeVersion = Answer<'getUsageEventType'>['versions'][number];
export type EventTypeDrift = Answer<'getUsageEventTypeDrift'>;
export type EventTypeMark = Answer<'listUsageEventDrift'>['items'][number];
export type TriedEventType = Answer<'tryUsageEventType'>;
export type UsageControl = Answer<'getUsageControl'>;

type Filter<O extends 'listUsageEvents' | 'listSummaries' | 'listUnattributed' | 'listUsageConflicts' | 'listUsageRefusals'> = Omit<
  Query<O>,
  'cursor' | 'limit'
>;
export type UsageEventFilter = Filter<'listUsageEvents'>;
export type SummaryFilter = Filter<'listSummaries'>;
export type UnattributedFilter = Filter<'listUnattributed'>;
export type ConflictFilter = Filter<'listUsageConflicts'>;
export type RefusalFilter = Filter<'listUsageRefusals'>;

/** Everything of the usage ledger begins with this word, so that one act makes all of it be read again. */
export const usageKey = 'usage';
const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next: string | null }) => page.next ?? undefined,
};
const one = (id: string) => ({ params: { path: { id } } });
const named = (name: string) => ({ params: { path: { name } } });

export const usageEventsQuery = (filter: UsageEventFilter) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'events', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/usage/events', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    ...paging,
  });
export const usageEventQuery = (id: string) =>
  queryOptions({
    queryKey: [usageKey, 'event', id],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/events/{id}', { ...one(id), signal })),
  });
export const billingQuery = (id: string) =>
  queryOptions({
    queryKey: [usageKey, 'billing', id],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/events/{id}/billing', { ...one(id), signal })),
  });
export const traceQuery = (id: string) =>
  queryOptions({
    queryKey: [usageKey, 'trace', id],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/trace/{id}', { ...one(id), signal })),
  });
export const correctUsage = (body: {
  kind: 'correction' | 'cancellation';
  source: string;
  id: string;
  of: { event: string };
  data?: unknown;
  time?: string;
  reason: string;
}) => take(api.POST('/v1/usage/corrections', { body: body as typeof body & { data: never } }));
export const conflictsQuery = (filter: ConflictFilter) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'conflicts', filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/usage/conflicts', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    ...paging,
  });

export const usageStreamsQuery = (connection?: string) =>
  queryOptions({
    queryKey: [usageKey, 'streams', connection ?? 'all'],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/streams', { params: { query: { connection } }, signal })),
    refetchInterval: 5_000,
  });
export const refusalsQuery = (filter: RefusalFilter) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'refusals', filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/usage/refusals', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    ...paging,
  });
export const refusalQuery = (id: string) =>
  queryOptions({
    queryKey: [usageKey, 'refusal', id],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/refusals/{id}', { ...one(id), signal })),
  });
export const answerRefusal = (id: string, note: string) => take(api.POST('/v1/usage/refusals/{id}/answer', { ...one(id), body: { note } }));

/** Asked for again: what has just come is counted a moment later. */
export const summariesQuery = (filter: SummaryFilter) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'summaries', filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/usage/summaries', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    ...paging,
    refetchInterval: 5_000,
  });
export const summaryQuery = (id: string) =>
  queryOptions({
    queryKey: [usageKey, 'summary', id],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/summaries/{id}', { ...one(id), signal })),
  });
export const summaryEventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'summary-events', id],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/usage/summaries/{id}/events', { params: { path: { id }, query: { cursor: pageParam } }, signal })),
    ...paging,
  });
export const verifySummary = (id: string) => take(api.GET('/v1/usage/summaries/{id}/verify', one(id)));
export const sealPeriod = (period: string, body: { meter?: string; dryRun?: boolean; reason?: string }) =>
  take(api.POST('/v1/usage/periods/{period}/seal', { params: { path: { period } }, body }));

export const unattributedQuery = (filter: UnattributedFilter) =>
  infiniteQueryOptions({
    queryKey: [usageKey, 'unattributed', filter],
    queryFn: ({ pageParam, signal }) =>
      take(api.GET('/v1/usage/unattributed', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    ...paging,
    refetchInterval: 5_000,
  });

export const activityQuery = (query: Query<'getUsageActivity'>) =>
  queryOptions({
    queryKey: [usageKey, 'activity', query],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/activity', { params: { query }, signal })),
    refetchInterval: 60_000,
  });
export const comparisonQuery = (query: Query<'compareUsage'>) =>
  queryOptions({
    queryKey: [usageKey, 'comparison', query],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/comparison', { params: { query }, signal })),
  });

/** Where the browser gets a file of a list from; it saves it piece by piece, as it comes. */
export function usageExportAddress(
  list: 'events' | 'summaries',
  format: 'csv' | 'jsonl',
  filter: Readonly<Record<string, string | undefined>>,
): string {
  const fields = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filter)) if (value) fields.set(name, value);
  return `/v1/usage/${list}/export?${fields.toString()}`;
}

export const metersQuery = queryOptions({
  queryKey: [usageKey, 'meters'],
  queryFn: ({ signal }) => take(api.GET('/v1/usage/meters', { signal })),
});
export const meterQuery = (name: string, version?: number) =>
  queryOptions({
    queryKey: [usageKey, 'meter', name, version ?? 'active'],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/meters/{name}', { params: { path: { name }, query: { version } }, signal })),
  });
export const previewMeter = (name: string, body: { yaml: string; days: number }) =>
  take(api.POST('/v1/usage/meters/{name}/preview', { ...named(name), body }));
export const saveMeter = (name: string, body: { yaml: string; note?: string; activate: boolean }) =>
  take(api.PUT('/v1/usage/meters/{name}', { ...named(name), body }));
export const activateMeter = (name: string, body: { version: number; note?: string }) =>
  take(api.POST('/v1/usage/meters/{name}/activate', { ...named(name), body }));

export const usageControlQuery = queryOptions({
  queryKey: [usageKey, 'control'],
  queryFn: ({ signal }) => take(api.GET('/v1/usage/control', { signal })),
  refetchInterval: 5_000,
});

/** All of them: there are a thousand at most. */
export const eventTypesQuery = queryOptions({
  queryKey: [usageKey, 'event-types'],
  queryFn: async ({ signal }) => {
    const items: EventType[] = [];
    let cursor: string | undefined;
    do {
      const answer = await take(api.GET('/v1/usage/event-types', { params: { query: { limit: 200, cursor } }, signal }));
      items.push(...answer.items);
      cursor = answer.next ?? undefined;
    } while (cursor !== undefined);
    return items;
  },
});
export const eventTypeQuery = (type: string) =>
  queryOptions({
    queryKey: [usageKey, 'event-type', type],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/event-types/{type}', { params: { path: { type } }, signal })),
  });
const ofType = (type: string) => ({ params: { path: { type } } });
export const eventTypeDriftQuery = (type: string) =>
  queryOptions({
    queryKey: [usageKey, 'event-type-drift', type],
    queryFn: ({ signal }) => take(api.GET('/v1/usage/event-types/{type}/drift', { ...ofType(type), signal })),
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  });
export const eventTypeMarksQuery = queryOptions({
  queryKey: [usageKey, 'event-type-marks'],
  queryFn: ({ signal }) => take(api.GET('/v1/usage/event-drift', { signal })),
  staleTime: 5 * 60_000,
  refetchOnWindowFocus: false,
});
export const inferEventType = (type: string, onto: 'schema' | undefined) =>
  take(api.GET('/v1/usage/event-types/{type}/inferred', { params: { path: { type }, query: { onto } } }));
export const tryEventType = (type: string, schema: Record<string, never>) =>
  take(api.POST('/v1/usage/event-types/{type}/try', { ...ofType(type), body: { schema } }));
export const saveEventType = (type: string, body: { schema: Record<string, never>; description: string }) =>
  take(api.PUT('/v1/usage/event-types/{type}', { ...ofType(type), body }));

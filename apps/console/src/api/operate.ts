import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type InPath, type Query } from './client.js';

export type Overview = Answer<'getOverview'>;
export type ServiceLevel = Answer<'listServiceLevels'>['items'][number];
export type MonthValue = Answer<'listValue'>['items'][number];
export type MessageItem = Answer<'listMessages'>['items'][number];
export type Message = Answer<'getMessage'>;
export type Trace = Answer<'trace'>;
export type TraceKind = InPath<'trace'>['kind'];
export type Attempt = Message['attemptsMade'][number];
export type Stage = keyof Message['stages'];
export type ExceptionItem = Answer<'getException'>;
export type ExceptionGroup = Answer<'listExceptionGroups'>['items'][number];
export type Ageing = Answer<'getExceptionAgeing'>;
export type HistoryEntry = Answer<'getExceptionHistory'>['items'][number];
/** Exceptions that the engine froze: what was counted is acted on, once. */
export type Frozen = Answer<'makeSelection'>;
export type Acted = Answer<'assignSelection'>;
export type ReplayRecord = Answer<'listReplayRecords'>['items'][number];
export type Category = ExceptionItem['category'];
export type Fix = ExceptionItem['fix'];
export type ReplayPreview = Answer<'previewReplay'>;
export type ReplayItem = ReplayPreview['items'][number];
export type ReplayStarted = Answer<'startReplay'>;
export type Run = Answer<'getRun'>;
export type Approval = Answer<'listApprovals'>['items'][number];
export type ApprovalDetail = Answer<'getApproval'>;
export type EditableFields = Answer<'getEditableFields'>;
export type EditPreview = Answer<'previewEdit'>;
export type PayloadEdit = Answer<'listEdits'>['items'][number];
export type FieldChange = { path: string; value: string | boolean | null };
export type Amount = { amount: string; currency: string };
export type Selection = { messages?: string[]; causeKey?: string; selection?: string };
/** The release that each message came in under, or the one that is live in its flow. */
export type ReplayRelease = 'kept' | 'live';

type Filter<O extends 'listMessages' | 'listExceptions' | 'listRuns' | 'listApprovals'> = Omit<Query<O>, 'cursor' | 'limit' | 'count'>;
export type MessageFilter = Filter<'listMessages'>;
export type ExceptionFilter = Filter<'listExceptions'>;
/** What chooses exceptions, whichever way they are shown. */
export type GroupFilter = Query<'listExceptionGroups'>;
export type RunFilter = Filter<'listRuns'>;
export type ApprovalFilter = Filter<'listApprovals'>;

const firstPage = undefined as string | undefined;
const next = (page: { next: string | null }) => page.next ?? undefined;

export const overviewQuery = (hours: number) =>
  queryOptions({
    queryKey: ['overview', hours],
    queryFn: ({ signal }) => take(api.GET('/v1/overview', { params: { query: { hours } }, signal })),
  });

export const serviceLevelsQuery = (hours: number, flow?: string) =>
  queryOptions({
    queryKey: ['overview', 'service-levels', hours, flow],
    queryFn: ({ signal }) => take(api.GET('/v1/service-levels', { params: { query: { hours, flow } }, signal })),
  });

export const valueQuery = (months: number) =>
  queryOptions({
    queryKey: ['value', months],
    queryFn: ({ signal }) => take(api.GET('/v1/value', { params: { query: { months } }, signal })),
    // It looks at months: what moves now changes little of it.
    staleTime: 300_000,
  });

export const messagesQuery = (filter: MessageFilter) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET('/v1/messages', {
          params: { query: { ...filter, cursor: pageParam, count: pageParam === undefined ? true : undefined } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: next,
  });

/** Whether the list would have anything. */
export const anyMessages = (filter: MessageFilter) => ({
  queryKey: ['messages', 'any', filter],
  queryFn: ({ signal }: { signal: AbortSignal }) => take(api.GET('/v1/messages', { params: { query: { ...filter, limit: 1 } }, signal })),
});
export const anyExceptions = (filter: ExceptionFilter) => ({
  queryKey: ['exceptions', 'any', filter],
  queryFn: ({ signal }: { signal: AbortSignal }) => take(api.GET('/v1/exceptions', { params: { query: { ...filter, limit: 1 } }, signal })),
});

type MessageField = Query<'getMessageFacet'>['field'];
const countedFor = 10_000;
/** Values of a filter of the list with their counts. */
export const messageFacet = (field: MessageField, filter: MessageFilter) => (find?: string) => ({
  queryKey: ['facets', 'messages', field, filter, find],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    take(api.GET('/v1/messages/facets', { params: { query: { ...filter, field, find } }, signal })),
  staleTime: countedFor,
});
type ExceptionField = Query<'getExceptionFacet'>['field'];
export const exceptionFacet = (field: ExceptionField, filter: GroupFilter) => (find?: string) => ({
  queryKey: ['facets', 'exceptions', field, filter, find],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    take(api.GET('/v1/exceptions/facets', { params: { query: { ...filter, field, find } }, signal })),
  staleTime: countedFor,
});

export const anyRuns = (filter: RunFilter) => ({
  queryKey: ['runs', 'any', filter],
  queryFn: ({ signal }: { signal: AbortSignal }) => take(api.GET('/v1/runs', { params: { query: { ...filter, limit: 1 } }, signal })),
});
export const runFacet = (field: Query<'getRunFacet'>['field'], filter: RunFilter) => (find?: string) => ({
  queryKey: ['facets', 'runs', field, filter, find],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    take(api.GET('/v1/runs/facets', { params: { query: { ...filter, field, find } }, signal })),
  staleTime: countedFor,
});

export type PayloadStep = Answer<'searchPayloads'>;
export interface PayloadQuestion {
  payload: string;
  stage: Stage | undefined;
}
/** Messages whose payload contains a piece of JSON, step by step. Each step reads payloads, so nothing is asked again by itself. */
export const payloadSearchQuery = (filter: MessageFilter, { payload, stage }: PayloadQuestion) =>
  infiniteQueryOptions({
    queryKey: ['payload-search', filter, payload, stage],
    queryFn: ({ pageParam, signal }) =>
      take(api.POST('/v1/messages/payload-search', { body: { ...filter, payload, stage, cursor: pageParam }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: next,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/v1/messages/{id}', { params: { path: { id } }, signal })),
  });

export const traceOfQuery = (kind: TraceKind, id: string) =>
  queryOptions({
    // A message that moves may have made a document of itself.
    queryKey: ['messages', 'trace', kind, id],
    queryFn: ({ signal }) => take(api.GET('/v1/trace/{kind}/{id}', { params: { path: { kind, id } }, signal })),
  });

/** The exact stored text of a stage: reading it as JSON would round large numbers. */
export const stageTextQuery = (id: string, stage: Stage) =>
  queryOptions({
    queryKey: ['messages', 'stage', id, stage],
    queryFn: ({ signal }) =>
      take(api.GET('/v1/messages/{id}/stages/{stage}', { params: { path: { id, stage } }, parseAs: 'text', signal })),
    staleTime: 60_000,
  });

/** How many are to do, of however many causes. */
export const exceptionCountQuery = queryOptions({
  queryKey: ['exceptions', 'count'],
  queryFn: ({ signal }) => take(api.GET('/v1/exceptions', { params: { query: { limit: 1, count: true } }, signal })),
});
export const exceptionsQuery = (filter: ExceptionFilter) =>
  infiniteQueryOptions({
    queryKey: ['exceptions', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET('/v1/exceptions', {
          params: { query: { ...filter, cursor: pageParam, count: pageParam === undefined ? true : undefined } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: next,
  });

export const exceptionGroupsQuery = (filter: GroupFilter) =>
  queryOptions({
    queryKey: ['exceptions', 'groups', filter],
    queryFn: ({ signal }) => take(api.GET('/v1/exceptions/groups', { params: { query: filter }, signal })),
  });

export const exceptionAgeingQuery = (filter: GroupFilter) =>
  queryOptions({
    queryKey: ['exceptions', 'ageing', filter],
    queryFn: ({ signal }) => take(api.GET('/v1/exceptions/ageing', { params: { query: filter }, signal })),
  });

export const unpostedAgeingQuery = queryOptions({
  queryKey: ['messages', 'ageing'],
  queryFn: ({ signal }) => take(api.GET('/v1/messages/ageing', { signal })),
});

export const exceptionQuery = (id: string) =>
  queryOptions({
    queryKey: ['exceptions', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/v1/exceptions/{id}', { params: { path: { id } }, signal })),
  });

export type WorkingHours = Answer<'listWorkingHours'>['items'][number];
export const workingHoursQuery = queryOptions({
  queryKey: ['exceptions', 'working-hours'],
  queryFn: ({ signal }) => take(api.GET('/v1/working-hours', { signal })),
});
type Hours = Pick<WorkingHours, 'timeZone' | 'shifts' | 'freeDays' | 'hours'> & { expectedVersion: number; reason: string | undefined };
const ofEntity = (legalEntity: string) => ({ params: { path: { legalEntity } } });
export const saveWorkingHours = (legalEntity: string, body: Hours) =>
  take(api.PUT('/v1/working-hours/{legalEntity}', { ...ofEntity(legalEntity), body }));
export const removeWorkingHours = (legalEntity: string) => take(api.DELETE('/v1/working-hours/{legalEntity}', ofEntity(legalEntity)));

export const exceptionHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['exceptions', 'history', id],
    queryFn: ({ signal }) => take(api.GET('/v1/exceptions/{id}/history', { params: { path: { id } }, signal })),
  });
export const assigneesQuery = queryOptions({
  queryKey: ['exceptions', 'assignees'],
  queryFn: ({ signal }) => take(api.GET('/v1/exceptions/assignees', { signal })),
  staleTime: 60_000,
});

export const assignException = (id: string, assignee: string | null) =>
  take(api.POST('/v1/exceptions/{id}/assign', { params: { path: { id } }, body: { assignee } }));
export const snoozeException = (id: string, until: string | null, reason?: string) =>
  take(api.POST('/v1/exceptions/{id}/snooze', { params: { path: { id } }, body: { until, reason: reason || undefined } }));
export const commentException = (id: string, text: string) =>
  take(api.POST('/v1/exceptions/{id}/comments', { params: { path: { id } }, body: { text } }));
export const resolveException = (id: string, reason: string) =>
  take(api.POST('/v1/exceptions/{id}/resolve', { params: { path: { id } }, body: { reason } }));

export const makeSelection = (body: { filter?: GroupFilter; exceptions?: string[] }) => take(api.POST('/v1/selections', { body }));
export const assignSelection = (id: string, assignee: string | null) =>
  take(api.POST('/v1/selections/{id}/assign', { params: { path: { id } }, body: { assignee } }));
export const snoozeSelection = (id: string, until: string | null, reason?: string) =>
  take(api.POST('/v1/selections/{id}/snooze', { params: { path: { id } }, body: { until, reason: reason || undefined } }));
export const resolveSelection = (id: string, reason: string) =>
  take(api.POST('/v1/selections/{id}/resolve', { params: { path: { id } }, body: { reason } }));

/** Where the browser gets the file of what a filter shows. */
export const exceptionsFileAddress = (filter: GroupFilter): string => {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/v1/exceptions/export${given.length ? `?${new URLSearchParams(given).toString()}` : ''}`;
};

/** What may be corrected in the record of an exception. Read once for a dialog: each reading is noted in the audit log. */
export const editableFieldsQuery = (id: string) =>
  queryOptions({
    queryKey: ['exceptions', 'fields', id],
    queryFn: ({ signal }) => take(api.GET('/v1/exceptions/{id}/fields', { params: { path: { id } }, signal })),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
export const previewEdit = (id: string, changes: FieldChange[]) =>
  take(api.POST('/v1/exceptions/{id}/edits/preview', { params: { path: { id } }, body: { changes } }));
export const askForEdit = (id: string, body: { changes: FieldChange[]; contentHash: string; reason: string }) =>
  take(api.POST('/v1/exceptions/{id}/edits', { params: { path: { id } }, body }));
export const editsQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['messages', 'edits', messageId],
    queryFn: ({ signal }) => take(api.GET('/v1/messages/{id}/edits', { params: { path: { id: messageId } }, signal })),
  });
export const withdrawEdit = (id: string) => take(api.POST('/v1/edits/{id}/withdraw', { params: { path: { id } } }));

export const replayPreviewQuery = (selection: Selection, release: ReplayRelease) =>
  queryOptions({
    queryKey: ['replay-preview', selection, release],
    queryFn: ({ signal }) => take(api.POST('/v1/replays/preview', { body: { ...selection, release }, signal })),
    gcTime: 0,
    staleTime: 0,
  });
export const startReplay = (
  selection: Selection,
  release: ReplayRelease,
  sending: { reason?: string; perMinute?: number | undefined; stopAfter?: number | undefined } = {},
) =>
  take(
    api.POST('/v1/replays', {
      body: { ...selection, release, reason: sending.reason || undefined, perMinute: sending.perMinute, stopAfter: sending.stopAfter },
    }),
  );

export const replayQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'replay', id],
    queryFn: ({ signal }) => take(api.GET('/v1/replays/{id}', { params: { path: { id } }, signal })),
  });
export const replayRecordsQuery = (id: string, outcome: ReplayRecord['outcome'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'records', id, outcome],
    queryFn: ({ pageParam, signal }) =>
      take(
        api.GET('/v1/replays/{id}/records', {
          params: { path: { id }, query: { outcome, cursor: pageParam, count: pageParam === undefined ? true : undefined } },
          signal,
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: next,
  });
export const cancelReplay = (id: string) => take(api.POST('/v1/replays/{id}/cancel', { params: { path: { id } } }));

export const runsQuery = (filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/runs', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: next,
  });
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/v1/runs/{id}', { params: { path: { id } }, signal })),
  });
export const cancelRun = (id: string) => take(api.POST('/v1/runs/{id}/cancel', { params: { path: { id } } }));
export const startRun = (name: string, body: { kind: 'poll' | 'backfill'; since?: string; until?: string }) =>
  take(api.POST('/v1/flows/{name}/runs', { params: { path: { name } }, body }));

export const approvalsQuery = (filter: ApprovalFilter) =>
  infiniteQueryOptions({
    queryKey: ['approvals', 'list', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/approvals', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: firstPage,
    getNextPageParam: next,
  });
/** How many wait, however many pages they fill. */
export const approvalCountQuery = queryOptions({
  queryKey: ['approvals', 'count'],
  queryFn: ({ signal }) => take(api.GET('/v1/approvals', { params: { query: { state: 'open', limit: 1, count: true } }, signal })),
});
export const approvalQuery = (id: string) =>
  queryOptions({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/v1/approvals/{id}', { params: { path: { id } }, signal })),
  });
export const decideApproval = (id: string, decision: 'approve' | 'reject', body: { contentHash: string; reason?: string }) =>
  decision === 'approve'
    ? take(api.POST('/v1/approvals/{id}/approve', { params: { path: { id } }, body }))
    : take(api.POST('/v1/approvals/{id}/reject', { params: { path: { id } }, body }));

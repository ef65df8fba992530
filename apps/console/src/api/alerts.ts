import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, take, type Answer, type Query } from './client.js';

export type Alert = Answer<'listAlerts'>['items'][number];
export type AlertRuleItem = Answer<'listAlertRules'>['items'][number];
export type AlertRule = AlertRuleItem['rule'];
export type AlertChannel = Answer<'listAlertChannels'>['items'][number];
export type AlertNotice = Answer<'listAlertNotices'>['items'][number];
export type AlertPreview = Answer<'previewAlertRule'>;

export const alertsQuery = (state: NonNullable<Query<'listAlerts'>['state']>) =>
  infiniteQueryOptions({
    queryKey: ['alerts', 'list', state],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/alerts', { params: { query: { state, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const alertRulesQuery = queryOptions({
  queryKey: ['alerts', 'rules'],
  queryFn: ({ signal }) => take(api.GET('/v1/alert-rules', { signal })),
});
export const alertChannelsQuery = queryOptions({
  queryKey: ['alerts', 'channels'],
  queryFn: ({ signal }) => take(api.GET('/v1/alert-channels', { signal })),
});
export const alertNoticesQuery = (filter: { state?: AlertNotice['state']; channel?: string }) =>
  infiniteQueryOptions({
    queryKey: ['alerts', 'notices', filter],
    queryFn: ({ pageParam, signal }) => take(api.GET('/v1/alert-notices', { params: { query: { ...filter, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

const named = (name: string) => ({ params: { path: { name } } });
const byId = (id: string) => ({ params: { path: { id } } });
export const acknowledgeAlert = (id: string) => take(api.POST('/v1/alerts/{id}/acknowledge', byId(id)));
export const saveAlertRule = (name: string, rule: AlertRule) => take(api.PUT('/v1/alert-rules/{name}', { ...named(name), body: rule }));
export const previewAlertRule = (name: string, rule: AlertRule) => take(api.POST('/v1/alert-rules/preview', { body: { name, rule } }));
export const pauseAlertRule = (name: string) => take(api.POST('/v1/alert-rules/{name}/pause', named(name)));
export const resumeAlertRule = (name: string) => take(api.POST('/v1/alert-rules/{name}/resume', named(name)));
export const removeAlertRule = (name: string) => take(api.DELETE('/v1/alert-rules/{name}', named(name)));
export const saveAlertChannel = (
  name: string,
  body: { kind: AlertChannel['kind']; description?: string; addresses?: string[]; url?: string; secret?: string },
) => take(api.PUT('/v1/alert-channels/{name}', { ...named(name), body }));
export const testAlertChannel = (name: string) => take(api.POST('/v1/alert-channels/{name}/test', named(name)));
export const pauseAlertChannel = (name: string) => take(api.POST('/v1/alert-channels/{name}/pause', named(name)));
export const resumeAlertChannel = (name: string) => take(api.POST('/v1/alert-channels/{name}/resume', named(name)));
export const removeAlertChannel = (name: string) => take(api.DELETE('/v1/alert-channels/{name}', named(name)));
export const sendNoticeAgain = (id: string) => take(api.POST('/v1/alert-notices/{id}/send-again', byId(id)));

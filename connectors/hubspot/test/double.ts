import type { JsonObject } from '@waybill/sdk';
import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { contractOf } from './contract.js';

export interface Row {
  id: string;
  properties: Record<string, string>;
  createdAt: string;
  updatedAt: string;
  archived: boolean;
}

/** A HubSpot account in memory, as far as records, searches and associations go. */
export interface State {
  objects: Record<string, Row[]>;
  associations: Set<string>;
  serial: number;
  /** The next upsert answers 207 with this error. */
  refuse?: JsonObject | undefined;
}

export const settings = {
  portal: '62515',
  accessToken: 'pat-token-of-the-app',
  clientSecret: 'client-secret-of-the-app',
  webhookUrl: 'https://waybill.example/v1/hooks/hubspot',
};
const changed = '2026-11-27T05:00:00.000Z';
const said = (status: number, category: string, message: string, more: JsonObject = {}): DoubleResponse => ({
  status,
  body: { status: 'error', message, correlationId: 'c-1', category, ...more },
});
const notFound = said(404, 'OBJECT_NOT_FOUND', 'resource not found');

export const rowOf = (id: number, more: Partial<Row> = {}): Row => ({
  id: String(id),
  properties: { billing_id: `cus_${id}`, name: `Company ${id}` },
  createdAt: changed,
  updatedAt: changed,
  archived: false,
  ...more,
});
const unique = (rows: readonly Row[], property: string, value: string): Row | undefined =>
  rows.find((row) => row.properties[property] === value);

function upsert(type: string, request: DoubleRequest, state: State): DoubleResponse {
  if (state.refuse) {
    const errors = [state.refuse];
    state.refuse = undefined;
    return { status: 207, body: { status: 'COMPLETE', results: [], numErrors: 1, errors } };
  }
  const { inputs } = request.json as { inputs: { id: string; idProperty: string; properties: Record<string, string> }[] };
  const rows = (state.objects[type] ??= []);
  const results = inputs.map(({ id, idProperty, properties }) => {
    const there = unique(rows, idProperty, id);
    const row = there ?? rowOf((state.serial += 1), { properties: {} });
    Object.assign(row.properties, properties);
    if (!there) rows.push(row);
    return { ...row, new: !there };
  });
  return { status: 200, body: { status: 'COMPLETE', results } };
}

interface Filter {
  propertyName: string;
  operator: string;
  value: string;
}

function search(type: string, request: DoubleRequest, state: State): DoubleResponse {
  const {
    filterGroups,
    sorts,
    limit = 10,
  } = request.json as { filterGroups: { filters: Filter[] }[]; sorts: { propertyName: string }[]; limit?: number };
  const valueOf = (row: Row, property: string): number => (property === 'hs_object_id' ? Number(row.id) : Date.parse(row.updatedAt));
  const fits = (row: Row) =>
    filterGroups[0]!.filters.every(({ propertyName, operator, value }) => {
      const [own, asked] = [valueOf(row, propertyName), Number(value)];
      return operator === 'EQ' ? own === asked : operator === 'GT' ? own > asked : operator === 'GTE' ? own >= asked : own < asked;
    });
  const found = (state.objects[type] ?? []).filter((row) => !row.archived && fits(row));
  const by = sorts[0]!.propertyName;
  found.sort((a, b) => valueOf(a, by) - valueOf(b, by));
  return { status: 200, body: { total: found.length, results: found.slice(0, limit) } };
}

function answer(request: DoubleRequest, state: State): DoubleResponse {
  if (request.path === '/account-info/v3/details')
    return { status: 200, body: { portalId: Number(settings.portal), timeZone: 'Europe/Berlin' } };
  const associated = /^\/crm\/v4\/objects\/([^/]+)\/([^/]+)\/associations\/default\/([^/]+)\/([^/]+)$/.exec(request.path);
  if (associated) {
    const [, from, fromId, to, toId] = associated;
    state.associations.add(`${from}/${fromId}-${to}/${toId}`);
    return { status: 200, body: { status: 'COMPLETE', results: [] } };
  }
  const [, type = '', id, rest] = /^\/crm\/v3\/objects\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(request.path) ?? [];
  if (id === 'batch' && rest === 'upsert') return upsert(type, request, state);
  if (id === 'search') return search(type, request, state);
  const rows = state.objects[type] ?? [];
  if (id === undefined) return { status: 200, body: { results: rows.slice(0, Number(request.query['limit'])) } };
  const value = decodeURIComponent(id);
  const row = request.query['idProperty'] ? unique(rows, request.query['idProperty'], value) : rows.find((one) => one.id === value);
  return row && row.archived === (request.query['archived'] === 'true') ? { status: 200, body: row } : notFound;
}

export const double: VendorDouble<State> = {
  name: 'HubSpot',
  contract: contractOf(settings.accessToken),
  start: () => ({
    objects: { companies: [1, 2, 3, 4, 5].map((n) => rowOf(n)), contacts: [], deals: [] },
    associations: new Set(),
    serial: 100,
  }),
  answer,
  writes: (request) => request.method !== 'GET' && !request.path.endsWith('/search'),
  says: {
    throttled: {
      status: 429,
      headers: { 'retry-after': '6' },
      body: { status: 'error', message: 'You have reached your secondly limit.', errorType: 'RATE_LIMIT', policyName: 'SECONDLY' },
    },
    tokenOver: said(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.'),
    serverError: { status: 502, body: '<html>Bad gateway</html>' },
  },
  situations: { 'closed-period': () => () => undefined, 'inactive-customer': () => () => undefined },
};

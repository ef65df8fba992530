import { parse } from 'yaml';
import type { components } from '../src/api/schema.js';
import type { SavedView } from '../src/api/views.js';
import { compareAmounts } from '../src/parts/money.js';
import * as data from './fixtures.js';

type Handler = (context: { request: Request; params: Record<string, string>; query: URLSearchParams; body: unknown }) => unknown;

export interface FakeEngine {
  fetch(request: Request): Promise<Response>;
  /** Writes, in order: `POST /v1/replays` and what was sent. */
  writes: { call: string; body: unknown }[];
  signedIn: boolean;
  secondFactor: { enrolled: boolean; since: string | null; recoveryCodesLeft: number; hasPassword: boolean };
  /** Answers before the built-in ones; for a test of one refusal. */
  answer(call: string, handler: Handler): void;
}

export function problem(
  status: number,
  code: string,
  detail: string,
  more: Partial<components['schemas']['Problem']> = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, detail, requestId: 'req-0001', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}

const minutes = { m: 1, h: 60, d: 1_440, w: 10_080 } as const;
/** `a`, `a,b`, or `-a,-b`, as the engine reads it. */
const isNamed = (asked: string | null, value: string | null): boolean => {
  const parts = asked?.split(',') ?? [];
  const not = parts.filter((part) => part.startsWith('-')).map((part) => part.slice(1));
  return parts.length === 0 || (not.length > 0 ? !not.includes(value ?? '') : parts.includes(value ?? ''));
};
/** `>a`, `<=a`, `a..b`; what tests ask for and no more. `against` says whether the row has more than a bound, less, or the same. */
const isWithin = (asked: string | null, against: ((bound: string) => number) | undefined): boolean => {
  if (!asked) return true;
  if (against === undefined) return false;
  const [from, to] = asked.split('..');
  if (to !== undefined) return against(from!) >= 0 && against(to) <= 0;
  const [, sign, bound] = /^([<>]=?)(.*)$/.exec(asked)!;
  const by = against(bound!);
  return sign!.startsWith('>') ? by > 0 || (sign === '>=' && by === 0) : by < 0 || (sign === '<=' && by === 0);
};
const isAged = (asked: string | null, at: string): boolean =>
  /^(\d+-\d+|30\+)$/.test(asked ?? '') ||
  isWithin(
    asked,
    (bound) => (data.now - Date.parse(at)) / 60_000 - Number(bound.slice(0, -1)) * minutes[bound.at(-1) as keyof typeof minutes],
  );
const holds = (asked: string | null, amount: { amount: string } | null): boolean =>
  isWithin(asked, amount ? (bound) => compareAmounts(amount.amount, bound) : undefined);

/** The engine's API in memory, for the tests and for looking at pages without an engine. */
export function createFakeEngine({ signedIn = true, identity = data.admin } = {}): FakeEngine {
  const exceptions = structuredClone(data.exceptions);
  let draft = structuredClone(data.draft);
  const page = (items: unknown[], query: URLSearchParams) => {
    const start = Number(query.get('cursor') ?? 0);
    const limit = Number(query.get('limit') ?? 50);
    return {
      items: items.slice(start, start + limit),
      next: start + limit < items.length ? String(start + limit) : null,
      count: items.length,
    };
  };
  const find = <T>(items: readonly T[], matches: (item: T) => boolean, what: string): T | Response =>
    items.find(matches) ?? problem(404, 'NOT_FOUND', `There is no ${what}`);
  const toDo = (item: (typeof exceptions)[number]) => ['open', 'in-progress'].includes(item.state);
  const open = () => exceptions.filter(toDo);
  const matching = (query: Pick<URLSearchParams, 'get'>) =>
    exceptions.filter((item) => {
      const [state, owner, snoozed] = [query.get('state') ?? 'to-do', query.get('owner'), query.get('snoozed') ?? 'no'];
      return (
        (state === 'all' || (state === 'to-do' ? toDo(item) : isNamed(state, item.state))) &&
        (snoozed === 'also' || (snoozed === 'only') === (item.snoozedUntil !== null)) &&
        (!owner || item.assigneeId === (owner === 'me' ? identity.id : owner === 'nobody' ? null : owner)) &&
        (!query.get('causeKey') || item.causeKey === query.get('causeKey')) &&
        isNamed(query.get('category'), item.category) &&
        isNamed(query.get('flow'), item.flow) &&
        isNamed(query.get('due'), item.due) &&
        isNamed(query.get('currency'), item.amount?.currency ?? 'none') &&
        isAged(query.get('age'), item.openedAt) &&
        holds(query.get('amount'), item.amount) &&
        (!query.get('q') || item.cause.toLowerCase().includes(query.get('q')!.toLowerCase()))
      );
    });
  const matches = (m: (typeof data.messages)[number], query: URLSearchParams, but?: string) => {
    const asked = (name: string) => (name === but ? null : query.get(name));
    const q = asked('q')?.toLowerCase();
    return (
      (!q || [m.key, m.title, m.documentNumber, m.id].some((text) => text?.toLowerCase().startsWith(q))) &&
      isNamed(asked('state'), m.state) &&
      isNamed(asked('flow'), m.flow) &&
      isNamed(asked('legalEntity'), m.legalEntity) &&
      isNamed(asked('currency'), m.amount?.currency ?? 'none') &&
      isAged(asked('age'), m.receivedAt) &&
      holds(asked('amount'), m.amount)
    );
  };
  const without = (query: URLSearchParams, field: string) => new URLSearchParams([...query].filter(([name]) => name !== field));
  /** A filter's value of a row, where the fake knows it. */
  const valueOf = (row: { amount: { currency: string } | null }, field: string): string =>
    field === 'currency'
      ? (row.amount?.currency ?? 'none')
      : field === 'owner'
        ? String((row as { assigneeId?: string | null }).assigneeId ?? 'nobody')
        : String((row as Record<string, unknown>)[field] ?? 'unknown');
  const facetOf = (query: URLSearchParams, values: (field: string) => string[]) => {
    const field = query.get('field')!;
    const counts = new Map<string, number>();
    for (const value of values(field)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const items = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    return { field, items, more: false, atLeast: false, asOf: new Date().toISOString() };
  };
  const runsOf = (query: URLSearchParams) =>
    data.runs.filter((run) =>
      (['kind', 'flow', 'state', 'replayed'] as const).every(
        (name) => isNamed(query.get(name), String(run[name])) && isAged(query.get('age'), run.startedAt),
      ),
    );
  const frozen = new Map<string, string[]>();
  const membersOf = (params: Record<string, string>) => exceptions.filter(({ id }) => frozen.get(params['id']!)?.includes(id));
  const said: { at: string; kind: string; by: string; words: string; id: string }[] = [];
  const people = [
    { id: identity.id, name: identity.name },
    { id: data.id('usr', 7), name: 'Ines Ortega' },
  ];
  const give = (items: typeof exceptions, body: unknown) => {
    const { assignee } = body as { assignee: string | null };
    const name = people.find(({ id }) => id === assignee)?.name ?? null;
    for (const item of items)
      Object.assign(item, { assigneeId: assignee, assignee: name, state: assignee === identity.id ? 'in-progress' : 'open' });
    return { done: items.length, refused: [] };
  };
  const end = (items: typeof exceptions, body: unknown) => {
    for (const item of items)
      Object.assign(item, {
        state: 'resolved',
        closedAt: new Date().toISOString(),
        closedBy: identity.name,
        resolution: (body as { reason: string }).reason,
      });
    return { done: items.length, refused: [] };
  };
  const putOff = (items: typeof exceptions, body: unknown) => {
    for (const item of items) item.snoozedUntil = (body as { until: string | null }).until;
    return { done: items.length, refused: [] };
  };
  const oneOf = (params: Record<string, string>) => exceptions.find((item) => item.id === params['id'])!;
  const chosen = (selection: { messages?: string[]; causeKey?: string; selection?: string }) =>
    data.messages.filter(
      (message) =>
        selection.messages?.includes(message.id) ||
        membersOf({ id: selection.selection ?? '' }).some((item) => item.messageId === message.id) ||
        open().some((item) => item.causeKey === selection.causeKey && item.messageId === message.id),
    );

  const views: SavedView[] = [];

  const handlers: Record<string, Handler> = {
    'GET /v1/session': () => (engine.signedIn ? identity : problem(401, 'SIGNED_OUT', 'Sign in first')),
    'POST /v1/session': ({ body }) => {
      if ((body as { password: string }).password === 'flood')
        return problem(429, 'TOO_MANY_TRIES', 'Too many tries', {}, { 'retry-after': '45' });
      const { password, code } = body as { password: string; code?: string };
      if (password === 'with a second factor' && code === undefined)
        return problem(401, 'SECOND_FACTOR_NEEDED', 'The password is right; the code of the second factor is missing.');
      if (password === 'with a second factor' && code !== '123456')
        return problem(403, 'SECOND_FACTOR_WRONG', 'The code is wrong, or it was used before.');
      if (password !== 'correct horse' && password !== 'with a second factor')
        return problem(401, 'SIGN_IN_FAILED', 'The e-mail address or the password is wrong');
      engine.signedIn = true;
      return identity;
    },
    'GET /v1/session/ways': () => ({ provider: { title: 'Example Corp' }, mail: true }),
    'POST /v1/session/reset': () => ({ done: true }),
    'POST /v1/session/link': ({ body }) =>
      (body as { token: string }).token === 'a-good-token-of-an-invitation'
        ? { purpose: 'invitation', email: 'grace@example.test', name: 'Grace' }
        : problem(410, 'LINK_INVALID', 'The link was used, replaced, or is too old.'),
    'POST /v1/session/link/password': () => ({ email: 'grace@example.test' }),
    'POST /v1/session/provider': () => problem(403, 'PROVIDER_NO_ROLE', 'grace@example.test is in no group that has a role here.'),
    'DELETE /v1/session': () => ((engine.signedIn = false), { ended: true }),
    'GET /v1/overview': () => data.overview,
    'GET /v1/value': () => ({ items: data.months }),
    'GET /v1/controls': () => ({ items: [], next: null }),
    'GET /v1/service-levels': ({ query }) => ({
      items: data.serviceLevels.filter(({ flow }) => !query.get('flow') || flow === query.get('flow')),
    }),
    'GET /v1/messages/ageing': () => data.ageingOf(data.messages.filter(({ settledAt }) => settledAt === null)),
    'GET /v1/messages': ({ query }) =>
      page(
        data.messages.filter((m) => matches(m, query)),
        query,
      ),
    'GET /v1/messages/facets': ({ query }) =>
      facetOf(query, (field) => data.messages.filter((m) => matches(m, query, field)).map((m) => valueOf(m, field))),
    'POST /v1/messages/payload-search': ({ body }) => {
      const { cursor } = body as { cursor?: string };
      const [at, size] = [Number(cursor ?? 0), Math.ceil(data.messages.length / 2)];
      const looked = Math.min(at + size, data.messages.length);
      return {
        items: data.messages.slice(at, at + 1),
        next: looked < data.messages.length ? String(looked) : null,
        looked,
        of: data.messages.length,
        ofMore: false,
        unreadable: 0,
        from: data.ago(24 * 60),
        to: data.ago(0),
      };
    },
    'GET /v1/messages/:id': ({ params }) => {
      const item = data.messages.find((message) => message.id === params['id']);
      return item ? data.messageDetail(item) : problem(404, 'MESSAGE_UNKNOWN', `There is no message ${params['id']}`);
    },
    'GET /v1/messages/:id/stages/:stage': ({ params }) =>
      new Response(data.stageTexts[params['stage']!], { headers: { 'content-type': 'application/json' } }),
    'GET /v1/exceptions': ({ query }) => page(matching(query), query),
    'GET /v1/exceptions/ageing': () => data.ageingOf(exceptions.filter(toDo)),
    'GET /v1/exceptions/facets': ({ query }) =>
      facetOf(query, (field) => {
        const others = without(query, field);
        if (field === 'state') others.set('state', 'all');
        return matching(others).map((item) => valueOf(item, field));
      }),
    'GET /v1/exceptions/groups': ({ query }) => ({ items: data.groupsOf(matching(query)), more: false }),
    'GET /v1/exceptions/assignees': () => ({ items: people }),
    'GET /v1/exceptions/:id': ({ params }) => find(exceptions, (item) => item.id === params['id'], 'such exception'),
    'GET /v1/exceptions/:id/history': ({ params }) => ({
      items: [
        { ...data.noEntry, at: data.ago(40), kind: 'moved', from: 'claimed', to: 'exception', words: oneOf(params).cause, stage: 'enrich' },
        ...said.filter(({ id }) => id === params['id']).map((entry) => ({ ...data.noEntry, ...entry })),
      ],
      more: false,
    }),
    'POST /v1/exceptions/:id/assign': ({ params, body }) => (give([oneOf(params)], body), oneOf(params)),
    'POST /v1/exceptions/:id/snooze': ({ params, body }) => (putOff([oneOf(params)], body), oneOf(params)),
    'POST /v1/exceptions/:id/comments': ({ params, body }) => {
      said.push({
        id: params['id']!,
        at: new Date().toISOString(),
        kind: 'commented',
        by: identity.name,
        words: (body as { text: string }).text,
      });
      return oneOf(params);
    },
    'POST /v1/exceptions/:id/resolve': ({ params, body }) => (end([oneOf(params)], body), oneOf(params)),
    'POST /v1/selections': ({ body }) => {
      const { filter, exceptions: ids } = body as { filter?: Record<string, string>; exceptions?: string[] };
      const members = ids ? exceptions.filter((item) => ids.includes(item.id)) : matching(new URLSearchParams(filter));
      const id = data.id('sel', frozen.size + 1);
      frozen.set(
        id,
        members.filter(toDo).map((item) => item.id),
      );
      return {
        id,
        count: frozen.get(id)!.length,
        amounts: [{ amount: '48211.20', currency: 'EUR' }],
        excluded: [{ reason: 'is being replayed', count: 2 }],
        hash: 'f'.repeat(64),
        createdAt: new Date().toISOString(),
        expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
        expired: false,
        usedAt: null,
        usedFor: null,
      };
    },
    'POST /v1/selections/:id/assign': ({ params, body }) => give(membersOf(params), body),
    'POST /v1/selections/:id/snooze': ({ params, body }) => putOff(membersOf(params), body),
    'POST /v1/selections/:id/resolve': ({ params, body }) => end(membersOf(params), body),
    'GET /v1/replays/:id': ({ params }) => ({ runId: params['id'], total: 3, outcomes: { posted: 3 }, mayCancel: false, cancelled: false }),
    'GET /v1/replays/:id/records': ({ query }) => page([], query),
    'POST /v1/replays/preview': ({ body }) => {
      const messages = chosen(body as object);
      return {
        count: messages.length,
        amounts: [{ amount: '48211.20', currency: 'EUR' }],
        verdicts: { sends: messages.length },
        items: messages.map((m) => ({
          messageId: m.id,
          flow: m.flow,
          title: m.title,
          amount: m.amount,
          verdict: 'sends',
          reason: 'The row of table tax-code is there now',
          versions: {
            release: 14,
            kept: 14,
            mapping: { name: 'stripe-invoice', version: 7 },
            tables: [{ name: 'tax-code', used: 31, current: 32 }],
          },
          before: { number: m.title, taxLines: [] },
          after: { number: m.title, taxLines: [{ code: 'DE-19', amount: '228.76' }] },
        })),
      };
    },
    'POST /v1/replays': ({ body }) => {
      const messages = chosen(body as object);
      for (const item of exceptions) if (messages.some((m) => m.id === item.messageId)) item.state = 'replaying';
      return { runId: data.id('run', 9), accepted: messages.length, refused: [] };
    },
    'GET /v1/runs': ({ query }) => page(runsOf(query), query),
    'GET /v1/runs/facets': ({ query }) =>
      facetOf(query, (field) => runsOf(without(query, field)).map((run) => valueOf({ ...run, amount: null }, field))),
    'GET /v1/runs/:id': ({ params }) =>
      data.runs.find((run) => run.id === params['id']) ?? {
        ...data.runs[0]!,
        id: params['id'],
        kind: 'replay',
        connection: null,
        stream: null,
        messages: { posted: 3 },
        startedBy: 'admin@example.test',
        read: 3,
        added: 0,
      },
    'POST /v1/flows/:name/runs': () => data.runs[1],
    'GET /v1/approvals': ({ query }) => page(data.approvals, query),
    'GET /v1/approvals/:id': ({ params }) => ({ ...data.approvals.find((one) => one.id === params['id']), ...data.approvalDetail }),
    'POST /v1/approvals/:id/approve': () => ({ ...data.approvals[0], state: 'approved' }),
    'GET /v1/flows': ({ query }) => page(data.flowItems, query),
    'POST /v1/flows/check': ({ body }) => {
      try {
        return { ok: true, problems: [], definition: parse((body as { yaml: string }).yaml) as unknown };
      } catch (error) {
        return {
          ok: false,
          problems: [{ code: 'FLOW_YAML', detail: String((error as Error).message).split('\n')[0], line: 4 }],
          definition: null,
        };
      }
    },
    'GET /v1/flows/:name': ({ params }) => {
      const item = data.flowItems.find((flow) => flow.name === params['name']);
      return item ? data.flowDetail(item, parse(data.flowYaml)) : problem(404, 'FLOW_UNKNOWN', `There is no flow ${params['name']}`);
    },
    'GET /v1/flows/:name/releases': ({ query }) => page([15, 14, 13].map(data.release), query),
    'GET /v1/flows/:name/release-events': ({ query }) =>
      page(
        [15, 14, 13].flatMap((n) => data.release(n).history),
        query,
      ),
    'GET /v1/flows/:name/timeline': ({ query }) => {
      const { items, next } = page(
        data.timeline.filter(({ kind }) => isNamed(query.get('kind'), kind)),
        new URLSearchParams({ ...Object.fromEntries(query), limit: '5' }),
      );
      return { items, next, withheld: [] };
    },
    'GET /v1/releases/:id': ({ params }) => find([15, 14, 13].map(data.release), (one) => one.id === params['id'], 'such release'),
    'POST /v1/releases/:id/compare': () => data.comparison,
    'POST /v1/releases/:id/submit': () => ({ ...data.release(15), state: 'submitted' }),
    'POST /v1/flows/:name/roll-back': () => ({ ...data.release(13), state: 'live' }),
    'GET /v1/mappings': ({ query }) =>
      page(
        [
          { name: 'stripe-invoice', version: 7, updatedAt: data.ago(4000), updatedBy: 'admin@example.test', usedBy: ['stripe-invoices'] },
          { name: 'invoice-to-tryton', version: 3, updatedAt: data.ago(9000), updatedBy: 'admin@example.test', usedBy: ['invoice-to-erp'] },
        ],
        query,
      ),
    'GET /v1/mappings/:name/samples': () => ({ items: data.samples }),
    'GET /v1/mappings/:name/fields': () => ({
      payloads: 200,
      fields: [{ root: 'source', path: ['number'], types: ['string'], filled: 194, of: 200, example: '"HPYYP4PO-0003"' }],
      more: false,
      source: null,
      targets: [
        {
          flow: 'stripe-invoices',
          name: 'invoice@1',
          schema: { required: ['total'], properties: { total: { type: 'string' } } },
          stamps: [],
        },
      ],
      tables: data.tables.map(({ name, title, key, columns }) => ({ name, title, key, columns: columns.map((column) => column.name) })),
    }),
    'GET /v1/mappings/:name/cases': () => ({ items: [], hidden: 0, packs: [] }),
    'GET /v1/tables/:name/snapshot': ({ params }) => ({ name: params['name'], version: 31, key: ['country'], rows: [], more: false }),
    'GET /v1/mappings/:name': ({ params, query }) =>
      query.get('version')
        ? { ...data.mapping, version: Number(query.get('version')), source: data.mappingSource.replace('"status": status,\n    ', '') }
        : { ...data.mapping, name: params['name']! },
    'PUT /v1/mappings/:name': ({ params }) => ({
      name: params['name'],
      version: 8,
      unchanged: false,
      released: ['stripe-invoices'],
      drafts: [],
    }),
    'POST /v1/mappings/evaluate': () => ({
      ok: true,
      output: { total: '3613.50' },
      problems: [{ code: 'SCHEMA_REQUIRED', path: '/taxLines', detail: 'taxLines is missing' }],
      ms: 3.2,
    }),
    'POST /v1/mappings/check': () => ({ ok: true, problems: [], warnings: [] }),
    'GET /v1/tables': ({ query }) => page(data.tables, query),
    'GET /v1/tables/:name': ({ params }) => find(data.tables, (table) => table.name === params['name'], 'such table'),
    'GET /v1/tables/:name/rows': ({ query }) =>
      page(
        data.tableRows.filter((row) => !query.get('q') || JSON.stringify(row).includes(query.get('q')!)),
        query,
      ),
    'PUT /v1/tables/:name/approver': ({ params, body }) => ({
      ...data.tables.find(({ name }) => name === params['name']),
      ...(body as object),
    }),
    'GET /v1/tables/:name/versions': ({ query }) => page(data.tableVersions, query),
    'GET /v1/tables/:name/versions/:version': ({ params }) => ({
      ...data.tableVersions.find(({ version }) => String(version) === params['version']),
      entries: data.draft.entries,
      more: false,
    }),
    'GET /v1/table-drafts': ({ query }) => page([draft], query),
    'POST /v1/tables/:name/drafts': () => draft,
    'GET /v1/table-drafts/:id': ({ params }) => (params['id'] === draft.id ? draft : problem(404, 'NOT_FOUND', 'There is no such draft')),
    'PUT /v1/table-drafts/:id': () => (draft = { ...draft, revision: draft.revision + 1 }),
    'POST /v1/table-drafts/:id/submit': ({ body }) =>
      (draft = {
        ...draft,
        ...(draft.approver === null ? { state: 'published', publishedVersion: 32, endedBy: identity.name } : { state: 'submitted' }),
        reason: (body as { reason?: string }).reason ?? draft.reason,
      }),
    'POST /v1/table-drafts/:id/reopen': () => (draft = { ...draft, state: 'open' }),
    'POST /v1/table-drafts/:id/withdraw': () => (draft = { ...draft, state: 'withdrawn' }),
    'POST /v1/table-drafts/:id/rebase': () => (draft = { ...draft, behind: false, conflicts: [], baseVersion: draft.tableVersion }),
    'GET /v1/table-drafts/:id/impact': () => data.impact,
    'POST /v1/exceptions/:id/table-draft': () => ({ draft, exceptions: data.impact.exceptions }),
    'GET /v1/exceptions/:id/fields': () => data.editable,
    'POST /v1/exceptions/:id/edits/preview': () => data.editPreview,
    'POST /v1/exceptions/:id/edits': () => data.edit,
    'GET /v1/messages/:id/edits': () => ({ items: [] }),
    'GET /v1/connectors': ({ query }) => page(data.connectors, query),
    'GET /v1/connections': ({ query }) => page(data.connections, query),
    'GET /v1/connections/:name': ({ params }) =>
      find(data.connections, (connection) => connection.name === params['name'], 'such connection'),
    'PUT /v1/connections/:name': ({ params }) => ({ ...data.connections[0], name: params['name'] }),
    'POST /v1/connections/:name/check': () => ({
      ok: false,
      steps: [
        { name: 'Address', ok: true, detail: 'erp.example.test resolves and answers' },
        { name: 'Sign-in', ok: false, detail: '401 Unauthorized', remedy: 'Replace the key: it has been revoked' },
      ],
    }),
    'GET /v1/packs': ({ query }) => page([], query),
    'GET /v1/audit/status': () => data.auditStatus,
    'GET /v1/audit': ({ query }) => page(data.audit, query),
    'GET /v1/users': ({ query }) => page(data.users, query),
    'GET /v1/roles': ({ query }) => page(data.roles, query),
    'POST /v1/users/invitations': ({ body }) => ({
      user: { ...data.users[0], ...(body as object), hasPassword: false, linkOpen: true },
      mailed: false,
      link: 'https://waybill.example.test/welcome#a-token-that-is-shown-once',
    }),
    'POST /v1/users/:id/link': () => ({ mailed: true, link: null }),
    'GET /v1/sessions': ({ query }) => page(data.sessions, query),
    'GET /v1/session/all': ({ query }) => page(data.sessions, query),
    'DELETE /v1/session/all/:id': () => ({ done: true }),
    'DELETE /v1/session/all': () => ({ ended: 1 }),
    'GET /v1/session/second-factor': () => engine.secondFactor,
    'POST /v1/session/second-factor': () => ({
      secret: 'JBSWY3DPEHPK3PXP',
      address: 'otpauth://totp/Waybill:admin%40example.test?issuer=Waybill&secret=JBSWY3DPEHPK3PXP',
    }),
    'POST /v1/session/second-factor/confirm': ({ body }) => {
      if ((body as { code: string }).code !== '123456')
        return problem(403, 'SECOND_FACTOR_WRONG', 'The code does not belong to this secret and time.');
      engine.secondFactor = { enrolled: true, since: '2026-01-01T00:00:00Z', recoveryCodesLeft: 10, hasPassword: true };
      return { recoveryCodes: ['aaaa-bbbb-cccc-dddd', 'eeee-ffff-gggg-hhhh'] };
    },
    'GET /v1/views': () => ({ items: views, next: null }),
    'POST /v1/views': ({ body }) => {
      const view = {
        ...(body as { page: string; name: string; search: Record<string, string> }),
        id: data.id('viw', views.length + 1),
        shared: false,
        owner: identity.name,
        mine: true,
        updatedAt: data.ago(0),
      };
      if (views.some(({ name }) => name === view.name))
        return problem(409, 'VIEW_NAME_TAKEN', `There is a view “${view.name}” of ${view.page} already.`, { path: '/name' });
      views.push(view);
      return view;
    },
    'PUT /v1/views/:id': ({ params, body }) =>
      Object.assign(
        views.find(({ id }) => id === params['id'])!,
        body,
      ),
    'POST /v1/views/:id/share': ({ params, body }) =>
      Object.assign(
        views.find(({ id }) => id === params['id'])!,
        body,
      ),
    'DELETE /v1/views/:id': ({ params }) => (
      views.splice(
        views.findIndex(({ id }) => id === params['id']),
        1,
      ),
      { done: true }
    ),
    'GET /v1/working-hours': ({ query }) => page([], query),
    'GET /v1/service-accounts': ({ query }) => page(data.serviceAccounts, query),
    'POST /v1/api-keys/:id/rotate': () => ({ ...data.apiKeys[0], value: 'wb_successor0000example' }),
    'GET /v1/api-keys': ({ query }) => page(data.apiKeys, query),
    'POST /v1/api-keys': ({ body }) => ({ ...data.apiKeys[0], ...(body as object), value: 'wbk_7f3a0000example0000value' }),
  };
  const routes = Object.entries(handlers).map(([call, handler]) => ({ call, handler }));
  const own: { call: string; handler: Handler }[] = [];

  const engine: FakeEngine = {
    signedIn,
    secondFactor: { enrolled: false, since: null, recoveryCodesLeft: 0, hasPassword: true },
    writes: [],
    answer: (call, handler) => void own.unshift({ call, handler }),
    async fetch(request) {
      const url = new URL(request.url);
      const text = request.method === 'GET' ? '' : await request.clone().text();
      const body: unknown = request.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : text;
      if (request.method !== 'GET') {
        engine.writes.push({ call: `${request.method} ${url.pathname}`, body });
        if (request.headers.get('x-waybill-request') !== 'console')
          return problem(403, 'HEADER_MISSING', 'A write needs the header X-Waybill-Request');
      }
      for (const { call, handler } of [...own, ...routes]) {
        const [method, pattern] = call.split(' ') as [string, string];
        const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]!);
        const match = new RegExp(`^${pattern.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(url.pathname);
        if (method !== request.method || !match) continue;
        const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)]));
        const answer = await handler({ request, params, query: url.searchParams, body });
        return answer instanceof Response
          ? answer
          : new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
      }
      return problem(404, 'ROUTE_UNKNOWN', `There is nothing at ${request.method} ${url.pathname}`);
    },
  };
  return engine;
}

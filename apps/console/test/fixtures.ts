import type { TimelineEvent,
  Comparison, Connection, Connector, DraftImpact, Flow, FlowItem, Mapping, ReleaseDetail, Sample, Table, TableDraft, TableRow, TableVersion } from '../src/api/build.js'; // prettier-ignore
import type { ApiKey, AuditEntry, AuditStatus, Role, ServiceAccount, User } from '../src/api/govern.js';
import type {
  Ageing,
  Amount,
  Approval,
  EditableFields,
  EditPreview,
  ExceptionGroup,
  ExceptionItem,
  Message,
  MonthValue,
  MessageItem,
  Overview,
  ServiceLevel,
  PayloadEdit,
  Run,
} from '../src/api/operate.js';
import type { Identity, Session } from '../src/api/session.js';

/** A small company for the tests and for `npm run dev:fake`. Everything has the generated types, so it cannot drift from the API. */
export const now = process.env['FAKE_NOW'] ? Date.now() : Date.parse('2026-11-23T09:30:00Z');
export const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
export const id = (prefix: string, n: number) => `${prefix}_01jd8x6m2dfk6t6s9vj0h0${String(n).padStart(4, '0')}`;

export const permissions = [
  'message.read',
  'message.replay',
  'exception.read',
  'exception.work',
  'exception.govern',
  'payload.edit',
  'run.start',
  'flow.read',
  'flow.write',
  'flow.govern',
  'release.steer',
  'mapping.read',
  'mapping.write',
  'table.read',
  'table.write',
  'table.govern',
  'connection.read',
  'connection.write',
  'schema.read',
  'canonical.read',
  'approval.read',
  'approval.decide',
  'audit.read',
  'audit.export',
  'access.read',
  'access.write',
  'view.save',
  'view.share',
];
export const admin: Identity = {
  kind: 'user',
  id: id('usr', 1),
  name: 'Admin One',
  email: 'admin@example.test',
  roles: ['admin'],
  permissions,
  environment: 'demo',
  legalEntities: null,
};

const customers = ['Northwind Traders', 'Aurora Analytics GmbH', 'Kestrel Media KK', 'Blue Harbour Logistics Ltd', 'Umber & Sons'];
const states: MessageItem['state'][] = [
  'posted',
  'posted',
  'exception',
  'posted',
  'held',
  'in_doubt',
  'posted',
  'duplicate',
  'waiting',
  'posted',
  'skipped',
  'superseded',
  'ready',
  'resolved',
];
const reasons: Partial<Record<MessageItem['state'], string>> = {
  exception: 'No tax code for country DE and category saas in table tax-code',
  held: 'Rule large-amount: waits for somebody of role finance approver',
  in_doubt: 'The call to erp-us ended without an answer; the ledger is looked up before anything is sent again',
  waiting: 'Waits until invoice in_1QF0 is posted in tryton:example',
  duplicate: 'Same key, revision and content as a message of 3 hours ago',
  skipped: 'Rule finalised-only: the invoice is a draft',
  posted: 'Posted as INV-2026-0481 in tryton:example',
};

export const messages: MessageItem[] = Array.from({ length: 60 }, (_, n) => {
  const state = states[n % states.length]!;
  const currency = (['EUR', 'USD', 'JPY'] as const)[n % 3]!;
  return {
    id: id('msg', n),
    flow: n % 2 ? 'invoice-to-erp' : 'stripe-invoices',
    state,
    stage:
      state === 'exception'
        ? 'enrich'
        : state === 'held'
          ? 'permit'
          : state === 'in_doubt'
            ? 'send'
            : state === 'posted'
              ? 'settle'
              : 'dedupe',
    reason: reasons[state] ?? null,
    key: `in_1QF${String(n).padStart(4, '0')}`,
    revision: `001763890000-${n % 4}`,
    effect: n % 7 === 6 ? 'void' : 'create',
    sourceSystem: 'stripe:acct_1Example',
    connection: n % 2 ? null : 'stripe',
    target: n % 2 ? 'erp-us · invoice' : 'invoice@1',
    title: `INV-2026-${String(512 - n).padStart(4, '0')}`,
    customer: customers[n % customers.length]!,
    legalEntity: n % 3 ? 'US' : 'DE',
    amount: n % 11 === 10 ? null : { amount: currency === 'JPY' ? String(18400 * (n + 1)) : `${1204 * (n + 1)}.50`, currency },
    attempts: state === 'in_doubt' ? 2 : state === 'posted' ? 1 : 0,
    documentNumber: state === 'posted' ? `2026/${1400 + n}` : null,
    exceptionId: state === 'exception' ? id('exc', n) : null,
    syntheticRun: null,
    runId: n % 5 === 0 ? id('run', 1) : null,
    correlationId: `cor_${n}`,
    receivedAt: ago(3 + n * 17),
    dueAt: state === 'in_doubt' ? new Date(now + 45_000).toISOString() : null,
    settledAt: state === 'posted' ? ago(2 + n * 17) : null,
  };
});

const source =
  '{"id":"in_1QF0002","object":"invoice","number":"INV-2026-0510","customer":"cus_Northwind","currency":"eur","total":361350,"exact":9007199254740993,"rate":1.10,"lines":{"object":"list","data":[{"id":"il_1","description":"Platform, November","amount":300000,"period":{"start":1761955200,"end":1764547200}},{"id":"il_2","description":"API calls over plan","amount":61350,"quantity":122700}]},"metadata":{},"customer_address":{"country":"DE","city":"Köln"}}';
const mapped =
  '{"number":"INV-2026-0510","status":"open","customer":{"sourceId":"cus_Northwind","number":"C-1001"},"currency":"EUR","documentDate":"2026-11-20","postingDate":"2026-11-20","lines":[{"description":"Platform, November","amount":"3000.00"},{"description":"API calls over plan","amount":"613.50"}],"subtotal":"3613.50","taxTotal":"0.00","total":"3613.50"}';
export const stageTexts: Record<string, string> = {
  accept: source,
  dedupe: source,
  enrich: source,
  map: mapped,
  permit: mapped,
  send: mapped.replace('"number"', '"invoiceNumber"'),
  settle: mapped,
};

export function messageDetail(item: MessageItem): Message {
  const reached = ['accept', 'dedupe', 'enrich', 'map', 'permit', 'send', 'settle'].indexOf(item.stage ?? 'settle');
  const stage = (name: string, at: number, sameAs?: 'accept' | 'map') => ({
    at: at <= reached && item.state !== 'exception' ? ago(3 - at * 0.02) : at < reached ? ago(3 - at * 0.02) : null,
    payload: at <= reached ? JSON.parse(stageTexts[name]!) : null,
    ...(sameAs ? { sameAs } : {}),
    hash: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    bytes: stageTexts[name]!.length,
  });
  const posted = item.state === 'posted';
  return {
    ...item,
    orderingKey: item.key,
    erasure: null,
    stages: {
      accept: stage('accept', 0),
      dedupe: stage('dedupe', 1, 'accept'),
      enrich: stage('enrich', 2, 'accept'),
      map: stage('map', 3),
      permit: stage('permit', 4, 'map'),
      send: stage('send', 5),
      settle: stage('settle', 6),
    },
    attemptsMade: item.attempts
      ? [
          ...(item.attempts > 1
            ? [
                {
                  id: id('att', 1),
                  number: 1,
                  outcome: 'retryable',
                  code: 'HTTP_503',
                  detail: 'The ERP is restarting; tried again after 10 seconds.',
                  vendorWords: '503 Service Unavailable\nRetry-After: 10',
                  httpStatus: 503,
                  sentAt: ago(3),
                  endedAt: ago(2.99),
                  requestHash: 'a1'.repeat(32),
                  exchanges: [{ method: 'POST', url: 'https://erp.example.test/api/invoices', status: 503, ms: 210 }],
                },
              ]
            : []),
          {
            id: id('att', 2),
            number: item.attempts,
            outcome: posted ? 'posted' : 'in-doubt',
            code: null,
            detail: posted ? null : 'The connection closed before the answer came.',
            vendorWords: null,
            httpStatus: posted ? 201 : null,
            sentAt: ago(2.6),
            endedAt: ago(2.58),
            requestHash: 'b2'.repeat(32),
            exchanges: [
              {
                method: 'GET',
                url: 'https://erp.example.test/api/invoices?external_id=wb:stripe:in_1QF0002:create',
                status: 200,
                ms: 44,
                note: 'Is it there already?',
              },
              { method: 'POST', url: 'https://erp.example.test/api/invoices', status: posted ? 201 : null, ms: 381 },
            ],
          },
        ]
      : [],
    history: [
      { at: ago(3), from: null, to: 'ready', stage: 'accept', reason: null, by: null },
      { at: ago(2.9), from: 'ready', to: 'claimed', stage: null, reason: null, by: null },
      { at: ago(2.5), from: 'claimed', to: item.state, stage: item.stage, reason: item.reason, by: null },
    ],
    versions: {
      release: { flow: item.flow, version: 14, hash: '5f70bf18' },
      mapping: { name: 'stripe-invoice', version: 7 },
      tables: [
        { name: 'tax-code', version: 31 },
        { name: 'legal-entity', version: 4 },
      ],
    },
    source: { connection: item.connection, stream: 'invoices', deliveryId: 'evt_1QF0002abc', via: 'webhook', canonical: null },
    doubt: null,
    posting: posted
      ? {
          id: id('pst', 1),
          ledger: 'tryton:example',
          effect: 'create',
          state: 'posted',
          externalId: 'wb:stripe:acct_1Example:invoice:in_1QF0002:create:1',
          documentId: '1481',
          documentNumber: item.documentNumber,
          url: 'https://erp.example.test/invoices/1481',
          totals: { currency: 'EUR', total: '3613.50', tax: '0.00' },
          quietUntil: null,
        }
      : null,
    related: [{ id: id('msg', 1), flow: 'invoice-to-erp', state: 'posted', relation: 'caused' }],
  };
}

export const exceptions: ExceptionItem[] = messages
  .filter((message) => message.state === 'exception')
  .map((message, n) => {
    const tax = n % 2 === 0;
    return {
      id: message.exceptionId!,
      messageId: message.id,
      flow: message.flow,
      category: tax ? 'master-data' : 'posting-rejection',
      code: tax ? 'TABLE_ROW_MISSING' : 'PERIOD_CLOSED',
      cause: tax ? 'No tax code for country DE and category saas' : 'The posting period 2026-10 is closed in tryton:example',
      causeKey: tax ? 'tax-code:DE:saas' : 'period:2026-10',
      remedy: tax
        ? 'Add the row to the table tax-code, then replay.'
        : 'Open the period in the ERP, or post with a date in an open period, then replay.',
      vendorWords: tax ? null : 'UserError: The period "2026-10" for company "Example US" is closed.',
      path: tax ? '/taxLines/0/code' : null,
      stage: tax ? 'enrich' : 'send',
      fix: tax ? { kind: 'table', table: 'tax-code', by: { country: 'DE', category: 'saas' } } : { kind: 'target', connection: 'erp-us' },
      state: 'open',
      assigneeId: null,
      assignee: null,
      snoozedUntil: null,
      openedAt: ago(40 + n * 300),
      dueAt: ago(40 + n * 300 - 24 * 60),
      due: n === 0 ? 'within' : 'breached',
      returns: 0,
      closedAt: null,
      closedBy: null,
      resolution: null,
      closedRun: null,
      closedAttempt: null,
      title: message.title,
      customer: message.customer,
      legalEntity: message.legalEntity,
      amount: message.amount,
      attempts: tax ? 0 : 3,
    };
  });

/** An entry of a history that says nothing yet. */
export const noEntry = { by: null, words: null, assignee: null, until: null, runId: null, from: null, to: null, stage: null };

/** By currency; all of them came in this minute. */
export function ageingOf(items: { amount: Amount | null }[]): Ageing {
  const currencies = [...new Set(items.map(({ amount }) => amount?.currency ?? null))];
  return {
    items: currencies.map((currency) => {
      const count = items.filter(({ amount }) => (amount?.currency ?? null) === currency).length;
      const none = { count: 0, amount: currency === null ? null : '0' };
      return {
        currency,
        count,
        amount: currency === null ? null : '1234567.89',
        ages: [
          { age: '0-1', count, amount: currency === null ? null : '1234567.89' },
          ...(['1-3', '3-7', '7-30', '30+'] as const).map((age) => ({ age, ...none })),
        ],
      };
    }),
  };
}

export function groupsOf(items: ExceptionItem[]): ExceptionGroup[] {
  return [...new Set(items.map((item) => item.causeKey))].map((causeKey) => {
    const members = items.filter((item) => item.causeKey === causeKey);
    const first = members[0]!;
    return {
      causeKey,
      category: first.category,
      code: first.code,
      cause: first.cause,
      remedy: first.remedy,
      fix: first.fix,
      count: members.length,
      amounts: [{ amount: '48211.20', currency: 'EUR' }, ...(members.length > 2 ? [{ amount: '912000', currency: 'JPY' }] : [])],
      flows: [...new Set(members.map((item) => item.flow))],
      legalEntities: [...new Set(members.flatMap((item) => item.legalEntity ?? []))],
      oldestAt: members.at(-1)!.openedAt,
      newestAt: first.openedAt,
      sample: first.id,
      owners: [],
      ownersMore: 0,
      unowned: members.length,
      openedLastDay: 2,
      openedDayBefore: 1,
      dueAt: members.at(-1)!.dueAt,
      breached: members.filter((item) => item.due === 'breached').length,
      dueSoon: 0,
    };
  });
}

export const runs: Run[] = [
  {
    id: id('run', 1),
    kind: 'poll',
    connection: 'stripe',
    stream: 'invoices',
    flow: null,
    since: null,
    until: null,
    state: 'succeeded',
    startedBy: 'schedule',
    startedAt: ago(30),
    endedAt: ago(29.5),
    read: 42,
    added: 12,
    pages: 1,
    reachedAt: ago(30),
    resumed: 0,
    replayed: true,
    messages: { posted: 9, exception: 2, held: 1 },
    note: null,
    error: null,
  },
  {
    id: id('run', 2),
    kind: 'backfill',
    connection: 'stripe',
    stream: 'invoices',
    flow: 'stripe-invoices',
    since: '2026-11-01',
    until: '2026-11-20',
    state: 'running',
    startedBy: 'admin@example.test',
    startedAt: ago(4),
    endedAt: null,
    read: 1800,
    added: 1650,
    pages: 18,
    reachedAt: ago(2000),
    resumed: 0,
    replayed: false,
    messages: { posted: 1400, claimed: 40, ready: 210 },
    note: '2026-10-01 to 2026-10-31',
    error: null,
  },
  {
    id: id('run', 3),
    kind: 'poll',
    connection: 'tryton',
    stream: 'payments',
    flow: null,
    since: null,
    until: null,
    state: 'failed',
    startedBy: 'schedule',
    startedAt: ago(200),
    endedAt: ago(199.9),
    read: 0,
    added: 0,
    pages: 0,
    reachedAt: null,
    resumed: 0,
    replayed: false,
    messages: {},
    note: null,
    error: 'tryton refused the login: the API key has been revoked',
  },
];

const version = (n: number) => ({
  version: n,
  hash: '5f70bf18a086',
  note: n === 14 ? 'Tax lines by category' : n % 3 === 0 ? null : `Change ${n}`,
  createdAt: ago(1000 * (15 - n)),
  createdBy: 'admin@example.test',
});
export const flowItems: FlowItem[] = [
  {
    name: 'stripe-invoices',
    description: 'Finalised Stripe invoices become canonical invoices',
    state: 'on',
    priority: 'normal',
    source: { connection: 'stripe', stream: 'invoices', canonical: null },
    target: { connection: null, operation: null, canonical: 'invoice@1' },
    mapping: 'stripe-invoice',
    release: version(14),
    approver: 'finance-approver',
    candidate: { id: id('rel', 15), version: 15, state: 'draft', share: null },
    counts: { posted: 128, exception: 3, held: 1, ready: 4 },
    lastMessageAt: ago(3),
  },
  {
    name: 'invoice-to-erp',
    description: 'Canonical invoices are posted in the US ledger',
    state: 'paused',
    priority: 'normal',
    source: { connection: null, stream: null, canonical: 'invoice@1' },
    target: { connection: 'erp-us', operation: 'invoice', canonical: null },
    mapping: 'invoice-to-tryton',
    release: version(9),
    approver: null,
    candidate: null,
    counts: { posted: 120, exception: 2, in_doubt: 1, waiting: 2 },
    lastMessageAt: ago(4),
  },
];
export const flowYaml = `flow: stripe-invoices
description: Finalised Stripe invoices become canonical invoices
from: { connection: stripe, stream: invoices }
key: id
orderBy: id
enrich:
  entity: { table: legal-entity, by: { country: customer_address.country }, asOf: created }
  account: { connection: crm, lookup: customer, by: { externalId: customer } }
map: stripe-invoice
produce: invoice@1
permit:
  - { rule: finalised-only, when: 'status = "draft"', then: skip }
  - { rule: large-amount, when: '$money.gte(total, "50000")', then: { approve: finance-approver } }
to: { canonical: invoice@1 }
retry: { attempts: 8, from: 10s, to: 1h }
`;
export const flowDetail = (item: FlowItem, definition: unknown): Flow => ({
  ...item,
  yaml: flowYaml.replace('flow: stripe-invoices', `flow: ${item.name}`),
  definition,
  releases: Array.from({ length: item.release.version }, (_, n) => version(item.release.version - n)),
});

export const mappingSource = `(
  $zone := $enriched.entity.zone;
  {
    "number": number,
    "status": status,
    "customer": { "sourceId": customer, "number": $enriched.account.number },
    "currency": $uppercase(currency),
    "documentDate": $date.fromUnix(created, $zone),
    "lines": lines.data.{
      "description": description,
      "amount": $money.fromMinor(amount, 2)
    },
    "total": $money.fromMinor(total, 2)
  }
)
`;
const counted = { messages: 60, ended: 60, exceptions: 3 };
/** A release of stripe-invoices; 15 is not live yet, 14 is, those before were. */
export const release = (n: number): ReleaseDetail => {
  const content = (v: number, source = mappingSource) => ({
    id: id('rel', v),
    version: v,
    yaml: flowYaml,
    mapping: { name: 'stripe-invoice', version: v > 14 ? 8 : 7, source },
  });
  const state = n > 14 ? 'draft' : n === 14 ? 'live' : 'superseded';
  return {
    id: id('rel', n),
    flow: 'stripe-invoices',
    version: n,
    state,
    contentHash: '5f70bf18a086'.repeat(5),
    mapping: { name: 'stripe-invoice', version: n > 14 ? 8 : 7 },
    note: n > 14 ? 'A surcharge for Switzerland' : `Change ${n}`,
    createdAt: ago(900),
    createdBy: 'Ines Ortega',
    submittedAt: null,
    submittedBy: null,
    approvedAt: n > 14 ? null : ago(700),
    approvedBy: n > 14 ? null : 'Admin One',
    underWaySince: null,
    share: null,
    liveSince: n > 14 ? null : ago(600),
    counted: n > 14 ? { messages: 0, ended: 0, exceptions: 0 } : counted,
    approver: 'finance-approver',
    approval: null,
    evidence: null,
    content: content(n, n > 14 ? mappingSource.replace('amount, 2)', 'amount + 150, 2)') : mappingSource),
    live: { ...content(14), counted },
    mayShare: { percent: true, entities: false, why: 'A record of the flow stripe-invoices gets its legal entity in the mapping.' },
    history: [{ releaseId: id('rel', n), version: n, at: ago(900), from: null, to: state, reason: null, by: 'Ines Ortega', details: {} }],
  };
};
const happened = (
  n: number,
  minutes: number,
  event: Pick<TimelineEvent, 'kind' | 'fact' | 'link'> & Partial<TimelineEvent>,
): TimelineEvent => ({
  id: `event ${n}`,
  at: ago(minutes),
  by: 'Ines Ortega',
  reason: null,
  ...event,
});
const polls = (state: 'succeeded' | 'failed', count: number, first: number, last: number) => ({
  kind: 'run' as const,
  by: 'schedule',
  link: `/runs/${id('run', 1)}`,
  fact: {
    code: 'runs' as const,
    run: 'poll' as const,
    state,
    count,
    firstAt: ago(first),
    lastAt: ago(last),
    read: count * 3,
    added: count * 2,
    error: state === 'failed' ? 'connect ECONNREFUSED' : null,
  },
});
/** What happened to stripe-invoices, over two days; the polls between are cut by the end of a page of five. */
export const timeline: TimelineEvent[] = [
  happened(1, 5, { kind: 'incident', by: null, link: '/connections/stripe', fact: { code: 'connection-failing', connection: 'stripe', silent: true, said: 'connect ECONNREFUSED' } }),
  happened(2, 8, polls('failed', 2, 9, 8)),
  happened(3, 12, { kind: 'credential', reason: 'The key was in a log', link: '/connections/stripe', fact: { code: 'connection-changed', connection: 'stripe', made: false, settings: ['apiBase'], secrets: ['apiKey'], forgotten: [] } }),
  happened(4, 20, { kind: 'release', reason: 'A surcharge', link: `/flows/stripe-invoices?tab=releases&release=${id('rel', 14)}`, fact: { code: 'release', version: 14, from: 'share', to: 'live', percent: null, entities: null } }),
  happened(5, 30, polls('succeeded', 3, 60, 30)),
  happened(6, 70, polls('succeeded', 4, 200, 70)),
  happened(7, 1500, { kind: 'pause', link: '/flows/stripe-invoices', fact: { code: 'flow-paused' } }),
  happened(8, 1600, { kind: 'mapping', link: '/mappings/stripe-invoice?tab=versions', fact: { code: 'mapping-saved', mapping: 'stripe-invoice', version: 7 } }),
  happened(9, 1700, { kind: 'table', link: '/tables/tax-code?tab=history&version=31', fact: { code: 'table-published', table: 'tax-code', version: 31 } }),
]; // prettier-ignore
export const comparison: Comparison = {
  triedAt: ago(0),
  newest: 500,
  found: 500,
  against: [{ flow: 'stripe-invoices', releaseId: id('rel', 14), version: 14, mapping: { name: 'stripe-invoice', version: 7 } }],
  notTried: [],
  tried: 500,
  unchanged: 488,
  changed: 12,
  worksNow: 0,
  failsNow: 0,
  movesMoney: 12,
  before: [{ currency: 'EUR', amount: '90071992547409.93' }],
  after: [{ currency: 'EUR', amount: '90071992547427.93' }],
  moved: [{ currency: 'EUR', amount: '18.00' }],
  flows: [{ flow: 'stripe-invoices', tried: 500, unchanged: 488, changed: 12, worksNow: 0, failsNow: 0, movesMoney: 12 }],
  fields: [{ path: '/lines/*/amount', shape: 'changed', count: 12, before: '10.00', after: '11.50' }],
  moreFields: false,
  documents: messages.slice(0, 3).map((message) => ({
    messageId: message.id,
    flow: 'stripe-invoices',
    title: message.title,
    receivedAt: message.receivedAt,
    outcome: 'changed',
    stops: { before: null, after: null },
    changes: [{ path: '/lines/0/amount', shape: 'changed', before: '10.00', after: '11.50' }],
    moreChanges: 0,
    money: {
      before: { amount: '10.00', currency: 'EUR' },
      after: { amount: '11.50', currency: 'EUR' },
      delta: { amount: '1.50', currency: 'EUR' },
    },
  })),
  documentsLeftOut: 9,
};
export const mapping: Mapping = {
  name: 'stripe-invoice',
  version: 7,
  source: mappingSource,
  versions: [7, 6, 5].map((n) => ({ ...version(n), draft: false })),
  usedBy: [{ flow: 'stripe-invoices', version: 7, produce: 'invoice@1' }],
};
export const samples: Sample[] = messages.slice(0, 6).map((message) => ({
  messageId: message.id,
  flow: message.flow,
  title: message.title,
  state: message.state,
  receivedAt: message.receivedAt,
  occurredAt: message.receivedAt,
  revision: '0',
  facts: { name: message.flow },
  delivery: {},
  input: { ...(JSON.parse(source) as object), number: message.title, status: 'open', created: 1763600000 },
  enriched: { entity: { zone: 'Europe/Berlin' }, account: { number: 'C-1001' } },
  output: JSON.parse(mapped),
  hash: '5f70bf18',
}));

export const tables: Table[] = [
  {
    name: 'tax-code',
    title: 'Tax codes',
    description: 'Tax code of the ledger by country and category',
    key: ['country', 'category'],
    columns: [
      { name: 'code', type: 'text', required: true, description: 'Code in the ERP' },
      { name: 'rate', type: 'decimal', required: true, description: 'Percent' },
      { name: 'reverseCharge', type: 'boolean', required: false },
    ],
    governed: false,
    approver: null,
    liveDrafts: 1,
    version: 31,
    rows: 5,
    usedBy: ['stripe-invoices', 'invoice-to-erp'],
    updatedAt: ago(900),
  },
  {
    name: 'legal-entity',
    title: 'Legal entities',
    description: 'Our companies',
    key: ['country'],
    columns: [
      { name: 'name', type: 'text', required: true },
      { name: 'zone', type: 'text', required: true },
      { name: 'closedOn', type: 'date', required: false },
    ],
    governed: true,
    approver: 'finance-approver',
    liveDrafts: 0,
    version: 4,
    rows: 2,
    usedBy: ['stripe-invoices'],
    updatedAt: ago(90_000),
  },
];
export const tableRows: TableRow[] = [
  {
    id: id('row', 1),
    key: { country: 'US', category: 'saas' },
    values: { code: 'US-NT', rate: '0', reverseCharge: 'false' },
    validFrom: null,
    validTo: null,
    createdAt: ago(90_000),
    createdBy: 'admin@example.test',
  },
  {
    id: id('row', 2),
    key: { country: 'FR', category: 'saas' },
    values: { code: 'FR-20', rate: '20.00', reverseCharge: 'true' },
    validFrom: '2026-01-01',
    validTo: null,
    createdAt: ago(80_000),
    createdBy: 'admin@example.test',
  },
  {
    id: id('row', 3),
    key: { country: 'JP', category: '*' },
    values: { code: 'JP-10', rate: '10.00', reverseCharge: null },
    validFrom: '2025-04-01',
    validTo: '2026-12-31',
    createdAt: ago(70_000),
    createdBy: 'api:sync',
  },
];

/** One row of the table tax-code, begun for an exception: open, on the version that the table has. */
export const draft: TableDraft = {
  id: id('drf', 1),
  table: 'tax-code',
  state: 'open',
  revision: 1,
  baseVersion: 31,
  reason: 'DE is taxed at 19 %',
  origin: 'exception',
  exceptionId: id('exc', 1),
  changes: 1,
  createdAt: ago(12),
  createdBy: 'Ines Ortega',
  changedAt: ago(12),
  changedBy: 'Ines Ortega',
  submittedAt: null,
  submittedBy: null,
  endedAt: null,
  endedBy: null,
  publishedVersion: null,
  tableVersion: 31,
  behind: false,
  approver: null,
  contentHash: '1f0c77aa'.repeat(8),
  counts: { added: 1, changed: 0, ended: 0, removed: 0, unchanged: 0, refused: 0 },
  conflicts: [],
  makers: [{ name: 'Ines Ortega', did: 'made the draft' }],
  approval: null,
  entries: [
    {
      index: 0,
      kind: 'added',
      key: { country: 'DE', category: 'saas' },
      validFrom: null,
      validTo: null,
      before: null,
      after: { code: 'DE-19', rate: '19.00', reverseCharge: null },
      cells: [
        { column: 'code', before: null, after: 'DE-19' },
        { column: 'rate', before: null, after: '19.00' },
      ],
      note: null,
      problems: [],
    },
  ],
  more: false,
};
export const impact: DraftImpact = {
  draftId: draft.id,
  contentHash: draft.contentHash,
  tableVersion: 31,
  triedAt: ago(1),
  exceptions: {
    matched: 3,
    tried: 3,
    clears: 3,
    money: [{ currency: 'EUR', amount: '12204.50' }],
    outcomes: [],
    causeKeys: ['table tax-code country DE, category saas'],
  },
  flows: [
    {
      flow: 'stripe-invoices',
      tried: 500,
      unchanged: 488,
      changed: 12,
      worksNow: 0,
      failsNow: 0,
      before: [{ currency: 'EUR', amount: '90071992547409.93' }],
      after: [{ currency: 'EUR', amount: '90071992547409.93' }],
      fields: [{ path: '/taxLines/*/taxCode', count: 12, before: 'DE-16', after: 'DE-19' }],
      examples: [{ messageId: id('msg', 1), title: 'INV-2026-0512', what: '/taxLines/*/taxCode: "DE-16" becomes "DE-19"' }],
    },
  ],
};
export const tableVersions: TableVersion[] = [
  {
    version: 31,
    at: ago(900),
    by: 'Ines Ortega',
    approvedBy: 'Admin One',
    reason: 'new rate in FR',
    draftId: id('drf', 9),
    begun: 1,
    retired: 1,
  },
  { version: 30, at: ago(9_000), by: 'api:sync', approvedBy: null, reason: 'CSV import', draftId: null, begun: 4, retired: 0 },
];
export const editable: EditableFields = {
  messageId: id('msg', 1),
  hash: '5f70bf18'.repeat(8),
  approver: 'finance-approver',
  waiting: null,
  fields: [
    {
      path: '/id',
      value: 'in_1QF0002',
      locked: 'It says which document this is, or whose; with another one it would be another document.',
      offending: false,
    },
    {
      path: '/total',
      value: 361350,
      locked: 'A number is an amount, a quantity or an instant; those come from the source.',
      offending: false,
    },
    { path: '/customer_address/country', value: 'DE', locked: null, offending: true },
    { path: '/customer_address/city', value: 'München', locked: null, offending: false },
  ],
};
export const editPreview: EditPreview = {
  changes: [{ path: '/customer_address/country', before: 'DE', after: 'AT', absent: false }],
  before: null,
  after: { legalEntity: 'DE', total: '3613.50' },
  beforeHash: '5f70bf18'.repeat(8),
  afterHash: '77aa1f0c'.repeat(8),
  contentHash: 'c0ffee00'.repeat(8),
  approver: 'finance-approver',
  tables: [{ name: 'tax-code', version: 31 }],
};
export const edit: PayloadEdit = {
  id: id('edt', 1),
  messageId: id('msg', 1),
  exceptionId: id('exc', 1),
  state: 'waiting',
  reason: 'a typing error',
  changes: editPreview.changes,
  beforeHash: editPreview.beforeHash,
  afterHash: editPreview.afterHash,
  contentHash: editPreview.contentHash,
  by: 'Admin One',
  at: ago(1),
  approvalId: id('apr', 7),
  decidedBy: null,
  decidedAt: null,
  decision: null,
  appliedAt: null,
  runId: null,
};

export const connectors: Connector[] = [
  {
    name: 'stripe',
    title: 'Stripe',
    summary: 'Billing: invoices, credit notes, payments and customers',
    vendorApi: '2026-10-28',
    documentation: '# Stripe',
    webhook: true,
    settings: {
      type: 'object',
      required: ['apiKey', 'mode'],
      properties: {
        apiKey: {
          type: 'string',
          title: 'Restricted API key',
          description: 'Read access to invoices, credit notes and charges',
          writeOnly: true,
          'x-secret': true,
        },
        webhookSecret: { type: 'string', title: 'Webhook signing secret', description: 'whsec_…', writeOnly: true, 'x-secret': true },
        mode: { enum: ['test', 'live'], title: 'Mode', default: 'test' },
        account: { type: 'string', title: 'Connected account' },
        pageSize: { type: 'integer', title: 'Rows a page', minimum: 1, maximum: 100, default: 100 },
        expandTax: { type: 'boolean', title: 'Read tax lines', default: true },
      },
    },
    streams: [
      {
        name: 'invoices',
        title: 'Invoices',
        summary: 'Every version of every invoice',
        kind: 'event-notice',
        polls: true,
        becomes: 'invoice',
      },
    ],
    operations: [],
    lookups: [],
    limits: { concurrency: 8, perSecond: 80, perDay: null, scope: 'account' },
  },
  {
    name: 'tryton',
    title: 'Tryton',
    summary: 'Open-source ERP: invoices, credit notes, payments, moves',
    vendorApi: '8.0',
    documentation: '# Tryton',
    webhook: false,
    settings: {
      type: 'object',
      required: ['url', 'database', 'auth'],
      properties: {
        url: { type: 'string', format: 'uri', title: 'Address' },
        database: { type: 'string', title: 'Database' },
        company: { type: 'integer', title: 'Company id' },
        auth: {
          title: 'Sign-in',
          oneOf: [
            {
              title: 'User application key',
              type: 'object',
              required: ['kind', 'key'],
              properties: { kind: { const: 'key' }, key: { type: 'string', title: 'Key', writeOnly: true } },
            },
            {
              title: 'User and password',
              type: 'object',
              required: ['kind', 'user', 'password'],
              properties: {
                kind: { const: 'password' },
                user: { type: 'string', title: 'User' },
                password: { type: 'string', title: 'Password', writeOnly: true },
              },
            },
          ],
        },
      },
    },
    streams: [],
    operations: [
      {
        name: 'invoice',
        title: 'Post an invoice',
        summary: 'Makes, posts and verifies a customer invoice',
        kind: 'financial-posting',
        document: 'invoice',
        effects: ['create', 'void'],
        idempotency: 'external id',
        input: { type: 'object' },
      },
    ],
    lookups: [],
    limits: { concurrency: 2, perSecond: null, perDay: null, scope: 'database' },
  },
];
export const connections: Connection[] = [
  {
    name: 'stripe',
    connector: 'stripe',
    description: 'The live billing account',
    state: 'on',
    system: 'stripe:acct_1Example',
    limits: { concurrency: 8, perSecond: 80, perDay: null, own: [] },
    settings: { apiKey: { set: true, at: ago(17_000) }, webhookSecret: { set: false }, mode: 'live', pageSize: 100, expandTax: true },
    webhookUrl: 'http://localhost:4180/v1/hooks/stripe',
    consent: null,
    flows: ['stripe-invoices'],
    health: { state: 'ok', since: ago(5000), detail: null, lastSuccessAt: ago(1) },
    updatedAt: ago(17_000),
    updatedBy: 'admin@example.test',
  },
  {
    name: 'erp-us',
    connector: 'tryton',
    description: 'US ledger',
    state: 'on',
    system: 'tryton:example:1',
    limits: { concurrency: 1, perSecond: null, perDay: null, own: ['concurrency'] },
    settings: { url: 'https://erp.example.test', database: 'example', auth: { kind: 'key', key: { set: true, at: ago(50_000) } } },
    webhookUrl: null,
    consent: null,
    flows: ['invoice-to-erp'],
    health: { state: 'failing', since: ago(35), detail: 'Three answers in a row were 503 Service Unavailable', lastSuccessAt: ago(36) },
    updatedAt: ago(50_000),
    updatedBy: 'admin@example.test',
  },
];

export const approvals: Approval[] = [
  {
    id: id('apr', 1),
    kind: 'message',
    messageId: messages[4]!.id,
    role: 'finance-approver',
    rule: 'large-amount',
    summary: 'Post INV-2026-0508 of USD 64,220.00 for Umber & Sons in tryton:example',
    state: 'open',
    contentHash: '9a5c5d1f'.repeat(8),
    content: JSON.parse(mapped),
    document: {
      title: 'INV-2026-0508',
      customer: 'Umber & Sons',
      flow: 'invoice-to-erp',
      legalEntity: 'US',
      amount: { amount: '64220.00', currency: 'USD' },
    },
    requestedBy: 'Waybill, by the rule large-amount',
    makers: [{ name: 'Ines Ortega', did: 'wrote version 7 of the mapping erp-invoice' }],
    ownPart: null,
    requestedAt: ago(50),
    decidedAt: null,
    decidedBy: null,
    usedAt: null,
    reason: null,
  },
];
/** What one approval shows beside what its list shows. */
export const approvalDetail = {
  previous: null,
  versions: { release: 14, mapping: 'erp-invoice 7', tables: [{ name: 'customer', version: 3 }] },
};
export const audit: AuditEntry[] = [
  {
    id: id('aud', 1),
    at: ago(15),
    actorKind: 'user',
    actor: 'admin@example.test',
    action: 'flow.saved',
    objectKind: 'flow',
    objectId: 'stripe-invoices',
    summary: 'Admin One saved flow stripe-invoices as release 14',
    reason: 'Tax lines by category',
    before: { version: 13, retry: { attempts: 5 } },
    after: { version: 14, retry: { attempts: 8 } },
    requestId: 'req-1',
    leaf: '5d'.repeat(32),
    sealSeq: 1204,
    seal: 87,
  },
  {
    id: id('aud', 2),
    at: ago(60),
    actorKind: 'api-key',
    actor: 'warehouse-sync',
    action: 'table.changed',
    objectKind: 'table',
    objectId: 'tax-code',
    summary: 'warehouse-sync wrote 2 rows of table tax-code',
    reason: null,
    before: null,
    after: { rows: 2 },
    requestId: 'req-2',
    leaf: '7e'.repeat(32),
    sealSeq: null,
    seal: null,
  },
];
export const auditStatus: AuditStatus = {
  lastSeal: { number: 87, lastSeq: 1204, sealedAt: ago(0.2), hash: '9c'.repeat(32), publicKey: '3f'.repeat(32) },
  unsealed: 1,
  lagSeconds: 0.4,
  copies: [
    { place: 'file', address: '/var/lib/waybill/audit-seals.jsonl', upTo: 87, behind: 0, at: ago(0.2), trouble: null, troubleSince: null },
    {
      place: 'http',
      address: 'https://archive.example.test/waybill',
      upTo: 80,
      behind: 7,
      at: ago(12),
      trouble: 'archive.example.test answered 503 to the PUT of seal 81',
      troubleSince: ago(11),
    },
  ],
  publicKey: '3f'.repeat(32),
};
export const users: User[] = [
  {
    id: id('usr', 1),
    email: 'admin@example.test',
    name: 'Admin One',
    roles: ['admin'],
    legalEntities: [],
    conflicts: [
      {
        roles: ['admin'],
        permissions: ['access.write', 'approval.decide'],
        sentence: 'The role Administrator alone may give out roles and approve documents.',
      },
    ],
    disabled: false,
    hasPassword: true,
    rolesFrom: 'waybill',
    provider: null,
    secondFactor: true,
    linkOpen: false,
    createdAt: ago(90_000),
    lastSeenAt: ago(0.5),
  },
  {
    id: id('usr', 2),
    email: 'jonas@example.test',
    name: 'Jonas Weber',
    roles: ['finance-operator', 'finance-approver'],
    legalEntities: ['US'],
    conflicts: [
      {
        roles: ['finance-operator', 'finance-approver'],
        permissions: ['message.replay', 'approval.decide'],
        sentence: 'Finance operator and Finance approver together may send a document again and approve it.',
      },
    ],
    disabled: false,
    hasPassword: false,
    rolesFrom: 'provider',
    provider: 'https://login.example.test',
    secondFactor: false,
    linkOpen: false,
    createdAt: ago(60_000),
    lastSeenAt: ago(4000),
  },
  {
    id: id('usr', 3),
    email: 'old@example.test',
    name: 'Former Colleague',
    roles: ['viewer'],
    legalEntities: [],
    conflicts: [],
    disabled: true,
    hasPassword: true,
    rolesFrom: 'waybill',
    provider: null,
    secondFactor: false,
    linkOpen: false,
    createdAt: ago(90_000),
    lastSeenAt: null,
  },
];
export const roles: Role[] = [
  {
    name: 'admin',
    title: 'Administrator',
    summary: 'Everything, access included',
    conflicts: [{ with: 'admin', sentences: ['The role Administrator alone may give out roles and approve documents.'] }],
    permissions: permissions.map((name) => ({ name, sentence: `May ${name.replace('.', ': ')}` })),
  },
  {
    name: 'finance-operator',
    title: 'Finance operator',
    summary: 'Works on exceptions and reference data',
    conflicts: [
      { with: 'finance-approver', sentences: ['Finance operator and Finance approver together may send a document again and approve it.'] },
    ],
    permissions: [
      { name: 'exception.work', sentence: 'May assign, snooze, comment on and resolve exceptions' },
      { name: 'message.replay', sentence: 'May replay messages' },
    ],
  },
  {
    name: 'finance-approver',
    title: 'Finance approver',
    summary: 'Decides on documents above the limit',
    conflicts: [
      { with: 'finance-operator', sentences: ['Finance operator and Finance approver together may send a document again and approve it.'] },
    ],
    permissions: [{ name: 'approval.decide', sentence: 'May approve and reject documents' }],
  },
  {
    name: 'viewer',
    title: 'Viewer',
    summary: 'Sees messages and flows',
    conflicts: [],
    permissions: [{ name: 'message.read', sentence: 'May see messages with their payloads' }],
  },
];
export const apiKeys: ApiKey[] = [
  {
    id: id('key', 1),
    name: 'warehouse-sync',
    prefix: 'wbk_7f3a',
    roles: ['finance-operator'],
    permissions: ['exception.work', 'message.replay'],
    serviceAccountId: null,
    serviceAccount: null,
    replacedBy: null,
    legalEntities: [],
    conflicts: [],
    createdAt: ago(50_000),
    createdBy: 'admin@example.test',
    expiresAt: null,
    lastUsedAt: ago(60),
    revokedAt: null,
  },
  {
    id: id('key', 2),
    name: 'old job',
    prefix: 'wbk_11c0',
    roles: ['viewer'],
    permissions: ['message.read'],
    serviceAccountId: null,
    serviceAccount: null,
    replacedBy: null,
    legalEntities: [],
    conflicts: [],
    createdAt: ago(80_000),
    createdBy: 'admin@example.test',
    expiresAt: ago(10),
    lastUsedAt: null,
    revokedAt: ago(100),
  },
];

export const sessions: Session[] = [
  {
    id: id('ses', 1),
    userId: id('usr', 1),
    user: 'Admin One',
    email: 'admin@example.test',
    method: 'password',
    address: '192.0.2.10',
    device: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    startedAt: ago(40),
    lastSeenAt: ago(0),
    expiresAt: ago(-680),
    current: true,
  },
  {
    id: id('ses', 2),
    userId: id('usr', 1),
    user: 'Admin One',
    email: 'admin@example.test',
    method: 'password',
    address: '198.51.100.7',
    device: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1',
    startedAt: ago(300),
    lastSeenAt: ago(12),
    expiresAt: ago(-420),
    current: false,
  },
];
export const serviceAccounts: ServiceAccount[] = [
  {
    id: id('sva', 1),
    name: 'warehouse',
    purpose: 'Reads invoices each night',
    permissions: ['canonical.read'],
    keys: 1,
    disabled: false,
    createdAt: ago(9_000),
    createdBy: 'Admin One',
  },
];

/** One flow promises something, and missed it. */
export const serviceLevels: ServiceLevel[] = [
  {
    flow: 'stripe-invoices',
    withinMs: 900_000,
    share: 99.5,
    state: 'missed',
    kept: 1_980,
    late: 20,
    keptShare: 99,
    dueBefore: ago(15),
    delayed: {
      count: 4,
      oldestAt: ago(4_000),
      ages: [
        { age: '0-1', count: 3 },
        { age: '1-3', count: 1 },
        { age: '3-7', count: 0 },
        { age: '7-30', count: 0 },
        { age: '30+', count: 0 },
      ],
    },
  },
];

export const months: MonthValue[] = [
  {
    month: '2026-11',
    posted: 1391,
    untouched: 1377,
    untouchedShare: 98.9,
    stopped: 14,
    stoppedHours: 61.5,
    medianHours: 2.3,
    found: { gaps: 3, settled: 2, amounts: [{ amount: '910.00', currency: 'USD' }] },
    daysToClose: null,
  },
  {
    month: '2026-10',
    posted: 12044,
    untouched: 12044,
    untouchedShare: 100,
    stopped: 0,
    stoppedHours: 0,
    medianHours: null,
    found: { gaps: 0, settled: 0, amounts: [] },
    daysToClose: 4,
  },
  { month: '2026-09', posted: 0, untouched: 0, untouchedShare: null, stopped: 0, stoppedHours: 0, medianHours: null, found: { gaps: 0, settled: 0, amounts: [] }, daysToClose: null },
]; // prettier-ignore

export const overview: Overview = {
  asOf: ago(0),
  mine: {
    exceptions: { count: 2, overdue: 1, oldestAt: ago(640), amounts: [{ amount: '1200.50', currency: 'EUR' }] },
    approvals: { count: 1, oldestAt: ago(50) },
  },
  attention: [
    {
      kind: 'exceptions',
      severity: 'high',
      title: '3 documents: no tax code for country DE and category saas',
      detail: 'Add the row to the table tax-code, then replay',
      fact: {
        code: 'exceptions',
        documents: 3,
        late: 0,
        cause: 'no tax code for country DE and category saas',
        remedy: 'Add the row to the table tax-code, then replay',
        owners: 0,
      },
      since: ago(640),
      amounts: [{ amount: '48211.20', currency: 'EUR' }],
      owner: null,
      link: '/exceptions?causeKey=tax-code:DE:saas',
    },
    {
      kind: 'connection',
      severity: 'high',
      title: 'erp-us is failing',
      detail: 'Three answers in a row were 503 Service Unavailable',
      fact: { code: 'connection-failing', connection: 'erp-us', said: 'Three answers in a row were 503 Service Unavailable' },
      since: ago(35),
      amounts: [],
      link: '/connections/erp-us',
    },
    {
      kind: 'approval',
      severity: 'medium',
      title: '1 document to approve',
      detail: 'A rule holds them until somebody decides.',
      fact: { code: 'approvals', count: 1 },
      since: ago(50),
      amounts: [{ amount: '64220.00', currency: 'USD' }],
      link: '/approvals',
    },
    {
      kind: 'paused',
      severity: 'medium',
      title: 'One flow or connection is paused',
      detail: 'Messages keep coming in and wait.',
      fact: { code: 'paused', count: 1 },
      since: ago(120),
      amounts: [],
      link: '/flows/invoice-to-erp',
    },
  ],
  numbers: {
    received: 1482,
    posted: 1391,
    exceptions: exceptions.length,
    underway: 87,
    notYetPosted: [
      { amount: '182220.10', currency: 'USD' },
      { amount: '48211.20', currency: 'EUR' },
      { amount: '912000', currency: 'JPY' },
    ],
    postedAmounts: [{ amount: '1204112.05', currency: 'USD' }],
  },
  postedByLedger: [
    {
      ledger: 'tryton:example:1',
      connection: 'erp-us',
      documents: 912,
      amounts: [{ amount: '1204112.05', currency: 'USD' }],
      lastAt: ago(4),
    },
    {
      ledger: 'tryton:example:2',
      connection: 'erp-eu',
      documents: 479,
      amounts: [
        { amount: '388120.75', currency: 'EUR' },
        { amount: '12004000', currency: 'JPY' },
      ],
      lastAt: ago(9),
    },
  ],
  throughput: Array.from({ length: 24 }, (_, n) => ({
    at: ago((24 - n) * 60),
    received: 30 + ((n * 37) % 60),
    posted: 28 + ((n * 31) % 55),
    exceptions: n % 6 === 2 ? 4 : 0,
  })),
  flows: flowItems.map((flow) => ({
    name: flow.name,
    state: flow.state,
    posted: flow.counts['posted'] ?? 0,
    exceptions: flow.counts['exception'] ?? 0,
    underway: 5,
    p95Seconds: 1.82,
    lastAt: flow.lastMessageAt,
  })),
  connections: connections.map((connection) => ({
    name: connection.name,
    connector: connection.connector,
    state: connection.health.state,
    detail: connection.health.detail,
  })),
  changes: [{ at: ago(300), summary: 'Flow stripe-invoices: release 14' }],
};

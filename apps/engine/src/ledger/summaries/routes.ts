/** What becomes of usage: meters, summaries, seals, the trace of an event and the control. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Count, Day, Id, Instant, Maybe, Name, Page, pageQuery, ProblemItem } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { Dimensions, oneOf, Period, Quantity } from './fields.js';
import { aggregates } from './meters/definition.js';
import { steps } from './trace/path.js';

const paged = { limit: pageQuery.limit, cursor: pageQuery.cursor };
const EventId = Type.String({ pattern: '^ue_[1-9][0-9]{0,18}$', description: 'A usage event', examples: ['ue_65536'] });
const SummaryId = Type.String({
  pattern: '^(usm_[0-9a-z]{26}|open_[0-9a-f]{32})$',
  description: 'A summary; `open_…` while its period is not sealed',
});

const Meter = Type.Object({
  name: Name('The meter'),
  version: Type.Integer(),
  active: Type.Boolean({ description: 'Open periods are counted by the active version' }),
  description: Type.String(),
  events: Type.Array(Type.String(), { description: 'Types of usage events that it counts' }),
  aggregate: oneOf(aggregates),
  unit: Maybe(Type.String()),
  hash: Type.String({ description: 'SHA-256 over what the file says' }),
  note: Maybe(Type.String()),
  createdAt: Instant('When it was saved'),
  createdBy: Type.String(),
  behind: Count('Rolls that it has not counted yet'),
});
const MeterWithFile = Type.Composite([Meter, Type.Object({ yaml: Type.String(), definition: AnyJson })]);
const meterBody = {
  yaml: Type.String({ maxLength: 20_000, description: 'The meter file' }),
  note: Type.Optional(Type.String({ maxLength: 500, description: 'Why; kept with the version' })),
};

const Summary = Type.Object({
  id: SummaryId,
  state: oneOf(['open', 'sealed', 'adjustment'], '`open`: computed from what is counted by now'),
  kind: oneOf(['period', 'adjustment', 'credit-request']),
  meter: Type.String(),
  meterVersion: Type.Integer(),
  aggregate: oneOf(aggregates),
  period: Type.String({ description: 'Where it is billed' }),
  usedIn: Type.String({ description: 'Where it was used; an earlier period for an adjustment' }),
  from: Instant('Start of `period`, included'),
  to: Instant('End, not included'),
  customer: Type.String(),
  subscription: Maybe(Type.String()),
  plan: Maybe(Type.String()),
  region: Maybe(Type.String()),
  legalEntity: Maybe(Type.String()),
  dimensions: Dimensions,
  quantity: Quantity,
  unit: Maybe(Type.String()),
  eventCount: Count('Events behind it'),
  added: Count('Events that it adds'),
  removed: Count('Events that an adjustment takes away'),
  digest: Maybe(Type.String({ description: 'SHA-256 over the content hashes of its events; null while open' })),
  roll: Type.String({ description: 'Events that were rolled up by then are in it' }),
  adjusts: Maybe(Type.String({ description: 'The summary that an adjustment follows' })),
  canonicalId: Maybe(Type.String()),
  sealedAt: Maybe(Instant('When')),
});
const Document = Type.Object({
  summary: Type.String(),
  message: Type.String(),
  flow: Type.String(),
  state: Type.String(),
  documentNumber: Maybe(Type.String()),
  reason: Maybe(Type.String()),
});
const Adjustment = Type.Composite([
  Summary,
  Type.Object({ documents: Type.Array(Document, { description: 'Documents that it touches' }) }),
]);

const Compared = Type.Object({
  events: Count('Events that it counts'),
  subjects: Count('Whose'),
  unreadable: Type.Array(
    Type.Object({ reason: Type.String(), events: Type.Integer(), example: Maybe(Type.String()) }),
    { description: 'What it wants and cannot read' },
  ),
}); // prettier-ignore

/** What a list of summaries, or a file of them, is asked for. */
export const summaryFilter = {
  customer: Type.Optional(Type.String({ maxLength: 255 })),
  meter: Type.Optional(Name('The meter')),
  period: Type.Optional(Period),
  state: Type.Optional(oneOf(['open', 'sealed', 'adjustment'])),
};

export const usageSummaryRoutes = defineRoutes({
  listMeters: { method: 'GET', path: '/v1/usage/meters', summary: 'Meters, with their active version', permission: 'usage.read', response: Page(Meter) },
  getMeter: {
    method: 'GET',
    path: '/v1/usage/meters/{name}',
    summary: 'One meter with its file and its versions',
    permission: 'usage.read',
    params: Type.Object({ name: Name('The meter') }),
    query: Type.Object({ version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Another than the active one' })) }),
    response: Type.Composite([MeterWithFile, Type.Object({ versions: Type.Array(Meter) })]),
  },
  putMeter: {
    method: 'PUT',
    path: '/v1/usage/meters/{name}',
    summary: 'Save a version of a meter. Every problem is told at once',
    permission: 'meter.write',
    params: Type.Object({ name: Name('The meter') }),
    body: Type.Object(
      { ...meterBody, activate: Type.Optional(Type.Boolean({ default: true, description: 'Make it the active version' })) },
      { additionalProperties: false },
    ),
    textBody: ['application/yaml', 'text/yaml'],
    response: MeterWithFile,
  },
  activateMeter: {
    method: 'POST',
    path: '/v1/usage/meters/{name}/activate',
    summary: 'Make a version the active one: open periods are counted anew by it, sealed ones stay as they are',
    permission: 'meter.write',
    params: Type.Object({ name: Name('The meter') }),
    body: Type.Object({ version: Type.Integer({ minimum: 1, maximum: 1_000_000 }), note: meterBody.note }, { additionalProperties: false }),
    response: MeterWithFile,
  },
  previewMeter: {
    method: 'POST',
    path: '/v1/usage/meters/{name}/preview',
    summary: 'What a version would make of past events, beside the active one. Nothing is saved; the newest 200,000 events at most are read',
    permission: 'usage.read',
    params: Type.Object({ name: Name('The meter') }),
    body: Type.Object(
      { yaml: meterBody.yaml, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92, default: 31, description: 'Usage of so many days' })) },
      { additionalProperties: false },
    ),
    response: Type.Object({
      ok: Type.Boolean(),
      problems: Type.Array(ProblemItem),
      looked: Count('Events that were read'),
      now: Maybe(Compared),
      then: Maybe(Compared),
      differences: Type.Array(
        Type.Object({ subject: Type.String(), dimensions: Dimensions, now: Maybe(Quantity), then: Maybe(Quantity) }),
        { description: 'Quantities that would change, at most 50' },
      ),
    }),
  },

  listSummaries: {
    method: 'GET',
    path: '/v1/usage/summaries',
    summary: 'Usage by customer, meter and period, newest period first',
    permission: 'usage.read',
    query: Type.Object({
      ...paged,
      ...summaryFilter,
    }),
    response: Page(Summary),
  },
  getSummary: {
    method: 'GET',
    path: '/v1/usage/summaries/{id}',
    summary: 'One summary, with the documents that were made of it',
    permission: 'usage.read',
    params: Type.Object({ id: SummaryId }),
    response: Type.Composite([Summary, Type.Object({ documents: Type.Array(Document) })]),
  },
  listSummaryEvents: {
    method: 'GET',
    path: '/v1/usage/summaries/{id}/events',
    summary: 'The exact events of a summary, in the order of the ledger',
    permission: 'usage.read',
    params: Type.Object({ id: SummaryId }),
    query: Type.Object(paged),
    response: Page(
      Type.Object({
        event: EventId,
        effect: oneOf(['added', 'removed']),
        kind: oneOf(['event', 'correction']),
        source: Type.String(),
        id: Type.String({ description: 'Its id at its source' }),
        type: Type.String(),
        subject: Maybe(Type.String()),
        occurredAt: Instant('When it was used'),
        receivedAt: Instant('When it was committed here'),
        value: Maybe(Type.String({ description: 'What the meter reads' })),
      }),
    ),
  },
  verifySummary: {
    method: 'GET',
    path: '/v1/usage/summaries/{id}/verify',
    summary: 'Count and sum the events of a summary again, and make its digest again',
    permission: 'usage.read',
    params: Type.Object({ id: SummaryId }),
    response: Type.Object({
      ok: Type.Boolean(),
      differs: Type.Array(oneOf(['added', 'removed', 'quantity', 'digest'])),
      found: Type.Object({ added: Type.Integer(), removed: Type.Integer(), quantity: Quantity, digest: Maybe(Type.String()) }),
      summary: Summary,
    }),
  },
  sealPeriod: {
    method: 'POST',
    path: '/v1/usage/periods/{period}/seal',
    summary: 'Seal a period: its summaries are fixed and go into the hub, with what came too late for earlier ones. With `dryRun` a preview',
    permission: 'usage.seal',
    // Which periods there are says the meter, so a name that is none is told by the handler.
    params: Type.Object({ period: Type.String({ minLength: 1, maxLength: 255, description: 'A month, 2026-10, or a day, 2026-10-03', examples: ['2026-10'] }) }),
    body: Type.Object(
      {
        meter: Type.Optional(Name('One meter; all that have such a period when left out')),
        dryRun: Type.Optional(Type.Boolean({ default: false })),
        reason: Type.Optional(Type.String({ maxLength: 500 })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      dryRun: Type.Boolean(),
      items: Type.Array(
        Type.Object({
          seal: Maybe(Id('usl', 'The seal; null for a preview')),
          meter: Type.String(),
          meterVersion: Type.Integer(),
          period: Type.String(),
          from: Instant('Start'),
          to: Instant('End, not included'),
          roll: Type.String(),
          summaries: Count('Summaries of the period'),
          unattributed: Count('Events that nobody is known to pay for'),
          unreadable: Count('Events that the meter cannot read'),
          items: Type.Array(Summary, { description: 'The first 200 that the caller may see' }),
          adjustments: Type.Array(Adjustment, { description: 'What came too late for earlier periods' }),
        }),
      ),
    }),
  },
  listSeals: {
    method: 'GET',
    path: '/v1/usage/seals',
    summary: 'Seals of periods, newest period first, at most 200',
    permission: 'usage.read',
    query: Type.Object({ meter: Type.Optional(Name('The meter')), period: Type.Optional(Period) }),
    response: Page(
      Type.Object({
        id: Id('usl', 'The seal'),
        meter: Type.String(),
        meterVersion: Type.Integer(),
        period: Type.String(),
        from: Instant('Start'),
        to: Instant('End, not included'),
        roll: Type.String(),
        summaries: Count('Summaries'),
        unattributed: Count('Events that nobody was known to pay for'),
        sealedAt: Instant('When'),
        sealedBy: Type.String(),
        reason: Maybe(Type.String()),
      }),
    ),
  },
  listPendingAdjustments: {
    method: 'GET',
    path: '/v1/usage/adjustments',
    summary: 'What came too late for a sealed period and waits for the next seal, with the documents that it touches; at most 200',
    permission: 'usage.read',
    query: Type.Object({ meter: Type.Optional(Name('The meter')) }),
    response: Page(Adjustment),
  },
  listUnattributed: {
    method: 'GET',
    path: '/v1/usage/unattributed',
    summary: 'Usage that nobody is known to pay for, with what it is worth where the table usage-prices says so. Nothing for whoever may not see what is unassigned',
    permission: 'usage.read',
    query: Type.Object({ ...paged, meter: Type.Optional(Name('The meter')), period: Type.Optional(Period) }),
    response: Page(
      Type.Object({
        subject: Maybe(Type.String()),
        meter: Type.String(),
        meterVersion: Type.Integer(),
        period: Type.String(),
        dimensions: Dimensions,
        quantity: Quantity,
        unit: Maybe(Type.String()),
        eventCount: Type.Integer(),
        firstSeen: Day('First day of use'),
        lastSeen: Day('Last day of use'),
        reason: oneOf(['unknown', 'ambiguous'], '`ambiguous`: several customers or subscriptions have this name'),
        atRisk: Maybe(Type.Object({ amount: Type.String(), currency: Type.String() }, { description: 'A hint, never billed' })),
      }),
    ),
  },
  listUnreadable: {
    method: 'GET',
    path: '/v1/usage/unreadable',
    summary: 'Events that a meter wants and cannot read: no value, no number, too long. Nothing for whoever may not see what is unassigned',
    permission: 'usage.read',
    query: Type.Object({ ...paged, meter: Type.Optional(Name('The meter')) }),
    response: Page(
      Type.Object({
        event: EventId,
        meter: Type.String(),
        meterVersion: Type.Integer(),
        subject: Maybe(Type.String()),
        reason: Type.String(),
        said: Maybe(Type.String({ description: 'What stands there' })),
        from: Instant('Start of the hour or day that it was used in'),
      }),
    ),
  },
  traceUsageEvent: {
    method: 'GET',
    path: '/v1/usage/trace/{id}',
    summary: 'From an event to its corrections, the summaries that hold it, and the documents made of them',
    permission: 'usage.read',
    params: Type.Object({ id: EventId }),
    response: Type.Object({
      event: EventId,
      chain: Type.Array(
        Type.Object({
          event: EventId,
          kind: oneOf(['event', 'correction', 'cancellation']),
          type: Type.String(),
          subject: Maybe(Type.String()),
          reason: Maybe(Type.String()),
          roll: Maybe(Type.String({ description: 'Null while it waits for the roll-up' })),
          receivedAt: Instant('When it was committed here'),
          occurredAt: Instant('When it was used'),
        }),
      ),
      summaries: Type.Array(
        Type.Object({
          event: EventId,
          summary: Id('usm', 'The summary'),
          kind: oneOf(['period', 'adjustment', 'credit-request']),
          meter: Type.String(),
          period: Type.String(),
          usedIn: Type.String(),
          effect: oneOf(['added', 'removed']),
          quantity: Quantity,
        }),
      ),
      documents: Type.Array(Document),
    }),
  },
  explainBilling: {
    method: 'GET',
    path: '/v1/usage/events/{id}/billing',
    summary: 'Why is this not billed? The way of an event to a document, and the first thing that stops it',
    permission: 'usage.read',
    params: Type.Object({ id: EventId }),
    response: Type.Object({
      event: EventId,
      inForce: Maybe(EventId),
      meters: Type.Array(
        Type.Object({
          meter: Maybe(Type.String({ description: 'Null when no meter wants it' })),
          billed: Type.Boolean(),
          stopsAt: Maybe(oneOf(steps)),
          because: Maybe(Type.String()),
          remedy: Maybe(Type.String()),
          path: Type.Array(Type.Object({ step: oneOf(steps), done: Type.Boolean(), detail: Type.String(), remedy: Type.Optional(Type.String()) })),
        }),
      ),
    }),
  },
  getUsageControl: {
    method: 'GET',
    path: '/v1/usage/control',
    summary: 'Does the ledger add up? Accepted = ledgered = summarised + unattributed + unused + unreadable + taken back, as far as it was checked; and the lag',
    permission: 'usage.read',
    response: Type.Object({
      ok: Type.Boolean(),
      lag: Type.Object({
        roll: Type.String(),
        waitingCommits: Count('Commits that wait for the roll-up'),
        waitingEvents: Count('Their events'),
        oldestSeconds: Type.Number({ description: 'Age of the oldest of them' }),
        meters: Type.Array(Type.Object({ meter: Type.String(), version: Type.Integer(), behind: Type.Integer() }), { description: 'Versions that still count the past' }),
      }),
      events: Type.Object({
        accepted: Count('What the doors said yes to'),
        ledgered: Count('What lies in the ledger'),
        summarised: Count('Counted, and somebody pays for it'),
        unattributed: Count('Counted, and nobody is known to pay for it'),
        unused: Count('Wanted by no meter'),
        unreadable: Count('Wanted, and read by no meter'),
        takenBack: Count('Corrected or cancelled, and cancellations'),
        difference: Count('On one side and not on the other; 0 is green'),
      }),
      streams: Type.Object({
        read: Count('Records that were read from streams'),
        accepted: Count('Events of them that are new'),
        duplicates: Count('Records that were there already'),
        conflicts: Count('Events whose source and id are there with other content'),
        refused: Count('Records that cannot go into the ledger, and are kept'),
        open: Count('Kept records that nobody has answered, stretches that were lost among them'),
        difference: Count('Records that are neither in the ledger nor kept; 0 is green'),
      }),
      meters: Type.Array(
        Type.Object({
          meter: Type.String(),
          version: Type.Integer(),
          counted: Count('Events, counted from the ledger'),
          booked: Count('Events in its buckets'),
          unreadable: Count('Events that it cannot read, from the ledger'),
          listed: Count('The same, as it lists them'),
        }),
      ),
      differences: Type.Array(
        Type.Object({ slice: Type.String(), difference: Type.Integer(), facts: Type.Record(Type.String(), Type.String()), checkedAt: Instant('When') }),
      ),
      slices: Count('Slices that it is checked in'),
      due: Count('Slices that changed since they were checked'),
      oldestCheckAt: Maybe(Instant('The check that is longest ago')),
    }),
  },
}); // prettier-ignore

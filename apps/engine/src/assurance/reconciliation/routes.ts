import { Type } from '@sinclair/typebox';
import { comparable } from '../../catalog/index.js';
import { AnyJson, Count, Day, Id, Instant, Maybe, Name, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { gapKinds } from './causes.js';

const Decimal = (description: string) => Type.String({ description: `Decimal text: ${description}` });
const oneOf = (values: readonly string[], description?: string) =>
  Type.Union(
    values.map((one) => Type.Literal(one)),
    description === undefined ? {} : { description },
  );
const Period = Type.String({ description: 'A month', pattern: '^(19|20|21)\\d\\d-(0[1-9]|1[0-2])$', examples: ['2026-10'] });
const Reason = Type.String({ minLength: 3, maxLength: 500, description: 'Why; it stands in the audit log' });
const closed = { additionalProperties: false } as const;

const Run = Type.Object({
  id: Id('ctr', 'The run'),
  control: Name('The control'),
  version: Type.Integer({ description: 'Version of the control that ran' }),
  period: Period,
  starts: Day('First day of the period'),
  ends: Day('Last day of the period'),
  day: Day('The day it ran for, in the time zone of the control'),
  legalEntity: Type.String(),
  kind: oneOf(['daily', 'demand']),
  state: oneOf(['running', 'done', 'failed']),
  startedBy: Type.String(),
  startedAt: Instant('When'),
  endedAt: Maybe(Instant('When')),
  erpCutOff: Maybe(Instant('The ERP is told as it was from here on')),
  billingCutOff: Maybe(Instant('Billing is told as it was at this instant; in a run of usage, from here on')),
  ledgerCutOff: Maybe(Instant('The usage ledger is told as it was at this instant')),
  matched: Count('Documents, or summaries of usage, that are the same on both sides'),
  gaps: Count('Differences that the engine cannot explain by itself'),
  openGaps: Count('Of these, those that nobody has accepted'),
  drift: Count('Of these, changes that somebody made in the ERP after posting'),
  gapsLeft: Count('Gaps beyond the number that a run keeps; they are in the sums'),
  rowsKept: Type.Boolean({ description: 'The copies of both sides are still there' }),
  error: Maybe(Type.String()),
});
const Checkpoint = Type.Object({
  id: Id('chk', 'The checkpoint'),
  control: Name('The control'),
  period: Period,
  runId: Id('ctr', 'The run that was signed'),
  state: oneOf(['prepared', 'locked', 'reopened', 'void']),
  contentHash: Type.String({ description: 'Hash of what was signed: sums, bars, gaps and what was said to them' }),
  comment: Maybe(Type.String()),
  preparedBy: Type.String(),
  preparedAt: Instant('When'),
  reviewedBy: Maybe(Type.String()),
  reviewedAt: Maybe(Instant('When')),
  reviewComment: Maybe(Type.String()),
  reopenedBy: Maybe(Type.String()),
  reopenedAt: Maybe(Instant('When')),
  reopenReason: Maybe(Type.String()),
});
const RunDetail = Type.Composite([
  Run,
  Type.Object({
    totals: Type.Array(
      Type.Object({
        legalEntity: Type.String(),
        currency: Type.String(),
        billingRows: Count('Documents of billing'),
        erpRows: Count('Documents of the ERP'),
        billing: Decimal('sum of billing'),
        erp: Decimal('sum of the ERP'),
        difference: Decimal('`erp` less `billing`; the bars sum to it'),
        billingTax: Decimal('tax of billing'),
        erpTax: Decimal('tax of the ERP'),
      }),
    ),
    bars: Type.Array(
      Type.Object({ legalEntity: Type.String(), currency: Type.String(), kind: oneOf(gapKinds), gaps: Count('Gaps'), amount: Decimal('what they add to the difference') }),
      { description: 'What leads from the sum of billing to that of the ERP' },
    ),
    quantities: Type.Array(
      Type.Object({
        legalEntity: Type.String(),
        meter: Name('The meter'),
        unit: Maybe(Type.String({ description: 'Of every quantity beside it' })),
        summaries: Count('Sealed summaries'),
        countedDays: Count('Customers and days on which billing counts something'),
        ledger: Decimal('sum of the summaries'),
        billing: Decimal('sum of what billing counts'),
        difference: Decimal('`billing` less `ledger`; the bars sum to it'),
      }),
      { description: 'Of a control of usage. Quantities have the unit of their meter; they are in no sum of money, and in no other meter’s' },
    ),
    quantityBars: Type.Array(
      Type.Object({ legalEntity: Type.String(), meter: Name('The meter'), kind: oneOf(gapKinds), gaps: Count('Gaps'), quantity: Decimal('what they add to the difference') }),
      { description: 'What leads from the sum of the ledger to that of billing' },
    ),
    contentHash: Maybe(Type.String({ description: 'Hash of this result, to sign it with; null until the run has ended' })),
    checkpoints: Type.Array(Checkpoint, { description: 'Of this control and period, newest first' }),
  }),
]); // prettier-ignore
const Side = Type.Object({
  id: Type.String({ description: 'Id on that side: of billing the canonical object' }),
  number: Maybe(Type.String()),
  amount: Decimal('what it comes to'),
  tax: Maybe(Decimal('tax in it')),
  currency: Type.String(),
  date: Day('Accounting date'),
  state: oneOf(['live', 'void']),
});
const UsageSides = Type.Object({
  meter: Name('The meter'),
  unit: Maybe(Type.String({ description: 'Of the quantities, and of `difference`' })),
  customer: Type.String({ description: 'Id of the customer in billing' }),
  day: Day('Of UTC: billing counts by these'),
  ledger: Maybe(
    Type.Object({
      summary: Id('usm', 'The summary'),
      kind: oneOf(['period', 'adjustment']),
      period: Type.String({ description: 'Where it is billed' }),
      quantity: Decimal('what it comes to'),
      sentQuantity: Maybe(Decimal('what it was sent as')),
    }),
  ),
  billing: Maybe(Type.Object({ quantity: Decimal('what billing counts on that day'), summaries: Count('Summaries of that day among it') })),
});
const Gap = Type.Object({
  id: Id('gap', 'The gap'),
  runId: Id('ctr', 'The run'),
  kind: oneOf(gapKinds),
  cause: Type.String({
    description: 'Why, as a word: deleted-in-erp, edited-in-erp, doubled-in-erp, voided-in-erp, stopped, refused, sent-otherwise …',
  }),
  drift: Type.Boolean({ description: 'Somebody changed it in the ERP after it was posted' }),
  legalEntity: Type.String(),
  currency: Maybe(Type.String({ description: 'Null for a gap of usage: its difference is a quantity' })),
  difference: Decimal('what it adds to the ERP less billing, in `currency`; of usage, to billing less the ledger, in `usage.unit`'),
  type: Type.String({ description: 'invoice, credit-memo, payment, refund, usage-summary' }),
  number: Maybe(Type.String({ description: 'Its number in billing; of usage the id of the summary' })),
  sentence: Type.String({ description: 'What is different, and why' }),
  remedy: Type.String({ description: 'What to do about it; of a document that stopped that of its exception' }),
  why: Type.Union([Type.String(), Type.Null()], {
    description: 'The words of its message or exception, as they are now',
    'x-permission': 'exception.read',
  }),
  also: Type.Array(Type.String(), { description: 'What else differs' }),
  billing: Maybe(Side),
  erp: Maybe(Side),
  usage: Maybe(UsageSides),
  link: Maybe(Type.Object({ kind: oneOf(['message', 'exception', 'document', 'summary']), id: Type.String() })),
  explained: Type.Boolean({ description: 'The engine knows why it is right as it is' }),
  accepted: Maybe(Type.Object({ as: oneOf(['timing', 'explained']), reason: Type.String(), by: Type.String(), at: Instant('When') })),
});
const Control = Type.Object({
  name: Name('The control'),
  version: Type.Integer(),
  state: oneOf(['on', 'paused']),
  description: Type.String(),
  compare: oneOf(comparable),
  legalEntity: Type.String(),
  connection: Type.String({ description: 'The ERP that is read back; of usage the billing platform' }),
  daily: Type.Object({ at: Type.String(), timeZone: Type.String(), months: Type.Integer() }),
  createdAt: Instant('When this version was saved'),
  createdBy: Type.String(),
  newest: Maybe(Run),
});
const ControlDetail = Type.Composite([Control, Type.Object({ yaml: Type.String(), definition: AnyJson, note: Maybe(Type.String()) })]);
const NameParam = Type.Object({ name: Name('The control') });
const RunParam = Type.Object({ id: Id('ctr', 'The run') });
const GapParam = Type.Object({ id: Id('gap', 'The gap') });
const CheckpointParam = Type.Object({ id: Id('chk', 'The checkpoint') });
const gapFilter = {
  kind: Type.Optional(oneOf(gapKinds)),
  state: Type.Optional(oneOf(['open', 'settled'])),
  drift: Type.Optional(Type.Boolean()),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  meter: Type.Optional(Name('The meter')),
  q: Type.Optional(Text('A number, an id, or words of the sentence', 200)),
};

export const reconciliationRoutes = defineRoutes({
  listControls: {
    method: 'GET',
    path: '/v1/controls',
    summary: 'Controls with their newest runs',
    permission: 'control.read',
    response: Page(Control),
  },
  getControlBoard: {
    method: 'GET',
    path: '/v1/control-board',
    summary: 'The newest run of each control, period and day',
    permission: 'control.read',
    query: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 62, default: 14 })) }),
    response: Page(Run),
  },
  getControl: {
    method: 'GET',
    path: '/v1/controls/{name}',
    summary: 'One control with its file',
    permission: 'control.read',
    params: NameParam,
    response: ControlDetail,
  },
  putControl: {
    method: 'PUT',
    path: '/v1/controls/{name}',
    summary: 'Save a control file; every problem at once when it has some',
    permission: 'control.write',
    params: NameParam,
    body: Type.Object({ yaml: Type.String({ maxLength: 20_000 }), note: Type.Optional(Type.String({ maxLength: 500 })) }, closed),
    textBody: ['application/yaml', 'text/yaml'],
    response: ControlDetail,
  },
  pauseControl: {
    method: 'POST',
    path: '/v1/controls/{name}/pause',
    summary: 'Stop the daily runs of a control',
    permission: 'control.write',
    params: NameParam,
    response: ControlDetail,
  },
  resumeControl: {
    method: 'POST',
    path: '/v1/controls/{name}/resume',
    summary: 'Let a control run daily again',
    permission: 'control.write',
    params: NameParam,
    response: ControlDetail,
  },
  startControlRun: {
    method: 'POST',
    path: '/v1/controls/{name}/runs',
    summary: 'Run a control now; the run goes on in the background',
    permission: 'control.run',
    params: NameParam,
    body: Type.Object({ period: Type.Optional(Period) }, { ...closed, description: 'Without a period: this month' }),
    response: RunDetail,
  },
  listControlRuns: {
    method: 'GET',
    path: '/v1/control-runs',
    summary: 'Runs of controls, newest first',
    permission: 'control.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      control: Type.Optional(Name('The control')),
      period: Type.Optional(Period),
    }),
    response: Page(Run),
  },
  getControlRun: {
    method: 'GET',
    path: '/v1/control-runs/{id}',
    summary: 'One run: sums by legal entity and currency, or by meter, what leads from one side to the other, and its sign-off',
    permission: 'control.read',
    params: RunParam,
    response: RunDetail,
  },
  listGaps: {
    method: 'GET',
    path: '/v1/control-runs/{id}/gaps',
    summary: 'Gaps of a run, down to the document, each with its cause and remedy',
    permission: 'control.read',
    params: RunParam,
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor, ...gapFilter }),
    response: Page(Gap),
  },
  exportGaps: {
    method: 'GET',
    path: '/v1/control-runs/{id}/gaps/export',
    summary: 'The gaps of a run as CSV; numbers stay numbers, and no text is a formula',
    permission: 'control.read',
    params: RunParam,
    query: Type.Object(gapFilter),
    produces: 'text/csv',
    response: Type.String(),
  },
  acceptGap: {
    method: 'POST',
    path: '/v1/gaps/{id}/accept',
    summary: 'Say why a gap is right as it is; it holds for the same gap in later runs',
    permission: 'control.work',
    params: GapParam,
    body: Type.Object({ as: oneOf(['timing', 'explained']), reason: Reason }, closed),
    response: Gap,
  },
  withdrawGap: {
    method: 'POST',
    path: '/v1/gaps/{id}/withdraw',
    summary: 'Take back that a gap was accepted',
    permission: 'control.work',
    params: GapParam,
    body: Type.Object({ reason: Reason }, closed),
    response: Gap,
  },
  prepareCheckpoint: {
    method: 'POST',
    path: '/v1/control-runs/{id}/prepare',
    summary: 'Sign a run as its preparer; no gap may be open',
    permission: 'control.work',
    params: RunParam,
    body: Type.Object({ contentHash: Type.String({ maxLength: 100 }), comment: Type.Optional(Type.String({ maxLength: 500 })) }, closed),
    response: Checkpoint,
  },
  reviewCheckpoint: {
    method: 'POST',
    path: '/v1/checkpoints/{id}/review',
    summary: 'Review and lock what somebody else has prepared',
    permission: 'control.review',
    params: CheckpointParam,
    body: Type.Object({ contentHash: Type.String({ maxLength: 100 }), comment: Type.Optional(Type.String({ maxLength: 500 })) }, closed),
    response: Checkpoint,
  },
  exportEvidence: {
    method: 'GET',
    path: '/v1/checkpoints/{id}/evidence',
    summary:
      'What a locked period was judged by, as a ZIP archive: both sides, sums (of money, or of quantities) and gaps as CSV, the control, the text that was signed, a page to print, and a manifest with the SHA-256 of each',
    permission: 'control.read',
    params: CheckpointParam,
    produces: 'application/zip',
    response: Type.String({ description: 'A ZIP archive' }),
  },
  reopenCheckpoint: {
    method: 'POST',
    path: '/v1/checkpoints/{id}/reopen',
    summary: 'Open a locked period again, with the reason',
    permission: 'control.review',
    params: CheckpointParam,
    body: Type.Object({ reason: Reason }, closed),
    response: Checkpoint,
  },
});

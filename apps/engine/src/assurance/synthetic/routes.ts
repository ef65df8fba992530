/** Synthetic transactions: checks, and what became of their runs. */
import { Type } from '@sinclair/typebox';
import { syntheticStages } from '../../catalog/index.js';
import { AnyJson, Count, Id, Instant, Maybe, Name, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const oneOf = <const T extends readonly string[]>(values: T) => Type.Unsafe<T[number]>(Type.Union(values.map((one) => Type.Literal(one))));
const Decimal = (description: string) => Type.String({ description: `Decimal text: ${description}` });
const Reason = Type.String({ minLength: 3, maxLength: 500, description: 'Why; it stands in the audit log' });
const closed = { additionalProperties: false } as const;
const NameParam = Type.Object({ name: Name('The synthetic check') });
const RunParam = Type.Object({ id: Id('syn', 'The run') });

const Run = Type.Object({
  id: Id('syn', 'The run'),
  check: Name('The synthetic check'),
  version: Type.Integer({ description: 'Version of the check that ran' }),
  legalEntity: Type.String(),
  state: oneOf(['forward', 'reversing', 'reading', 'ended'] as const),
  result: Maybe(oneOf(['passed', 'late', 'wrong', 'failed-to-start'] as const)),
  trouble: Maybe(oneOf(['late', 'wrong'] as const)),
  says: Type.Array(Type.String(), { description: 'What is wrong or late, a sentence each' }),
  stages: Type.Array(
    Type.Object({
      step: Type.String(),
      flow: Maybe(Type.String()),
      stage: oneOf(syntheticStages),
      ms: Count('Milliseconds that it took, or takes so far'),
      allowedMs: Count('Milliseconds that it may take'),
    }),
  ),
  net: Type.Array(
    Type.Object({
      connection: Type.String(),
      currency: Type.String(),
      sales: Decimal('invoices less credit memos of the run that the books show'),
      money: Decimal('payments less refunds'),
      documents: Count('Documents of the run that were found'),
    }),
    { description: 'What the books said when they were read last; all is zero when the run is done' },
  ),
  startedBy: Type.String(),
  startedAt: Instant('When'),
  endedAt: Maybe(Instant('When')),
  readAt: Maybe(Instant('When the books were read last')),
});
const RunDetail = Type.Composite([
  Run,
  Type.Object({
    messages: Type.Array(
      Type.Object({
        id: Id('msg', 'The message'),
        flow: Type.String(),
        state: Type.String(),
        reason: Maybe(Type.String()),
        title: Maybe(Type.String()),
        documentNumber: Maybe(Type.String()),
      }),
    ),
  }),
]);
const Check = Type.Object({
  name: Name('The synthetic check'),
  version: Type.Integer(),
  state: oneOf(['on', 'paused'] as const),
  paused: Maybe(Type.Object({ reason: Type.String(), by: Type.String(), at: Instant('Since') })),
  description: Type.String(),
  owner: Type.String({ description: 'Who puts it right' }),
  legalEntity: Type.String(),
  currency: Type.String(),
  customer: Type.String({ description: 'The test customer, by its id in the source' }),
  everyMs: Count('Milliseconds between two runs'),
  nextAt: Instant('When it runs next'),
  steps: Type.Array(Type.Object({ step: Type.String(), through: Type.Array(Type.String()), reverses: Maybe(Type.String()) })),
  createdAt: Instant('When this version was saved'),
  createdBy: Type.String(),
  newest: Maybe(Run),
});
const CheckDetail = Type.Composite([Check, Type.Object({ yaml: Type.String(), definition: AnyJson, note: Maybe(Type.String()) })]);

export const syntheticRoutes = defineRoutes({
  listSyntheticChecks: {
    method: 'GET',
    path: '/v1/synthetic-checks',
    summary: 'Synthetic checks, each with its newest run. What they send is in no total, control or list of documents',
    permission: 'control.read',
    response: Page(Check),
  },
  getSyntheticCheck: {
    method: 'GET',
    path: '/v1/synthetic-checks/{name}',
    summary: 'One synthetic check with its file',
    permission: 'control.read',
    params: NameParam,
    response: CheckDetail,
  },
  putSyntheticCheck: {
    method: 'PUT',
    path: '/v1/synthetic-checks/{name}',
    summary:
      'Save the file of a synthetic check; every problem at once when it has some. It runs within seconds, and then as often as it says',
    permission: 'control.write',
    params: NameParam,
    body: Type.Object({ yaml: Type.String({ maxLength: 200_000 }), note: Type.Optional(Type.String({ maxLength: 500 })) }, closed),
    textBody: ['application/yaml', 'text/yaml'],
    response: CheckDetail,
  },
  pauseSyntheticCheck: {
    method: 'POST',
    path: '/v1/synthetic-checks/{name}/pause',
    summary: 'Begin no more runs of a synthetic check; one that is open is taken back to its end',
    permission: 'control.run',
    params: NameParam,
    body: Type.Object({ reason: Reason }, closed),
    response: CheckDetail,
  },
  resumeSyntheticCheck: {
    method: 'POST',
    path: '/v1/synthetic-checks/{name}/resume',
    summary: 'Let a synthetic check run again',
    permission: 'control.run',
    params: NameParam,
    body: Type.Object({ reason: Reason }, closed),
    response: CheckDetail,
  },
  startSyntheticRun: {
    method: 'POST',
    path: '/v1/synthetic-checks/{name}/runs',
    summary: 'Run a synthetic check now; the run goes on in the background',
    permission: 'control.run',
    status: 202,
    params: NameParam,
    response: RunDetail,
  },
  listSyntheticRuns: {
    method: 'GET',
    path: '/v1/synthetic-runs',
    summary: 'Runs of synthetic checks, newest first',
    permission: 'control.read',
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor, check: Type.Optional(Name('The synthetic check')) }),
    response: Page(Run),
  },
  getSyntheticRun: {
    method: 'GET',
    path: '/v1/synthetic-runs/{id}',
    summary: 'One run with its messages',
    permission: 'control.read',
    params: RunParam,
    response: RunDetail,
  },
  giveUpSyntheticRun: {
    method: 'POST',
    path: '/v1/synthetic-runs/{id}/give-up',
    summary: 'End a run whose books were put right by hand, with the reason; it counts as wrong',
    permission: 'control.run',
    params: RunParam,
    body: Type.Object({ reason: Reason }, closed),
    response: RunDetail,
  },
});

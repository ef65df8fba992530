import { Type } from '@sinclair/typebox';
import { Amount, Count, Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { nodeKinds, relations, traceKinds } from './chain.js';

const oneOf = (values: readonly string[], description: string) =>
  Type.Union(
    values.map((one) => Type.Literal(one)),
    { description },
  );
const Decimal = (description: string) => Type.String({ description: `Decimal text: ${description}` });

const Node = Type.Object({
  id: Type.String({
    description:
      'An event, a summary, a canonical object, or the message of a delivery; of folded usage its place in the document, of a journal entry and its lines their place behind the delivery',
  }),
  kind: oneOf(
    nodeKinds,
    '`usage` is folded: all summaries that one document bills; `delivery`: a document on its way to a target; `entry`: the journal entry by which the ERP booked it; `entry-lines`: its lines that book one thing',
  ),
  of: Type.String({
    description:
      'The type of an event or a document, the meter of usage, the flow of a delivery, the ledger of a journal entry, what its lines book: customer, revenue, tax, money or other',
  }),
  title: Type.String(),
  detail: Maybe(Type.String()),
  state: Maybe(Type.String()),
  at: Maybe(Instant('When')),
  until: Maybe(Instant('End of the period that begins `at`')),
  quantity: Maybe(Type.Object({ value: Decimal('the quantity'), unit: Maybe(Type.String()) })),
  amount: Maybe(Amount),
  events: Maybe(Count('Usage events behind it')),
  summaries: Maybe(Count('Summaries that are folded into it')),
  lines: Maybe(
    Type.Array(
      Type.Object({
        id: Type.String({ description: 'Id in the ERP' }),
        account: Type.String(),
        name: Maybe(Type.String()),
        debit: Decimal('in the currency of the books'),
        credit: Decimal('in the currency of the books'),
        currency: Type.String({ description: 'Of the books' }),
      }),
      { description: 'Of `entry-lines`: at most 50' },
    ),
  ),
  linesLeft: Maybe(Count('Lines for which there was no room')),
  synthetic: Type.Boolean({ description: 'Part of a synthetic transaction: it is in no total' }),
  noEntry: Maybe(Type.String({ description: 'Of a posted document without its journal entry: why' })),
});

const Edge = Type.Object({
  from: Type.String({ description: 'Id of a node' }),
  to: Type.String({ description: 'Id of a node' }),
  relation: oneOf(relations, 'Read from `from` to `to`'),
  check: Maybe(
    Type.Object(
      {
        what: oneOf(['quantity', 'amount'], 'What must be the same at both ends'),
        in: Decimal('what goes in'),
        out: Decimal('what comes out'),
        difference: Decimal('`out` less `in`'),
        ok: Type.Boolean(),
        because: Maybe(Type.String({ description: 'Why they differ, as far as that is known' })),
      },
      { description: 'Null where nothing can be compared' },
    ),
  ),
});

export const lineageRoutes = defineRoutes({
  trace: {
    method: 'GET',
    path: '/v1/trace/{kind}/{id}',
    summary:
      'The way of anything from usage to the books and back, with a sum check on every edge. What the caller may not see is not in it',
    permission: 'canonical.read',
    params: Type.Object({
      kind: oneOf(
        traceKinds,
        '`document`: a canonical object; `number`: any number that people read, of a document in its source or in a target, of a journal entry or of one of its lines',
      ),
      id: Type.String({ minLength: 1, maxLength: 255, description: 'The id' }),
    }),
    response: Type.Object({
      asked: Type.Object({ kind: Type.String(), id: Type.String() }),
      roots: Type.Array(Type.String(), { description: 'The nodes that were asked for' }),
      nodes: Type.Array(Node, { description: 'In the order of the trip: usage first. At most 150' }),
      edges: Type.Array(Edge),
      breaks: Count('Edges whose sum does not hold'),
      left: Count('Nodes for which there was no room'),
    }),
  },
});

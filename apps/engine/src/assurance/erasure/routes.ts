import { Type } from '@sinclair/typebox';
import { Count, Id, Instant, Maybe, Name, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

const Counts = Type.Object({
  documents: Count('Documents of the hub'),
  versions: Count('Versions of them'),
  messages: Count('Messages'),
  payloads: Count('Stored payloads of the messages'),
  deliveries: Count('Deliveries as they came in'),
  cases: Count('Golden cases of mappings'),
});

const Erasure = Type.Object({
  id: Id('era', 'The erasure'),
  sourceSystem: Type.String({ description: 'The system that the customer belongs to, as documents name it' }),
  customer: Type.String({ description: 'The id that the customer has there' }),
  reason: Type.String(),
  state: Type.Union(
    ['counting', 'open', 'erasing', 'done', 'withdrawn'].map((one) => Type.Literal(one)),
    { description: '`counting`: what there is, is looked for; `open`: somebody else confirms it; `erasing`: confirmed, and under way' },
  ),
  requestedBy: Type.String(),
  requestedAt: Instant('When it was asked for'),
  confirmedBy: Maybe(Type.String()),
  confirmedAt: Maybe(Instant('When it was confirmed')),
  endedAt: Maybe(Instant('When it was done or withdrawn')),
  found: Maybe(Counts),
  erased: Maybe(Counts),
  waitsFor: Type.Array(Type.String(), {
    description: 'Messages and deliveries that are on their way, at most 20: nothing is erased before they have ended',
  }),
  tables: Type.Array(Type.Object({ table: Type.String(), rows: Type.Integer() }), {
    description: 'Tables whose rows name the customer: these a person keeps, and an erasure leaves them',
  }),
  ownPart: Maybe(Type.String({ description: 'Why you may not confirm it' })),
});

const params = Type.Object({ id: Id('era', 'The erasure') });

export const erasureRoutes = defineRoutes({
  listErasures: {
    method: 'GET',
    path: '/v1/erasures',
    summary: 'Erasures, newest first',
    permission: 'subject.erase',
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(Erasure),
  },
  getErasure: {
    method: 'GET',
    path: '/v1/erasures/{id}',
    summary: 'One erasure: what was found, what it waits for, what was erased',
    permission: 'subject.erase',
    params,
    response: Erasure,
  },
  requestErasure: {
    method: 'POST',
    path: '/v1/erasures',
    summary: 'Ask that what is personal of a customer be erased. Nothing is erased before somebody else confirms it',
    permission: 'subject.erase',
    status: 201,
    body: Type.Object(
      {
        connection: Name('The connection that brings the customer'),
        customer: Type.String({ minLength: 2, maxLength: 255, description: 'The id that the customer has there: `cus_…`' }),
        reason: Type.String({ minLength: 3, maxLength: 500 }),
      },
      { additionalProperties: false },
    ),
    response: Erasure,
  },
  confirmErasure: {
    method: 'POST',
    path: '/v1/erasures/{id}/confirm',
    summary: 'Confirm what somebody else asked for. It begins at once, and cannot be undone',
    permission: 'subject.erase',
    params,
    response: Erasure,
  },
  withdrawErasure: {
    method: 'POST',
    path: '/v1/erasures/{id}/withdraw',
    summary: 'Take back an erasure that nobody has confirmed',
    permission: 'subject.erase',
    params,
    response: Erasure,
  },
});

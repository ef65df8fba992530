import { Type } from '@sinclair/typebox';
import { AnyJson, Id, Instant, Maybe, Page, pageQuery } from '../platform/http/fields.js';
import { defineRoutes } from '../platform/http/route.js';

const CanonicalItem = Type.Object({
  id: Id('can', 'The canonical object'),
  type: Type.String(),
  sourceSystem: Type.String(),
  sourceId: Type.String(),
  version: Type.Integer(),
  title: Maybe(Type.String()),
  updatedAt: Instant('Newest version'),
});

export const canonRoutes = defineRoutes({
  listCanonical: {
    method: 'GET',
    path: '/v1/canonical/{type}',
    summary: 'Canonical objects of a type, newest change first',
    permission: 'canonical.read',
    params: Type.Object({ type: Type.String({ pattern: '^[a-z][a-z-]*$', maxLength: 40 }) }),
    query: Type.Object({
      ...pageQuery,
      sourceId: Type.Optional(Type.String({ maxLength: 255 })),
      sourceSystem: Type.Optional(Type.String({ maxLength: 255 })),
    }),
    response: Page(CanonicalItem),
  },
  getCanonical: {
    method: 'GET',
    path: '/v1/canonical/{type}/{id}',
    summary: 'A canonical object with its versions and where each was posted',
    permission: 'canonical.read',
    params: Type.Object({ type: Type.String({ maxLength: 40 }), id: Id('can', 'The object') }),
    response: Type.Composite([
      CanonicalItem,
      Type.Object({
        content: AnyJson,
        versions: Type.Array(
          Type.Object({
            version: Type.Integer(),
            revision: Type.String(),
            hash: Type.String(),
            createdAt: Instant('When'),
            messageId: Type.String({ description: 'The message that brought it; of a document that the engine made, its own id there' }),
          }),
        ),
        postings: Type.Array(
          Type.Object({
            ledger: Type.String(),
            effect: Type.String(),
            state: Type.String(),
            documentNumber: Maybe(Type.String()),
            messageId: Type.String(),
          }),
        ),
      }),
    ]),
  },
});

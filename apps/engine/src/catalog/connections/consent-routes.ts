/** Letting a connection in at the vendor's own page. */
import { Type } from '@sinclair/typebox';
import { Instant, Maybe, Name } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

/** What a connection shows of its consent. */
export const ShownConsent = Type.Object(
  {
    redirectUri: Type.String({ description: 'To be entered at the vendor, exactly as it is' }),
    missing: Type.Array(Type.String(), { description: 'Settings that must be there before' }),
    scopesWanted: Type.Array(Type.String()),
    given: Maybe(
      Type.Object({
        at: Instant('When'),
        by: Type.String({ description: 'Who connected it' }),
        account: Type.String({ description: 'The account at the vendor' }),
        scopesGranted: Maybe(Type.Array(Type.String(), { description: 'Null: the vendor does not tell' })),
        scopesMissing: Type.Array(Type.String(), { description: 'Wanted now, and not given' }),
      }),
    ),
    login: Maybe(
      Type.Object({
        renewedAt: Maybe(Instant('When the access token came')),
        goodUntil: Maybe(Instant('When it is renewed at the latest')),
        refusedAt: Maybe(Instant('When the vendor refused for good to renew it: somebody must connect again')),
        refusedBecause: Maybe(Type.String()),
      }),
    ),
  },
  { description: 'Null where the connector needs no consent' },
);

export const consentRoutes = defineRoutes({
  beginConsent: {
    method: 'POST',
    path: '/v1/connections/{name}/consent',
    summary: 'Begin a consent at the vendor: the browser goes to the address. It is good for ten minutes, for this session and once',
    permission: 'connection.write',
    params: Type.Object({ name: Name('Its name') }),
    body: Type.Object({}, { additionalProperties: false }),
    response: Type.Object({ address: Type.String() }),
  },
  finishConsent: {
    method: 'POST',
    path: '/v1/consents',
    summary: 'End it with what the vendor sent back; the connection keeps its refresh token, sealed',
    permission: 'connection.write',
    body: Type.Object(
      {
        connector: Type.String({ maxLength: 80, description: 'As the address names it that the browser came back to' }),
        search: Type.String({ maxLength: 8_000, description: 'What stands behind the ? of that address' }),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ connection: Type.String(), account: Type.String() }),
  },
});

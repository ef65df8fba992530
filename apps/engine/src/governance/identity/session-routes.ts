/** Coming in and going out: by password, through the provider, by a link; and one's own sessions. */
import { Type } from '@sinclair/typebox';
import { Maybe, Page, pageQuery } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { Code, Done, Password, Session, SessionParam } from './fields.js';

const Identity = Type.Object({
  kind: Type.Union([Type.Literal('user'), Type.Literal('api-key')]),
  id: Type.String(),
  name: Type.String(),
  email: Maybe(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
  legalEntities: Maybe(Type.Array(Type.String(), { description: 'Legal entities whose documents you see; null: all' })),
  environment: Type.String({ description: 'Of this installation: production, staging, demo …' }),
});

const LinkToken = Type.String({ minLength: 20, maxLength: 100, description: 'What stands behind the # of the link' });

export const sessionRoutes = defineRoutes({
  signIn: {
    method: 'POST',
    path: '/v1/session',
    summary: 'Sign in; the answer sets the session cookie',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object(
      { email: Type.String({ maxLength: 254 }), password: Type.String({ maxLength: 200 }), code: Type.Optional(Code) },
      { additionalProperties: false },
    ),
    response: Identity,
  },
  getSession: { method: 'GET', path: '/v1/session', summary: 'Who am I', permission: 'signed-in', response: Identity },
  signOut: {
    method: 'DELETE',
    path: '/v1/session',
    summary: 'End this session',
    permission: 'signed-in',
    response: Type.Object({ ended: Type.Boolean() }),
  },
  changePassword: {
    method: 'POST',
    path: '/v1/session/password',
    summary: 'Change my password; all my sessions end, the answer sets the cookie of a new one',
    permission: 'signed-in',
    body: Type.Object({ current: Password, next: Password }, { additionalProperties: false }),
    response: Type.Object({ changed: Type.Boolean() }),
  },
  getSignInWays: {
    method: 'GET',
    path: '/v1/session/ways',
    summary: 'How one can sign in here',
    permission: 'public',
    response: Type.Object({
      provider: Maybe(Type.Object({ title: Type.String() })),
      mail: Type.Boolean({ description: 'A forgotten password can be reset by mail' }),
    }),
  },
  beginProviderSignIn: {
    method: 'POST',
    path: '/v1/session/provider/begin',
    summary: 'Begin a sign-in through the OpenID Connect provider: the browser goes to the address',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({}, { additionalProperties: false }),
    response: Type.Object({ address: Type.String() }),
  },
  finishProviderSignIn: {
    method: 'POST',
    path: '/v1/session/provider',
    summary: 'End it with what the provider sent back; the answer sets the session cookie',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object(
      { search: Type.String({ maxLength: 8_000, description: 'What stands behind the ? of the address the browser came back to' }) },
      { additionalProperties: false },
    ),
    response: Identity,
  },
  requestReset: {
    method: 'POST',
    path: '/v1/session/reset',
    summary: 'Ask for a link to choose a new password; the answer is the same for an address that is not known',
    permission: 'public',
    ownPagesOnly: true,
    status: 202,
    body: Type.Object({ email: Type.String({ minLength: 1, maxLength: 254 }) }, { additionalProperties: false }),
    response: Done,
  },
  readLink: {
    method: 'POST',
    path: '/v1/session/link',
    summary: 'Whom an invitation or a reset is for',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({ token: LinkToken }, { additionalProperties: false }),
    response: Type.Object({ purpose: Type.String(), email: Type.String(), name: Type.String() }),
  },
  useLink: {
    method: 'POST',
    path: '/v1/session/link/password',
    summary: 'Choose a password by an invitation or a reset; all sessions of the user end',
    permission: 'public',
    ownPagesOnly: true,
    body: Type.Object({ token: LinkToken, password: Password }, { additionalProperties: false }),
    response: Type.Object({ email: Type.String() }),
  },
  listMySessions: {
    method: 'GET',
    path: '/v1/session/all',
    summary: 'My sessions, newest first',
    permission: 'signed-in',
    query: Type.Object({ limit: pageQuery.limit, cursor: pageQuery.cursor }),
    response: Page(Session),
  },
  endMySession: {
    method: 'DELETE',
    path: '/v1/session/all/{id}',
    summary: 'End one of my sessions',
    permission: 'signed-in',
    params: SessionParam,
    response: Done,
  },
  endMyOtherSessions: {
    method: 'DELETE',
    path: '/v1/session/all',
    summary: 'End all my sessions but this one',
    permission: 'signed-in',
    response: Type.Object({ ended: Type.Integer() }),
  },
});

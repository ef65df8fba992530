/** Users and their sessions, for who manages access: made, invited, changed, helped back in, put out. */
import { Type } from '@sinclair/typebox';
import { Id, Instant, Maybe, Page, pageQuery, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { Conflicts, Done, Entities, Password, Roles, Session, SessionParam, UserParam } from './fields.js';

const User = Type.Object({
  id: Id('usr', 'The user'),
  email: Type.String(),
  name: Type.String(),
  roles: Type.Array(Type.String()),
  legalEntities: Entities,
  conflicts: Conflicts,
  disabled: Type.Boolean(),
  hasPassword: Type.Boolean({ description: 'False: was invited and has not come yet, or signs in through the provider' }),
  rolesFrom: Type.String({ description: '`waybill`: given here; `provider`: by the groups of the provider' }),
  provider: Maybe(Type.String({ description: 'Issuer, when the user signs in through it' })),
  secondFactor: Type.Boolean(),
  linkOpen: Type.Boolean({ description: 'A link to choose a password is out' }),
  createdAt: Instant('Since'),
  lastSeenAt: Maybe(Instant('Last seen')),
});

const HandedOut = { mailed: Type.Boolean(), link: Maybe(Type.String({ description: 'Without a mail server: to hand on, shown once' })) };

export const userRoutes = defineRoutes({
  listSessions: {
    method: 'GET',
    path: '/v1/sessions',
    summary: 'Sessions of everybody, newest first',
    permission: 'access.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      user: Type.Optional(Id('usr', 'Of this user only')),
      q: Type.Optional(Text('Part of the name or the e-mail address of the user, or of the address that the session began from', 254)),
    }),
    response: Page(Session),
  },
  endSession: {
    method: 'DELETE',
    path: '/v1/sessions/{id}',
    summary: 'End a session at once',
    permission: 'access.write',
    params: SessionParam,
    response: Done,
  },
  listUsers: {
    method: 'GET',
    path: '/v1/users',
    summary: 'Users, by e-mail address',
    permission: 'access.read',
    query: Type.Object({
      limit: pageQuery.limit,
      cursor: pageQuery.cursor,
      q: Type.Optional(Text('Part of the name or of the e-mail address', 254)),
    }),
    response: Page(User),
  },
  createUser: {
    method: 'POST',
    path: '/v1/users',
    summary: 'Make a user with a first password',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        email: Type.String({ format: 'email', maxLength: 254 }),
        name: Text('Name', 120),
        roles: Roles,
        legalEntities: Type.Optional(Entities),
        password: Password,
      },
      { additionalProperties: false },
    ),
    response: User,
  },
  changeUser: {
    method: 'PUT',
    path: '/v1/users/{id}',
    summary: 'Change roles, disable or enable; ends the sessions of the user',
    permission: 'access.write',
    params: UserParam,
    body: Type.Object(
      { roles: Type.Optional(Roles), disabled: Type.Optional(Type.Boolean()), legalEntities: Type.Optional(Entities) },
      { additionalProperties: false },
    ),
    response: User,
  },
  inviteUser: {
    method: 'POST',
    path: '/v1/users/invitations',
    summary: 'Invite somebody, who chooses the password by a link',
    permission: 'access.write',
    status: 201,
    body: Type.Object(
      {
        email: Type.String({ format: 'email', maxLength: 254 }),
        name: Text('Name', 120),
        roles: Roles,
        legalEntities: Type.Optional(Entities),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({ user: User, ...HandedOut }),
  },
  renewUserLink: {
    method: 'POST',
    path: '/v1/users/{id}/link',
    summary: 'Invite again, or let the user choose a new password; the link before is void',
    permission: 'access.write',
    params: UserParam,
    response: Type.Object(HandedOut),
  },
  resetSecondFactor: {
    method: 'DELETE',
    path: '/v1/users/{id}/second-factor',
    summary: 'Take the second factor from a user who has lost it; ends the sessions of the user',
    permission: 'access.write',
    params: UserParam,
    response: Done,
  },
});

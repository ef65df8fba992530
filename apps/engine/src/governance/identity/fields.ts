/** Fields that several routes of who one is and what one may share. */
import { Type } from '@sinclair/typebox';
import { Id, Instant, Maybe } from '../../platform/http/fields.js';

export const Entities = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
  maxItems: 100,
  description: 'Legal entities whose documents they see; empty: all',
});

export const Conflicts = Type.Array(
  Type.Object({
    roles: Type.Array(Type.String()),
    permissions: Type.Array(Type.String()),
    sentence: Type.String({ description: 'What these roles allow one person that two should do' }),
  }),
  { description: 'Segregation of duties: what their roles should not allow together' },
);

export const Roles = Type.Array(Type.String({ maxLength: 40 }), { minItems: 1, maxItems: 7 });

export const Permissions = Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 100 });

export const Password = Type.String({ minLength: 1, maxLength: 200 });

export const Done = Type.Object({ done: Type.Boolean() });

export const UserParam = Type.Object({ id: Id('usr', 'The user') });

export const Code = Type.String({ minLength: 1, maxLength: 40, description: 'Of the authenticator app, or a recovery code' });

export const Session = Type.Object({
  id: Id('ses', 'The session'),
  userId: Type.String(),
  user: Type.String(),
  email: Type.String(),
  method: Type.String({ description: '`password` or `provider`' }),
  address: Maybe(Type.String({ description: 'It began from here' })),
  device: Maybe(Type.String({ description: 'What the browser says that it is' })),
  startedAt: Instant('Since'),
  lastSeenAt: Instant('Last request'),
  expiresAt: Instant('Ends then in all cases'),
  current: Type.Boolean({ description: 'The session of this request' }),
});

export const SessionParam = Type.Object({ id: Id('ses', 'The session') });

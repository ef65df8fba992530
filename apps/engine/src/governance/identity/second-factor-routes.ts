/** One's own second factor. */
import { Type } from '@sinclair/typebox';
import { Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { Code, Done, Password } from './fields.js';

const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String({ description: 'Shown once' })) });

export const secondFactorRoutes = defineRoutes({
  getSecondFactor: {
    method: 'GET',
    path: '/v1/session/second-factor',
    summary: 'My second factor',
    permission: 'signed-in',
    response: Type.Object({
      enrolled: Type.Boolean(),
      since: Maybe(Instant('Since')),
      recoveryCodesLeft: Type.Integer(),
      hasPassword: Type.Boolean({ description: 'Without one the provider asks for the second factor' }),
    }),
  },
  beginSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor',
    summary: 'Begin: a secret for the authenticator app, in force once a code of it has been confirmed',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: Type.Object({ secret: Type.String(), address: Type.String({ description: 'For the QR code' }) }),
  },
  confirmSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor/confirm',
    summary: 'Confirm with a code of the app; my other sessions end',
    permission: 'signed-in',
    body: Type.Object({ code: Code }, { additionalProperties: false }),
    response: RecoveryCodes,
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/v1/session/second-factor/recovery-codes',
    summary: 'New recovery codes; the old ones are void',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: RecoveryCodes,
  },
  removeSecondFactor: {
    method: 'POST',
    path: '/v1/session/second-factor/remove',
    summary: 'Sign in without a second factor from now on; my other sessions end',
    permission: 'signed-in',
    body: Type.Object({ current: Password }, { additionalProperties: false }),
    response: Done,
  },
});

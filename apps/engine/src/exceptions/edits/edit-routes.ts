/** Correcting single fields of a record that stopped. */
import { Type } from '@sinclair/typebox';
import { AnyJson, Id, Instant, Maybe, Text } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { changesMax, valueLengthMax } from './locks.js';

const strict = { additionalProperties: false };
const Value = Type.Union([Type.String({ maxLength: valueLengthMax }), Type.Boolean(), Type.Null()]);
const Leaf = Type.Union([Type.String(), Type.Boolean(), Type.Number(), Type.Null()]);
const params = Type.Object({ id: Id('exc', 'The exception') });
const Changes = Type.Array(
  Type.Object({ path: Type.String({ maxLength: 500, description: 'JSON pointer into the record' }), value: Value }, strict),
  { minItems: 1, maxItems: changesMax, description: 'Fields to correct; a number is never one' },
);
const Changed = Type.Array(
  Type.Object({ path: Type.String(), before: Leaf, after: Leaf, absent: Type.Boolean({ description: 'The field was not there' }) }),
);
const states = ['waiting', 'applied', 'rejected', 'void'] as const;

export const PayloadEdit = Type.Object({
  id: Id('edt', 'The edit'),
  messageId: Id('msg', 'The message'),
  exceptionId: Id('exc', 'The exception'),
  state: Type.Unsafe<(typeof states)[number]>({
    ...Type.Union(states.map((state) => Type.Literal(state))),
    description: 'waiting for the approval; applied: the message went on with it; void: withdrawn, or the message moved on without it',
  }),
  reason: Type.String(),
  changes: Changed,
  beforeHash: Type.String({ description: 'SHA-256 of the record as it came' }),
  afterHash: Type.String({ description: 'SHA-256 of the corrected record' }),
  contentHash: Type.String({ description: 'Of the edit, the output and the versions behind it' }),
  by: Type.String(),
  at: Instant('When it was asked for'),
  approvalId: Maybe(Text('The approval', 40)),
  decidedBy: Maybe(Type.String()),
  decidedAt: Maybe(Instant('When')),
  decision: Maybe(Text('Why')),
  appliedAt: Maybe(Instant('When the message went on with it')),
  runId: Maybe(Text('The replay that it became', 40)),
});

export const editRoutes = defineRoutes({
  getEditableFields: {
    method: 'GET',
    path: '/v1/exceptions/{id}/fields',
    summary: 'Fields of the record that stopped: what may be corrected, and why the rest is locked. Reading is noted in the audit log',
    permission: 'payload.edit',
    params,
    response: Type.Object({
      messageId: Id('msg', 'The message'),
      hash: Type.String({ description: 'SHA-256 of the record' }),
      approver: Maybe(Type.String({ description: 'The role that approves an edit; null: none needs to' })),
      waiting: Maybe(Text('An edit that waits for its approval', 40)),
      fields: Type.Array(
        Type.Object({
          path: Type.String({ description: 'JSON pointer' }),
          value: Leaf,
          locked: Maybe(Text('Why it is locked')),
          offending: Type.Boolean({ description: 'The exception speaks of it' }),
        }),
        { description: 'In the order of the record; at most 2,000' },
      ),
    }),
  },
  previewEdit: {
    method: 'POST',
    path: '/v1/exceptions/{id}/edits/preview',
    summary: 'What an edit would send, without sending it; refused where it would change an amount, the currency, the identity or a key',
    permission: 'payload.edit',
    params,
    body: Type.Object({ changes: Changes }, strict),
    response: Type.Object({
      changes: Changed,
      before: AnyJson,
      after: AnyJson,
      beforeHash: Type.String(),
      afterHash: Type.String(),
      contentHash: Type.String({ description: 'It is asked for and approved by this' }),
      approver: Maybe(Type.String()),
      tables: Type.Array(Type.Object({ name: Type.String(), version: Type.Integer() }), { description: 'Versions that had a part in it' }),
    }),
  },
  askForEdit: {
    method: 'POST',
    path: '/v1/exceptions/{id}/edits',
    summary: 'Ask for the approval of exactly what was previewed; where the flow needs none, the message goes on with it at once',
    permission: 'payload.edit',
    status: 202,
    params,
    body: Type.Object(
      {
        changes: Changes,
        contentHash: Type.String({ maxLength: 100 }),
        reason: Type.String({ minLength: 3, maxLength: 500, pattern: '\\S' }),
      },
      strict,
    ),
    response: PayloadEdit,
  },
  listEdits: {
    method: 'GET',
    path: '/v1/messages/{id}/edits',
    summary: 'Edits of a message: which fields, before and after, who asked and who approved; at most 200',
    permission: 'message.read',
    params: Type.Object({ id: Id('msg', 'The message') }),
    response: Type.Object({ items: Type.Array(PayloadEdit) }),
  },
  withdrawEdit: {
    method: 'POST',
    path: '/v1/edits/{id}/withdraw',
    summary: 'Take an edit back that waits for its approval',
    permission: 'payload.edit',
    params: Type.Object({ id: Id('edt', 'The edit') }),
    response: PayloadEdit,
  },
});

import { effects } from '@waybill/sdk';
import { Type } from '@sinclair/typebox';
import { Amount, AnyJson, Instant, Maybe, Name, ProblemItem } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { stages } from '../vocabulary.js';
import { verdicts } from './verdict.js';

const Said = (description: string) => Maybe(Type.String({ description }));

export const validationRoutes = defineRoutes({
  validateDocument: {
    method: 'POST',
    path: '/v1/flows/{name}/validate',
    summary:
      'What a flow would do with a document: its schema, look-ups, rules, mapping, sums, and whether it is in the books. Nothing is stored or sent',
    permission: 'message.read',
    params: Type.Object({ name: Name('The flow') }),
    body: Type.Object(
      {
        document: Type.Record(Type.String(), Type.Unknown(), {
          description: 'As the source gives it; of a flow that begins at the hub, the canonical object',
        }),
        release: Type.Optional(Type.Integer({ minimum: 1, description: 'A version of the flow; the live one otherwise' })),
        effect: Type.Optional(
          Type.Union(
            effects.map((effect) => Type.Literal(effect)),
            { description: 'What it is to do in the books; by itself what the status of a canonical object says, else `create`' },
          ),
        ),
        revision: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 255,
            description: 'Its version at its source; with it, earlier versions are compared too',
          }),
        ),
        occurredAt: Type.Optional(Instant('When it happened: the day of tables without a day of their own; now otherwise')),
        delivery: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'What `$delivery` says' })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object({
      verdict: Type.Union(
        verdicts.map((verdict) => Type.Literal(verdict)),
        {
          description:
            '`passes`: it would be sent, or go into the hub. `not-taken`: the flow’s `when` leaves it out. `skipped`, `held`, `exception`, `waiting`, `duplicate`, `superseded`: how a message of it would end or wait. `unanswered`: a system that the flow asks did not answer; ask again',
        },
      ),
      stage: Maybe(
        Type.Union(
          stages.map((stage) => Type.Literal(stage)),
          { description: 'Where it would end or wait; null: it passes or is not taken' },
        ),
      ),
      reason: Said('Why, in a sentence'),
      flow: Type.String(),
      release: Type.Integer({ description: 'The version that was tried' }),
      mapping: Type.Object({ name: Type.String(), version: Type.Integer() }),
      key: Said('Its id at its source, as the flow reads it'),
      document: Maybe(
        Type.Object({
          number: Said('What people call it'),
          customer: Said('Whose it is'),
          legalEntity: Said('The company that it belongs to'),
          amount: Maybe(Amount),
        }),
      ),
      approval: Maybe(Type.Object({ rule: Type.String(), role: Type.String({ description: 'Who decides' }) })),
      exception: Maybe(
        Type.Object({
          category: Type.String(),
          code: Type.String(),
          cause: Type.String(),
          remedy: Type.String(),
          path: Type.Optional(Type.String({ description: 'JSON pointer into the document, or into the output of its mapping' })),
        }),
      ),
      problems: Type.Array(ProblemItem, {
        description: 'Each place where the document or the output does not fit its schema; at most 100',
      }),
      posted: Maybe(
        Type.Object({ connection: Type.String(), documentNumber: Said('Its number there') }, { description: 'It is in the books already' }),
      ),
      enriched: Maybe(AnyJson),
      output: Maybe(AnyJson),
    }),
  },
});

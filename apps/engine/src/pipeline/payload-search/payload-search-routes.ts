/** Messages whose recorded payload contains a piece of JSON. */
import { Type } from '@sinclair/typebox';
import { Count, Instant, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { messageFilter, MessageSummary, StageName } from '../message-fields.js';
import type { Stage } from '../vocabulary.js';
import { candidatesMax, daysMax, foundMax, hoursUnlessTold, pieceDepthMax, pieceLengthMax, stepMessages, stepMs } from './limits.js';

export const payloadSearchRoutes = defineRoutes({
  searchPayloads: {
    method: 'POST',
    path: '/v1/messages/payload-search',
    summary: `One step of a search for messages whose recorded payload contains a piece of JSON, newest first: at most ${stepMessages} messages, ${stepMs / 1_000} seconds, or ${foundMax} that are found. An entry of the audit log, as is each message that is found`,
    permission: 'message.read',
    body: Type.Object(
      {
        ...messageFilter,
        payload: Type.String({
          minLength: 1,
          maxLength: pieceLengthMax,
          description: `The piece, as JSON text: an object or a list of at most ${pieceDepthMax} levels. A payload contains it as \`@>\` of PostgreSQL says: each of its fields is there with that value, each item of its lists is an item of the list there, whatever the order; numbers are compared as numbers, to the last digit`,
          examples: ['{"customer": "C-1", "lines": [{"sku": "A"}]}'],
        }),
        stage: Type.Optional(
          Type.Unsafe<Stage>({ ...StageName, description: 'Only the payload that this stage left; otherwise of whichever stage' }),
        ),
        from: Type.Optional(
          Instant(`Received at or after; ${hoursUnlessTold} hours before \`to\` where it is not told, at most ${daysMax} days`),
        ),
        to: Type.Optional(Instant('Received before; now where it is not told')),
        cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next` of the step before; its times go on' })),
      },
      { additionalProperties: false },
    ),
    response: Type.Object(
      {
        items: Type.Array(MessageSummary, { description: 'Found in this step' }),
        next: Maybe(Type.String({ description: 'Where the next step goes on; null: the search is over' })),
        looked: Count('Messages that were looked through so far, this step and those before'),
        of: Count(`Messages that the other filters and the time leave, when the search began; at most ${candidatesMax}`),
        ofMore: Type.Boolean({ description: `There are more: the search ends after the newest ${candidatesMax}` }),
        unreadable: Count('Messages of this step with a payload that PostgreSQL does not read as JSON, so that nothing is found in it'),
        from: Instant('The time that is searched'),
        to: Instant('Its end'),
      },
      { additionalProperties: false },
    ),
  },
});

/** What the engine was worth, month by month. */
import { Type } from '@sinclair/typebox';
import { Amount, Count, Maybe } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';

/** More are a report, not a glance. */
export const valueMonthsMax = 24;

export const valueRoutes = defineRoutes({
  listValue: {
    method: 'GET',
    path: '/v1/value',
    summary: 'By month: documents that nobody had to touch, hours that documents were stopped, money that controls found, days to close',
    permission: 'message.read',
    query: Type.Object({ months: Type.Optional(Type.Integer({ minimum: 1, maximum: valueMonthsMax, default: 3, description: 'So many, the present one included' })) }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          month: Type.String({ description: 'As `2026-11`, in UTC' }),
          posted: Count('Documents that were posted'),
          untouched: Count('Of these, those that never stopped and that nobody had to approve'),
          untouchedShare: Maybe(Type.Number({ description: 'Percent, rounded down to tenths; null: nothing was posted' })),
          stopped: Count('Exceptions that were opened'),
          stoppedHours: Type.Number({ description: 'How long exceptions of that month were open, together, in hours: until they were closed, or until now' }),
          medianHours: Maybe(Type.Number({ description: 'How long one that was closed in that month had been open, in the middle' })),
          found: Maybe(
            Type.Object({
              gaps: Count('Differences that controls found for the first time and could not explain'),
              settled: Count('Of these, those that are gone or that a person explained'),
              amounts: Type.Array(Amount, { description: 'What they come to by currency, without their sign' }),
            }, { 'x-permission': 'control.read' }),
          ),
          daysToClose: Maybe(Type.Integer({ description: 'From the end of the month to the last sign-off of its controls; null: one is not signed off, or there is none' })),
        }),
        { description: 'Newest first. `found` and `daysToClose` are null without the permission to see controls' },
      ),
    }),
  },
}); // prettier-ignore

/** When usage came, and usage beside other usage. */
import { Type } from '@sinclair/typebox';
import { Count, Instant, Maybe, Name } from '../../../platform/http/fields.js';
import { defineRoutes } from '../../../platform/http/route.js';
import { Dimensions, oneOf, Period, Quantity } from '../fields.js';

export const usageActivityRoutes = defineRoutes({
  getUsageActivity: {
    method: 'GET',
    path: '/v1/usage/activity',
    summary: 'When a meter counted something, by the hour or the day: gaps are what is not there. At most 62 days. Nothing for whoever may not see what is unassigned',
    permission: 'usage.read',
    query: Type.Object({
      meter: Name('The meter'),
      from: Instant('Start, included'),
      to: Instant('End, not included'),
      subject: Type.Optional(Type.String({ maxLength: 1024, description: 'Who used it; everybody when left out' })),
    }),
    response: Type.Object({
      meter: Type.String(),
      meterVersion: Type.Integer(),
      grain: oneOf(['hour', 'day']),
      timeZone: Type.String({ description: 'In which its days begin' }),
      items: Type.Array(
        Type.Object({ from: Instant('Start of the hour or day'), events: Count('Events that it counted'), subjects: Count('Whose') }),
      ),
    }),
  },
  compareUsage: {
    method: 'GET',
    path: '/v1/usage/comparison',
    summary: 'Usage of two customers, of two periods, or both, beside each other, with the difference; sealed where it is sealed',
    permission: 'usage.read',
    query: Type.Object({
      customer: Type.Optional(Type.String({ maxLength: 255, description: 'On the left; all when left out' })),
      period: Period,
      otherCustomer: Type.Optional(Type.String({ maxLength: 255, description: 'On the right; that of the left when left out' })),
      otherPeriod: Type.Optional(Period),
      meter: Type.Optional(Name('The meter')),
    }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          meter: Type.String(),
          unit: Maybe(Type.String()),
          dimensions: Dimensions,
          left: Maybe(Quantity),
          right: Maybe(Quantity),
          leftEvents: Count('Events behind the left'),
          rightEvents: Count('Events behind the right'),
          difference: Type.String({ description: 'Right less left, decimal text' }),
          percent: Maybe(Type.String({ description: 'Of the left, one decimal; null where there is nothing on the left' })),
        }),
      ),
      leftOut: Type.Array(Type.String(), { description: 'Meters of which a side has several quantities that cannot be added up, such as counts of different values' }),
    }),
  },
}); // prettier-ignore

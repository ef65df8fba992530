/** Working hours of legal entities: when the clock of their exceptions runs. */
import { Type } from '@sinclair/typebox';
import { exceptionCategories, type ExceptionCategory } from '@waybill/sdk';
import { Count, Day, Instant, Page } from '../../platform/http/fields.js';
import { defineRoutes } from '../../platform/http/route.js';
import { limits, weekdays, weekMinutesMin, type Weekday } from './hours.js';

const closed = { additionalProperties: false } as const;
const fields = {
  timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'Of the IANA database', examples: ['Europe/Berlin'] }),
  shifts: Type.Array(
    Type.Object(
      {
        day: Type.Unsafe<Weekday>({ ...Type.Union(weekdays.map((day) => Type.Literal(day))) }),
        from: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: ['09:00'] }),
        to: Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$', examples: ['17:00'] }),
      },
      closed,
    ),
    {
      minItems: 1,
      maxItems: limits.shifts,
      description: `When somebody works, ${weekMinutesMin} minutes a week at least. Shifts of a day do not overlap`,
    },
  ),
  freeDays: Type.Array(Type.Object({ day: Day('A day without work'), name: Type.String({ minLength: 1, maxLength: 80 }) }, closed), {
    maxItems: limits.freeDays,
    description: 'Holidays, and days off of the whole entity',
  }),
  hours: Type.Unsafe<Partial<Record<ExceptionCategory, number>>>(
    Type.Object(
      Object.fromEntries(
        exceptionCategories.map((category) => [category, Type.Optional(Type.Integer({ minimum: 1, maximum: limits.hours }))]),
      ),
      {
        ...closed,
        description:
          'Hours of work after which an exception of a category is over its time here, where they are not those of WAYBILL_EXCEPTION_HOURS',
      },
    ),
  ),
};
const Hours = Type.Object({
  legalEntity: Type.String({ description: '`*`: every one that has none of its own' }),
  ...fields,
  version: Count('Rises with each change'),
  changedAt: Instant('Last change'),
  changedBy: Type.String(),
});
const recounted = {
  recounted: Count('Exceptions that have not ended and were counted again'),
  left: Count('Those that follow within the next minute'),
};
const params = Type.Object({
  legalEntity: Type.String({ minLength: 1, maxLength: 80, description: 'A legal entity, or `*` for every one that has none of its own' }),
});

export const workingHoursRoutes = defineRoutes({
  listWorkingHours: {
    method: 'GET',
    path: '/v1/working-hours',
    summary: 'The hours in which the clock of exceptions runs, by legal entity. What is in none of them has plain hours',
    permission: 'exception.read',
    response: Page(Hours),
  },
  putWorkingHours: {
    method: 'PUT',
    path: '/v1/working-hours/{legalEntity}',
    summary: 'Set the working hours of a legal entity. Exceptions that have not ended are counted again, from when they stopped',
    permission: 'exception.govern',
    params,
    body: Type.Object(
      {
        ...fields,
        freeDays: Type.Optional(fields.freeDays),
        hours: Type.Optional(fields.hours),
        expectedVersion: Type.Optional(Type.Integer({ minimum: 0, description: 'Refused unless this is the version now; 0: there are none yet' })),
        reason: Type.Optional(Type.String({ maxLength: 500 })),
      },
      closed,
    ),
    response: Type.Object({ ...Hours.properties, ...recounted }),
  },
  removeWorkingHours: {
    method: 'DELETE',
    path: '/v1/working-hours/{legalEntity}',
    summary: 'Take the working hours of a legal entity away: its clock runs as that of every other one',
    permission: 'exception.govern',
    params,
    response: Type.Object({ done: Type.Boolean(), ...recounted }),
  },
}); // prettier-ignore

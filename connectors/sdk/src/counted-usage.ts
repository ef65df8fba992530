import { Type, type Static } from '@sinclair/typebox';

/** The name of the look-up by which a billing platform tells what it has counted: what controls of usage compare with. */
export const countedUsageLookup = 'counted-usage';

const text = (description: string) => Type.String({ description, minLength: 1, maxLength: 255 });
const day = (description: string) => Type.String({ description, format: 'date' });

/** The most days, and customers, that one question asks for: a month with room at both ends. */
export const countedDaysMax = 40;
export const countedCustomersMax = 20;

/** What a control asks: a meter and customers, as they are called in billing, and days of UTC, both inclusive. */
export const CountedUsageAsk = Type.Object(
  {
    meter: text('What the meter is called in billing'),
    customers: Type.Array(text('The customer’s id in billing'), { minItems: 1, maxItems: countedCustomersMax }),
    from: day('First day'),
    to: day(`Last day, at most ${countedDaysMax} with the first`),
  },
  { additionalProperties: false },
);
export type CountedUsageAsk = Static<typeof CountedUsageAsk>;

/**
 * What billing adds up, whoever reported it, by the day of UTC that an event carries. Decimal text; a day without usage is left out or 0. Of a meter or a
 * customer that billing does not know nothing is counted. A meter that adds up otherwise than by a sum cannot be compared: that is a failure
 * (`misconfigured`), never an empty answer.
 */
export const CountedUsage = Type.Object({
  counted: Type.Array(
    Type.Object({
      customer: text('As it was asked for'),
      day: day('Of UTC'),
      quantity: Type.String({ description: 'What it comes to on that day', pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' }),
    }),
    { maxItems: countedDaysMax * countedCustomersMax, description: 'One for each customer and day' },
  ),
});
export type CountedUsage = Static<typeof CountedUsage>;

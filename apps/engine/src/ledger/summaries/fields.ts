/** Fields that the routes of summaries share. */
import { Type } from '@sinclair/typebox';

export const oneOf = (values: readonly string[], description?: string) =>
  Type.Union(
    values.map((one) => Type.Literal(one)),
    description === undefined ? {} : { description },
  );

export const Quantity = Type.String({ description: 'Decimal text' });
export const Period = Type.String({ pattern: '^\\d{4}-\\d{2}(-\\d{2})?$', maxLength: 10, description: 'A month, 2026-10, or a day, 2026-10-03', examples: ['2026-10'] }); // prettier-ignore
export const Dimensions = Type.Record(Type.String(), Type.String(), { description: 'Group-by values' });

/** Field schemas that every room's routes share: identifiers, instants, money, pages. */
import { Type, type TSchema } from '@sinclair/typebox';

export const Id = (prefix: string, description: string) =>
  Type.String({ description, pattern: `^${prefix}_[0-9a-z]{26}$`, examples: [`${prefix}_01jd8x6m2dfk6t6s9vj0h0qk3w`] });
export const Name = (description: string) =>
  Type.String({ description, pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', minLength: 1, maxLength: 80, examples: ['stripe-invoices'] });
export const Instant = (description: string) => Type.String({ description, format: 'date-time' });
export const Day = (description: string) => Type.String({ description, format: 'date' });
export const Text = (description: string, maxLength = 2000) => Type.String({ description, maxLength });
export const Maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Amount = Type.Object(
  { amount: Type.String({ description: 'Decimal text' }), currency: Type.String({ description: 'ISO 4217' }) },
  { description: 'Money: a decimal string with its currency', additionalProperties: false },
);
export const Count = (description: string) => Type.Integer({ description, minimum: 0 });
/** Any JSON value, as it stands. */
export const AnyJson = Type.Unknown({ description: 'Any JSON value' });

/** A list answer. `next` is the cursor of the following page, null on the last one. `count` comes with `?count=true`. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object(
    { items: Type.Array(item), next: Maybe(Type.String()), count: Type.Optional(Type.Integer()) },
    { additionalProperties: false },
  );

export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Rows a page' })),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next` of the page before' })),
  count: Type.Optional(Type.Boolean({ description: 'Also count all rows that match' })),
};

/** RFC 9457 problem with a code of the catalogue, where it is and what to do. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'UPPER_SNAKE code of the error catalogue' }),
    detail: Type.String({ description: 'One sentence: the field and the values that clash' }),
    path: Type.Optional(Type.String({ description: 'Where in the input, as a JSON pointer' })),
    remedy: Type.Optional(Type.String({ description: 'What to do about it' })),
    problems: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String(),
          path: Type.Optional(Type.String()),
          detail: Type.String(),
          remedy: Type.Optional(Type.String()),
          line: Type.Optional(Type.Integer()),
          column: Type.Optional(Type.Integer()),
        }),
        { description: 'Every problem, when the input has several' },
      ),
    ),
    requestId: Type.Optional(Type.String()),
  },
  { $id: 'Problem' },
);
export const ProblemItem = Type.Object({
  code: Type.String(),
  path: Type.Optional(Type.String()),
  detail: Type.String(),
  remedy: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer({ description: '1 is the first' })),
  column: Type.Optional(Type.Integer()),
});

/** What a facet of a list is asked and answers with; the lists of other rooms use the same. */
import { Type } from '@sinclair/typebox';
import { Count, Instant } from '../../platform/http/fields.js';
import { keptMs, rowsMax, valuesMax } from './facets.js';

export const facetQuery = {
  find: Type.Optional(Type.String({ maxLength: 100, description: 'Only values that have these letters, in whatever case' })),
};

export const facetField = <T extends string>(fields: readonly T[]) =>
  Type.Unsafe<T>({
    ...Type.Union(fields.map((field) => Type.Literal(field))),
    description: 'The filter whose values are counted; what it is set to itself does not count, the others do',
  });

export const Facet = <T extends string>(fields: readonly T[], most = rowsMax) =>
  Type.Object(
    {
      field: Type.Unsafe<T>(Type.Union(fields.map((field) => Type.Literal(field)))),
      items: Type.Array(
        Type.Object(
          { value: Type.String({ description: 'As the filter takes it' }), count: Count('So many') },
          { additionalProperties: false },
        ),
        { description: `The most frequent first, at most ${valuesMax}` },
      ),
      more: Type.Boolean({ description: 'There are more values' }),
      atLeast: Type.Boolean({
        description: `More than ${most} rows would have to be counted: counts are of so many of them, the newest where an index says which those are. Each is at least so large, and a value that only others have is missing`,
      }),
      asOf: Instant(`When it was counted; an answer is kept for ${keptMs / 1_000} seconds`),
    },
    { additionalProperties: false },
  );

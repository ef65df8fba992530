import type { JsonObject, JsonSchema } from '@waybill/sdk';
import type { Release } from '../catalog/index.js';
import type { ProblemItem } from '../platform/problems/index.js';
import type { ExceptionFacts } from './journey.js';

/** Places that an answer names where something does not fit its schema. */
export const misfitsMax = 100;

/** Every place where an output does not fit, not only the first, which stops a message. */
export const misfitsOf = (
  { produce }: Pick<Release, 'produce'>,
  output: JsonObject | undefined,
  failure: ExceptionFacts | undefined,
  schemas: { problems(schema: JsonSchema, value: unknown, most: number): ProblemItem[] },
): ProblemItem[] => (failure?.code === 'MAPPING_OUTPUT' && output && produce ? schemas.problems(produce.schema, output, misfitsMax) : []);

import type { JsonSchema, Lookup } from '@waybill/sdk';
import { readBy } from './api.js';

const name: JsonSchema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$' };

/** A field is a unique external id, or `Id`. */
export const lookups = {
  record: {
    title: 'Record',
    summary: 'The record of an object whose external id field, or Id, has a value; all fields that the user may see. null when there is none.',
    by: {
      type: 'object',
      additionalProperties: false,
      required: ['object', 'field', 'value'],
      properties: { object: { ...name, title: 'Object' }, field: { ...name, title: 'Field' }, value: { type: 'string', title: 'Value', minLength: 1, maxLength: 255 } },
    },
    async run(context, by) {
      return (await readBy(context, { object: String(by['object']), field: String(by['field']), value: String(by['value']) })) ?? null;
    },
  },
} satisfies Record<string, Lookup>; // prettier-ignore

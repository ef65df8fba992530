import { Type, type Lookup } from '@waybill/sdk';
import { readBy } from './record.js';

const name = { pattern: '^[a-z][a-z0-9_]{0,99}$' };

export const lookups = {
  record: {
    title: 'Record',
    summary: 'The record of an object whose unique property has a value. null when there is none.',
    by: Type.Object(
      {
        object: Type.String({ title: 'Object', pattern: '^[A-Za-z0-9_-]{1,100}$' }),
        idProperty: Type.String({ title: 'Property', ...name }),
        id: Type.String({ title: 'Value', minLength: 1, maxLength: 255 }),
        properties: Type.Optional(Type.Array(Type.String(name), { title: 'Properties to read', maxItems: 100 })),
      },
      { additionalProperties: false },
    ),
    async run(context, by) {
      const of = { object: String(by['object']), idProperty: String(by['idProperty']), id: String(by['id']) };
      const wanted = Array.isArray(by['properties']) ? by['properties'].map(String) : [];
      return (await readBy(context, of, wanted)) ?? null;
    },
  },
} satisfies Record<string, Lookup>;

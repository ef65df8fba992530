import { secret, tlsProperties, type JsonObject, type JsonSchema } from '@waybill/sdk';

const key = { type: 'string', minLength: 1, maxLength: 250, pattern: '^[^\\s]+$' } as const;
export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system', 'address'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system for ever: redis-streams/<system>.' },
    address: { type: 'string', 'x-destination': true, title: 'Address', description: 'host:port', pattern: '^[^\\s:/]{1,253}:[0-9]{1,5}$' },
    database: { type: 'integer', title: 'Database', minimum: 0, maximum: 15, default: 0 },

    usageStreams: { type: 'array', title: 'Streams with usage', description: 'Keys of streams: CloudEvents, each into the usage ledger.', maxItems: 20, uniqueItems: true, items: key, default: [] },
    recordStream: { ...key, title: 'Stream with records', description: 'JSON objects, for flows that begin at the stream records.' },
    beginAt: { enum: ['earliest', 'latest'], title: 'Where to begin', description: 'In a stream that has not been read yet.', default: 'earliest' },
    valueField: { type: 'string', title: 'Field of the value', description: 'The event, or its data; the other fields are headers.', minLength: 1, maxLength: 100, default: 'data' },

    ...tlsProperties,
    username: { type: 'string', title: 'User name', description: 'Left out: the default user.', maxLength: 255 },
    password: secret('Password'),
  },
}; // prettier-ignore

const properties = settingsSchema['properties'] as Record<string, JsonSchema>;

/** A text setting with its default; empty when there is none. */
export function text(settings: JsonObject, name: string): string {
  const value = settings[name] ?? properties[name]?.['default'];
  return typeof value === 'string' ? value : '';
}

export function texts(settings: JsonObject, name: string): string[] {
  const value = settings[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'system') ? `redis-streams/${text(settings, 'system')}` : undefined;

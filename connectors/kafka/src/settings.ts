import { secret, tlsProperties, type JsonObject, type JsonSchema } from '@waybill/sdk';

const topic = { type: 'string', pattern: '^[a-zA-Z0-9._-]{1,249}$' } as const;
export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system', 'brokers'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system and the target ledger for ever: kafka/<system>.' },
    brokers: { type: 'array', 'x-destination': true, title: 'Brokers', description: 'host:port of some brokers; the others are found from them.', minItems: 1, maxItems: 20, uniqueItems: true, items: { type: 'string', pattern: '^[^\\s:/]{1,253}:[0-9]{1,5}$' } },

    usageTopics: { type: 'array', title: 'Topics with usage', description: 'CloudEvents, each into the usage ledger.', maxItems: 20, uniqueItems: true, items: topic, default: [] },
    recordTopic: { ...topic, title: 'Topic with records', description: 'JSON objects, for flows that begin at the stream records.' },
    beginAt: { enum: ['earliest', 'latest'], title: 'Where to begin', description: 'For a topic that has not been read yet.', default: 'earliest' },
    publishTopic: { ...topic, title: 'Topic to publish to', description: 'Where the operation publish writes, unless the document names another.' },

    ...tlsProperties,
    signIn: { enum: ['none', 'plain', 'scram-sha-256', 'scram-sha-512'], title: 'How we sign in', default: 'none' },
    username: { type: 'string', title: 'User name', maxLength: 255 },
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
  text(settings, 'system') ? `kafka/${text(settings, 'system')}` : undefined;

import { secret, tlsProperties, type JsonObject, type JsonSchema } from '@waybill/sdk';

/** A stream, or a stream and behind a slash the subject that is wanted of it; `*` and `>` as NATS has them. */
const source = { type: 'string', pattern: '^[^\\s./*>\\\\]{1,64}(/[^\\s/]{1,180})?$' } as const;
export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system', 'servers'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system and the target ledger for ever: nats/<system>.' },
    servers: { type: 'array', 'x-destination': true, title: 'Servers', description: 'host:port, tried in turn.', minItems: 1, maxItems: 20, uniqueItems: true, items: { type: 'string', pattern: '^[^\\s:/]{1,253}:[0-9]{1,5}$' } },

    usageStreams: { type: 'array', title: 'Streams with usage', description: 'CloudEvents, each into the usage ledger: USAGE, or USAGE/metering.> for one subject of it.', maxItems: 20, uniqueItems: true, items: source, default: [] },
    recordStream: { ...source, title: 'Stream with records', description: 'JSON objects, for flows that begin at the stream records.' },
    beginAt: { enum: ['earliest', 'latest'], title: 'Where to begin', description: 'In a stream that has not been read yet.', default: 'earliest' },
    publishSubject: { type: 'string', title: 'Subject to publish to', pattern: '^[^\\s*>]{1,200}$', description: 'Of a stream. Where the operation publish writes, unless the document names another.' },

    ...tlsProperties,
    signIn: { enum: ['none', 'password', 'token', 'nkey', 'credentials'], title: 'How we sign in', default: 'none' },
    username: { type: 'string', title: 'User name', maxLength: 255 },
    password: secret('Password'),
    token: secret('Token'),
    nkeySeed: secret('Seed of the NKey', { description: 'SU…' }),
    credentials: secret('Credentials', { description: 'The content of a .creds file.' }),
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

/** `USAGE/metering.>` as stream and subject. */
export function partsOf(source: string): { stream: string; subject: string | undefined } {
  const slash = source.indexOf('/');
  return slash < 0 ? { stream: source, subject: undefined } : { stream: source.slice(0, slash), subject: source.slice(slash + 1) };
}

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'system') ? `nats/${text(settings, 'system')}` : undefined;

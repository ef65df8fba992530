import { ownErrorRows, secret, tlsProperties, type JsonObject, type JsonSchema } from '@waybill/sdk';

const part = '[A-Za-z_][A-Za-z0-9_$]{0,62}';
const table = { type: 'string', pattern: `^${part}\\.${part}$`, maxLength: 127 } as const;
const column = { type: 'string', pattern: `^${part}$` } as const;
const columns = { type: 'array', minItems: 1, maxItems: 5, uniqueItems: true, items: column } as const;

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system', 'address', 'database', 'username'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system for ever: postgres/<system>.' },
    address: { type: 'string', 'x-destination': true, title: 'Address', description: 'host:port of the primary', pattern: '^[^\\s:/]{1,253}:[0-9]{1,5}$' },
    database: { type: 'string', title: 'Database', minLength: 1, maxLength: 63 },
    username: { type: 'string', title: 'User name', minLength: 1, maxLength: 63 },
    password: secret('Password'),
    ...tlsProperties,

    table: { ...table, title: 'Table with rows', description: 'schema.table, for flows that begin at the stream rows.' },
    watermark: { ...column, title: 'Watermark', description: 'A timestamp column that each change of a row sets anew.' },
    keyColumns: { ...columns, title: 'Key of the rows', description: 'The columns of a unique index, none of which may be null.' },
    lagSeconds: { type: 'integer', title: 'Lag', description: 'Seconds that reading stays behind the server’s clock: longer than any transaction that writes the table.', minimum: 1, maximum: 86_400, default: 60 },

    outbox: { ...table, title: 'Outbox with records', description: 'schema.table, for flows that begin at the stream records.' },
    usageOutboxes: { type: 'array', title: 'Outboxes with usage', description: 'schema.table: CloudEvents, each into the usage ledger.', maxItems: 20, uniqueItems: true, items: table, default: [] },

    target: { ...table, title: 'Table to write to', description: 'schema.table' },
    targetKey: { ...columns, title: 'Key of the table to write to', description: 'The columns of a unique index of it.' },
    targetVersion: { ...column, title: 'Version of the table to write to', description: 'A column that orders the versions of a row: a number, a time, or text.' },
    errors: ownErrorRows,
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

export const lagSecondsOf = (settings: JsonObject): number => (typeof settings['lagSeconds'] === 'number' ? settings['lagSeconds'] : 60);

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'system') ? `postgres/${text(settings, 'system')}` : undefined;

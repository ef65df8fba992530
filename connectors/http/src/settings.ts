import { secret, type JsonObject, type JsonSchema } from '@waybill/sdk';

const pointer = (title: string, description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string', title, description, maxLength: 500, pattern: '^(/([^~/]|~0|~1)*)*$', ...more,
}); // prettier-ignore
const path = (title: string, description: string): JsonSchema => ({
  type: 'string',
  title,
  description,
  maxLength: 2000,
  pattern: '^/[^\\s]*$',
});
const header = (title: string, description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'string', title, description, pattern: '^[A-Za-z0-9!#$%&\'*+.^_`|~-]{1,100}$', ...more,
}); // prettier-ignore
const statuses = (title: string, description: string, values: number[]): JsonSchema => ({
  type: 'array', title, description, maxItems: 50, default: values, items: { type: 'integer', minimum: 100, maximum: 599 },
}); // prettier-ignore

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['system'],
  properties: {
    system: { type: 'string', title: 'System', pattern: '^[a-z][a-z0-9-]{0,60}$', description: 'Names the source system and the target ledger for ever: http/<system>.' },

    signing: { enum: ['standard-webhooks', 'hmac', 'shared'], title: 'How webhooks prove themselves', default: 'standard-webhooks' },
    signingSecret: secret('Webhook secret', { description: 'whsec_… for Standard Webhooks, the key for HMAC, the value itself for a shared one. Without it every webhook is refused.' }),
    previousSigningSecret: secret('Webhook secret before the last rotation'),
    signatureHeader: header('Header of the signature', 'For HMAC and shared values.', { default: 'x-signature' }),
    signatureAlgorithm: { enum: ['sha256', 'sha512'], title: 'HMAC algorithm', default: 'sha256' },
    signatureEncoding: { enum: ['hex', 'base64'], title: 'HMAC encoding', default: 'hex' },
    signaturePrefix: { type: 'string', title: 'Text before the signature', maxLength: 40, description: 'Such as sha256= or Bearer and a space.' },
    deliveryIdHeader: header('Header of the delivery id', 'Else the pointer, else a hash of the body. Standard Webhooks: webhook-id.'),
    deliveryIdPointer: pointer('Pointer to the delivery id', 'In the body.'),

    recordsPointer: pointer('Pointer to the records', 'A record or a list of them; empty: the whole body.', { default: '' }),
    keyPointer: pointer('Pointer to the key', 'In a record: its identity.', { default: '/id' }),
    occurredAtPointer: pointer('Pointer to the instant', 'In a record, else in the body: ISO 8601, or seconds or milliseconds since 1970.', { default: '/timestamp' }),
    revisionPointer: pointer('Pointer to the revision', 'In a record: a whole number or sortable text. Empty: the instant.', { default: '' }),

    baseUrl: { type: 'string', title: 'Address', pattern: '^https?://[^\\s?#]+[^\\s?#/]$', description: 'For the poll and for requests.' },
    authorization: { enum: ['none', 'bearer', 'basic', 'header'], title: 'How we sign in', default: 'none' },
    credential: secret('Credential', { description: 'The bearer value, user:password, or the header’s value.' }),
    credentialHeader: header('Header of the credential', 'When signing in by a header.', { default: 'x-api-key' }),
    checkPath: path('Path for the check', 'A GET that answers JSON.'),

    pollPath: path('Path of the poll', 'A GET that lists records, oldest change first. Empty: no poll.'),
    pollSinceParameter: { type: 'string', title: 'Parameter: changed since', maxLength: 100, default: 'updatedSince' },
    pollCursorParameter: { type: 'string', title: 'Parameter: page', maxLength: 100, default: 'cursor' },
    pollNextPointer: pointer('Pointer to the next page', 'In the answer; absent or null ends the sweep.', { default: '/next' }),
    pollLimitParameter: { type: 'string', title: 'Parameter: page size', maxLength: 100, default: 'limit' },

    requestMethod: { enum: ['POST', 'PUT', 'PATCH'], title: 'Method', default: 'POST' },
    requestPath: path('Path of a request', 'A template: /invoices/{{/number}}.'),
    requestHeaders: { type: 'object', title: 'Headers of a request', description: 'Templates by name.', maxProperties: 20, propertyNames: { pattern: '^[A-Za-z0-9-]{1,100}$' }, additionalProperties: { type: 'string', maxLength: 1000 } },
    requestBody: { type: 'string', title: 'Body of a request', maxLength: 20000, description: 'A template of JSON: {"ref": {{key}}, "total": {{/total}}}. Empty: the document itself.' },
    keyHeader: header('Header of the key', 'For keyed requests.', { default: 'Idempotency-Key' }),
    findPath: path('Path of the look-up', 'A template: /invoices?reference={{key}}.'),
    findPointer: pointer('Pointer to the id found', 'In the look-up’s answer; absent means certainly absent.', { default: '/id' }),
    receiptIdPointer: pointer('Pointer to the id', 'In the answer of a request; empty: the key itself is the id.', { default: '/id' }),
    receiptNumberPointer: pointer('Pointer to the number', 'In the answer of a request.', { default: '/number' }),
    successStatuses: statuses('Statuses of success', 'Done.', [200, 201, 202, 204]),
    permanentStatuses: statuses('Statuses of refusal', 'Not done; a person has to look.', [400, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422]),
    nothingDoneStatuses: statuses('Statuses to try again', 'Certainly not done. A 5xx that is not listed here is in doubt.', [425]),
  },
}; // prettier-ignore

const properties = settingsSchema['properties'] as Record<string, JsonSchema>;

/** A text setting with its default; empty when there is none. */
export function text(settings: JsonObject, name: string): string {
  const value = settings[name] ?? properties[name]?.['default'];
  return typeof value === 'string' ? value : '';
}

export function numbers(settings: JsonObject, name: string): number[] {
  const value = settings[name] ?? properties[name]?.['default'];
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number') : [];
}

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'system') ? `http/${text(settings, 'system')}` : undefined;
export const secretsOf = (settings: JsonObject): string[] =>
  ['signingSecret', 'previousSigningSecret'].map((name) => text(settings, name)).filter((one) => one !== '');

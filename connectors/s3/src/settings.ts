import { ownErrorRows, secret, type JsonObject, type JsonSchema } from '@waybill/sdk';

export const settingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['endpoint', 'region', 'bucket', 'accessKeyId', 'secretAccessKey'],
  properties: {
    endpoint: { type: 'string', title: 'Endpoint', description: 'https://s3.eu-central-1.amazonaws.com, or the address of what speaks like S3.', pattern: '^https?://[^\\s/?#@]{1,253}$' },
    region: { type: 'string', title: 'Region', description: 'As the signature names it; us-east-1 where the service has none.', pattern: '^[a-z0-9-]{1,60}$' },
    bucket: { type: 'string', title: 'Bucket', pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' },
    addressing: { enum: ['path', 'host'], title: 'Where the bucket stands in an address', description: 'path: endpoint/bucket. host: bucket.endpoint, as AWS wants it; not for buckets with a dot in their name.', default: 'path' },
    accessKeyId: { type: 'string', title: 'Access key', minLength: 3, maxLength: 200, pattern: '^[\\x21-\\x7e]*$' },
    secretAccessKey: secret('Secret key'),
    sessionToken: secret('Session token', { description: 'For credentials that end; renewed by whoever gave them.' }),

    prefix: { type: 'string', title: 'Prefix', description: 'What every name begins with, such as waybill/invoices.', pattern: '^[A-Za-z0-9_=-][A-Za-z0-9_=.-]*(/[A-Za-z0-9_=-][A-Za-z0-9_=.-]*)*$', maxLength: 300 },
    partition: { enum: ['day', 'month', 'none'], title: 'Partition', description: 'day: date=2026-11-27/ after the prefix. month: month=2026-11/.', default: 'day' },
    compression: { enum: ['none', 'gzip'], title: 'Compression', default: 'none' },
    errors: ownErrorRows,
  },
}; // prettier-ignore

const properties = settingsSchema['properties'] as Record<string, JsonSchema>;

/** A text setting with its default; empty when there is none. */
export function text(settings: JsonObject, name: string): string {
  const value = settings[name] ?? properties[name]?.['default'];
  return typeof value === 'string' ? value : '';
}

export const accountOf = (settings: JsonObject): string | undefined =>
  text(settings, 'bucket') ? `s3/${text(settings, 'bucket')}` : undefined;

/** The address of the bucket, without a slash at its end. */
export function bucketUrl(settings: JsonObject): string {
  const { protocol, host } = new URL(text(settings, 'endpoint'));
  const bucket = text(settings, 'bucket');
  return text(settings, 'addressing') === 'host' ? `${protocol}//${bucket}.${host}` : `${protocol}//${host}/${bucket}`;
}

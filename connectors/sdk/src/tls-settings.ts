import { secret } from './connector.js';
import type { DialTo } from './dial.js';
import type { JsonObject, JsonSchema } from './json.js';

const pem = (title: string, description: string): JsonSchema => ({
  type: 'string',
  title,
  description,
  maxLength: 20_000,
  pattern: '^-----BEGIN ',
});

/** Settings of connectors that dial: whether, and how, the connection is encrypted. */
export const tlsProperties = {
  encryption: { enum: ['tls', 'none'], title: 'Encryption', description: 'None: only where the operator allowed the address.', default: 'tls' },
  ca: pem('Certificate authority', 'PEM. Left out: the usual authorities.'),
  clientCertificate: pem('Client certificate', 'PEM, for systems that ask for one.'),
  clientKey: secret('Key of the client certificate', { description: 'PEM.' }),
} as const satisfies Record<string, JsonSchema>; // prettier-ignore

export const isEncrypted = (settings: JsonObject): boolean => settings['encryption'] !== 'none';

export function tlsOf(settings: JsonObject): NonNullable<DialTo['tls']> {
  const given = { ca: settings['ca'], cert: settings['clientCertificate'], key: settings['clientKey'] };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => (typeof text === 'string' && text !== '' ? [[name, withLines(text)]] : [])),
  );
}

/** A key or a certificate with its lines: a field of one line, as forms have them, makes spaces of them. */
export function withLines(text: string): string {
  if (text.trim().includes('\n')) return text;
  const marked = text.replace(/-{3,}(?:BEGIN|END) [A-Z0-9 ]+-{3,}/g, '\n$&\n').split('\n');
  const lines = marked.flatMap((line) => (line.startsWith('---') ? [line] : line.trim().split(/\s+/)));
  return `${lines.filter(Boolean).join('\n')}\n`;
}

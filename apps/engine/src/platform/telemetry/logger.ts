import { pino, type Logger as Pino } from 'pino';
import { knownSecrets } from './known-secrets.js';

/** One wide line per event. ERROR: data is lost or a person must act. WARN: it recovered by itself. */
export type Logger = Pino;

const secretNames = ['password', 'token', 'secret', 'authorization', 'cookie', 'apiKey', 'webhookSecret', 'masterKey'];

export function makeLogger(level: string): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`]);
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths, censor: '[sealed]' },
    hooks: { streamWrite: (line) => knownSecrets.hide(line) },
  });
}

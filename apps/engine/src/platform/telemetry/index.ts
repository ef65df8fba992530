export { knownSecrets, KnownSecrets } from './known-secrets.js';
export { makeLogger, type Logger } from './logger.js';
export { meters, metrics } from './metrics.js';

export { makeLogger, type Logger } from './logger.js';
export { meters, metrics } from './metrics.js';

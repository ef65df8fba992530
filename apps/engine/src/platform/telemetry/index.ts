export { makeLogger, type Logger } from './logger.js';
export { metrics } from './metrics.js';

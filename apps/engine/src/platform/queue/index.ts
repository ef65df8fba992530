export { Doorbell, type DoorbellOptions, type QueueState } from './doorbell.js';
export { QueueRefused } from './redis.js';
export type { Ring } from './rings.js';

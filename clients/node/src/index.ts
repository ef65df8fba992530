export { WaybillClient, type ClientOptions, type RefusedEvent, type SendResult, type StoredEvent } from './client.js';
export { ClosedError, QueueFullError, RefusedError, UndeliveredError } from './errors.js';
export type { BatchAnswer, NewUsageEvent, UsageEvent } from './event.js';

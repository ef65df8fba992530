export { Doorbell, QueueRefused, type DoorbellOptions, type Ring } from './doorbell.js';

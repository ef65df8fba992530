export { Backlog, type BacklogOptions } from './backlog.js';

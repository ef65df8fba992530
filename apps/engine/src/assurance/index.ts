export { ControlRunner } from './reconciliation/runner.store.js';

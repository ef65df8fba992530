export { AssuranceModule } from './assurance.module.js';
export { ErasureStore } from './erasure/erasure.store.js';
export { ControlRunner } from './reconciliation/runner.store.js';

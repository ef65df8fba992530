export { AlertSending } from './alerts/sending.store.js';
export { AlertWatch } from './alerts/watching.store.js';
export { AssuranceModule } from './assurance.module.js';
export { ErasureStore } from './erasure/erasure.store.js';
export { ControlRunner } from './reconciliation/runner.store.js';
export { SyntheticRunner } from './synthetic/runner.store.js';

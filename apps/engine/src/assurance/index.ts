export { AssuranceModule } from './assurance.module.js';
export { ErasureStore } from './erasure/erasure.store.js';

export { UsageLedger } from './events/ledger.store.js';
export { LedgerModule } from './ledger.module.js';

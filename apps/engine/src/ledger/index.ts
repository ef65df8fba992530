export { UsageLedger } from './events/ledger.store.js';
export { LedgerModule } from './ledger.module.js';
export { StreamReaders } from './streams/readers.store.js';
export { UsageControl } from './summaries/control/control.store.js';
export { readMeterFile } from './summaries/meters/meter-file.js';
export { MeterStore } from './summaries/meters/meters.store.js';
export { RollUp } from './summaries/rollup/rollup.store.js';
export { PeriodSealing } from './summaries/seal/sealing.store.js';
export { TraceStore as UsageTrace } from './summaries/trace/trace.store.js';

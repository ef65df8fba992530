export { IntakeModule } from './intake.module.js';
export { Poller } from './poller.store.js';
export { RefusalStore } from './refusals.store.js';
export { RunStore } from './runs.store.js';
export { Unpacker } from './unpack.store.js';

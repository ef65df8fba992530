export { IntakeModule } from './intake.module.js';
export { HookDoor } from './hooks.store.js';
export { InboxStore } from './inbox.store.js';
export { Poller } from './poller.store.js';
export { RefusalStore } from './refusals.store.js';
export { RunStore } from './runs.store.js';
export { Unpacker } from './unpack.store.js';

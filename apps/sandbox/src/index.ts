export { demoConnections } from './demo/demo-connections.js';
export { demoTables, type TableRow } from './demo/demo-tables.js';
export { setUpDemo, type SetUpOptions } from './demo/set-up.js';
export { liveThroughAMonth, type DemoOptions } from './demo/live-through-a-month.js';
export { runControls, type ControlOptions } from './demo/controls.js';
export { reportUsage, type UsageOptions } from './demo/usage.js';
export { calendarOf } from './demo/story.js';
export { defaultBillingKey, defaultErpToken, startSandbox, type Sandbox, type SandboxOptions } from './sandbox.js';
export { refusalStatus } from './erp/refusal.js';

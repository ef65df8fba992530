import { ActivityController } from './activity/activity.controller.js';
import { ActivityStore } from './activity/activity.store.js';
import { UsageControl } from './control/control.store.js';
import { UnattributedStore } from './control/unattributed.store.js';
import { UnreadableStore } from './control/unreadable.store.js';
import { MetersController } from './meters/meters.controller.js';
import { MeterStore } from './meters/meters.store.js';
import { MeterPreview } from './meters/preview.store.js';
import { RollUp } from './rollup/rollup.store.js';
import { SealPlans } from './seal/plan.store.js';
import { PeriodSealing } from './seal/sealing.store.js';
import { Seals } from './seal/seal.store.js';
import { SummaryStore } from './seal/summaries.store.js';
import { SummariesController } from './summaries.controller.js';
import { TraceStore } from './trace/trace.store.js';

/** What this half of the room gives to its module. */
export const summaryControllers = [MetersController, SummariesController, ActivityController];
export const summaryProviders = [
  MeterStore,
  MeterPreview,
  RollUp,
  SealPlans,
  Seals,
  PeriodSealing,
  SummaryStore,
  TraceStore,
  UnattributedStore,
  UnreadableStore,
  UsageControl,
  ActivityStore,
];

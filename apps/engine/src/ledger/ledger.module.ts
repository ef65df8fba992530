import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { PipelineModule } from '../pipeline/pipeline.module.js';
import { BulkIntake } from './events/bulk.store.js';
import { CorrectionStore } from './events/corrections.store.js';
import { UsageDoor } from './events/door.store.js';
import { UsagePace } from './events/pace.store.js';
import { EventDriftStore } from './events/event-drift.store.js';
import { EventTypeStore } from './events/event-types.store.js';
import { UsageQueryStore } from './events/events.query.store.js';
import { UsageLedger } from './events/ledger.store.js';
import { UsageController } from './events/usage.controller.js';
import { UsageExportsController } from './exports/exports.controller.js';
import { UsageExports } from './exports/exports.store.js';
import { streamControllers, streamProviders } from './streams/parts.module.js';
import { summaryControllers, summaryProviders } from './summaries/parts.module.js';

@Module({
  imports: [CatalogModule, PipelineModule],
  controllers: [UsageController, UsageExportsController, ...streamControllers, ...summaryControllers],
  providers: [
    UsageDoor,
    UsagePace,
    UsageLedger,
    BulkIntake,
    EventDriftStore,
    EventTypeStore,
    CorrectionStore,
    UsageQueryStore,
    UsageExports,
    ...streamProviders,
    ...summaryProviders,
  ],
  exports: [UsageLedger, ...streamProviders, ...summaryProviders],
})
export class LedgerModule {}

import { Module } from '@nestjs/common';
import { BulkIntake } from './events/bulk.store.js';
import { CorrectionStore } from './events/corrections.store.js';
import { UsageDoor } from './events/door.store.js';
import { EventTypeStore } from './events/event-types.store.js';
import { UsageQueryStore } from './events/events.query.store.js';
import { UsageLedger } from './events/ledger.store.js';
import { UsageController } from './events/usage.controller.js';

@Module({
  controllers: [UsageController],
  providers: [UsageDoor, UsageLedger, BulkIntake, EventTypeStore, CorrectionStore, UsageQueryStore],
  exports: [UsageLedger],
})
export class LedgerModule {}

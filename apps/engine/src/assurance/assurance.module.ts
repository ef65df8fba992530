import { Module } from '@nestjs/common';
import { AssuranceController } from './assurance.controller.js';
import { HealthController } from './health.controller.js';
import { HealthStore } from './health.store.js';
import { LiveUpdates } from './live.store.js';
import { OverviewStore } from './overview.store.js';

@Module({
  controllers: [AssuranceController, HealthController],
  providers: [OverviewStore, HealthStore, LiveUpdates],
  exports: [LiveUpdates],
})
export class AssuranceModule {}

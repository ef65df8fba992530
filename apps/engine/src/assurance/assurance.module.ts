import { Module } from '@nestjs/common';
import { AssuranceController } from './assurance.controller.js';
import { HealthController } from './health.controller.js';
import { LiveUpdates } from './live.store.js';
import { OverviewStore } from './overview.store.js';

@Module({ controllers: [AssuranceController, HealthController], providers: [OverviewStore, LiveUpdates], exports: [LiveUpdates] })
export class AssuranceModule {}

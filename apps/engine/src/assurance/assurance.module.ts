import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LedgerModule } from '../ledger/index.js';
import { AssuranceController } from './assurance.controller.js';
import { HealthController } from './health.controller.js';
import { HealthStore } from './health.store.js';
import { LineageController } from './lineage/lineage.controller.js';
import { LineageQueries } from './lineage/lineage.query.store.js';
import { LineageStore } from './lineage/lineage.store.js';
import { LiveUpdates } from './live.store.js';
import { OverviewStore } from './overview.store.js';
import { reconciliationControllers, reconciliationProviders } from './reconciliation/parts.module.js';

@Module({
  imports: [CatalogModule, LedgerModule],
  controllers: [AssuranceController, HealthController, LineageController, ...reconciliationControllers],
  providers: [OverviewStore, HealthStore, LiveUpdates, LineageQueries, LineageStore, ...reconciliationProviders],
  exports: [LiveUpdates],
})
export class AssuranceModule {}

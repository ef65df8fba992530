import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { IntakeModule } from '../intake/index.js';
import { LedgerModule } from '../ledger/index.js';
import { alertControllers, alertProviders } from './alerts/parts.module.js';
import { AssuranceController } from './assurance.controller.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { ErasureStore } from './erasure/erasure.store.js';
import { Erasing } from './erasure/erasing.store.js';
import { SubjectSearch } from './erasure/subject.store.js';
import { HealthController } from './health.controller.js';
import { HealthStore } from './health.store.js';
import { LineageController } from './lineage/lineage.controller.js';
import { LineageQueries } from './lineage/lineage.query.store.js';
import { LineageStore } from './lineage/lineage.store.js';
import { LiveUpdates } from './live.store.js';
import { OperationsController } from './operations/operations.controller.js';
import { OperationsStore } from './operations/operations.store.js';
import { AttentionStore } from './attention.store.js';
import { OverviewStore } from './overview.store.js';
import { OwnWorkStore } from './own-work.store.js';
import { reconciliationControllers, reconciliationProviders } from './reconciliation/parts.module.js';
import { ServiceLevelsController } from './service-levels/service-levels.controller.js';
import { ServiceLevelStore } from './service-levels/service-levels.store.js';
import { SyntheticRunner } from './synthetic/runner.store.js';
import { SyntheticRunStore } from './synthetic/runs.store.js';
import { SyntheticController } from './synthetic/synthetic.controller.js';
import { TimelineController } from './timeline/timeline.controller.js';
import { TimelineStore } from './timeline/timeline.store.js';
import { ValueController } from './value/value.controller.js';
import { ValueStore } from './value/value.store.js';

@Module({
  imports: [CatalogModule, IntakeModule, LedgerModule],
  controllers: [
    AssuranceController,
    HealthController,
    LineageController,
    OperationsController,
    ErasureController,
    ServiceLevelsController,
    ValueController,
    SyntheticController,
    TimelineController,
    ...reconciliationControllers,
    ...alertControllers,
  ],
  providers: [
    OverviewStore,
    AttentionStore,
    OwnWorkStore,
    ValueStore,
    TimelineStore,
    SyntheticRunStore,
    SyntheticRunner,
    OperationsStore,
    ServiceLevelStore,
    HealthStore,
    LiveUpdates,
    LineageQueries,
    LineageStore,
    SubjectSearch,
    Erasing,
    ErasureStore,
    ...reconciliationProviders,
    ...alertProviders,
  ],
  exports: [LiveUpdates],
})
export class AssuranceModule {}

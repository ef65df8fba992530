import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { IntakeModule } from '../intake/index.js';
import { PipelineModule } from '../pipeline/index.js';
import { ActStore } from './acts.store.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalStore } from './approvals.store.js';
import { ExceptionsController } from './exceptions.controller.js';
import { ExceptionStore } from './exceptions.store.js';
import { ExceptionExport } from './export.store.js';
import { ExceptionFacets } from './facets.store.js';
import { HistoryStore } from './history.store.js';
import { EditsController } from './edits/edits.controller.js';
import { EditStore } from './edits/edits.store.js';
import { ImpactController } from './impact/impact.controller.js';
import { ImpactStore } from './impact/impact.store.js';
import { ReplayProgressStore } from './replay-progress.store.js';
import { ReplayStore } from './replay.store.js';
import { ReplaysController } from './replays.controller.js';
import { ResolveStore } from './resolve.store.js';
import { SelectionsController } from './selections.controller.js';
import { SelectionStore } from './selections.store.js';
import { WorkingHoursController } from './working-hours/working-hours.controller.js';
import { WorkingHoursStore } from './working-hours/working-hours.store.js';
import { WorkListStore } from './work-list.store.js';

@Module({
  imports: [CatalogModule, PipelineModule, IntakeModule],
  controllers: [
    ExceptionsController,
    SelectionsController,
    ReplaysController,
    ApprovalsController,
    EditsController,
    ImpactController,
    WorkingHoursController,
  ],
  providers: [
    WorkListStore,
    ExceptionFacets,
    HistoryStore,
    ActStore,
    ResolveStore,
    ExceptionStore,
    ExceptionExport,
    SelectionStore,
    ReplayStore,
    ReplayProgressStore,
    ApprovalStore,
    EditStore,
    ImpactStore,
    WorkingHoursStore,
  ],
})
export class ExceptionsModule {}

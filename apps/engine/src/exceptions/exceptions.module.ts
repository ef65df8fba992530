import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { IntakeModule } from '../intake/index.js';
import { PipelineModule } from '../pipeline/index.js';
import { ApprovalsController } from './approvals.controller.js';
import { ApprovalStore } from './approvals.store.js';
import { ExceptionsController } from './exceptions.controller.js';
import { ExceptionStore } from './exceptions.store.js';
import { ReplayStore } from './replay.store.js';

@Module({
  imports: [CatalogModule, PipelineModule, IntakeModule],
  controllers: [ExceptionsController, ApprovalsController],
  providers: [ExceptionStore, ReplayStore, ApprovalStore],
})
export class ExceptionsModule {}

import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { PipelineModule } from '../pipeline/index.js';
import { HooksController } from './hooks.controller.js';
import { InboxStore } from './inbox.store.js';
import { IntakeController } from './intake.controller.js';
import { Poller } from './poller.store.js';
import { RunStore } from './runs.store.js';
import { Unpacker } from './unpack.store.js';

@Module({
  imports: [CatalogModule, PipelineModule],
  controllers: [HooksController, IntakeController],
  providers: [InboxStore, RunStore, Unpacker, Poller],
  exports: [RunStore, Unpacker, Poller],
})
export class IntakeModule {}

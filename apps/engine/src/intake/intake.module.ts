import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { PipelineModule } from '../pipeline/index.js';
import { HooksController } from './hooks.controller.js';
import { Backfiller } from './backfill.store.js';
import { HookDoor } from './hooks.store.js';
import { InboxStore } from './inbox.store.js';
import { IntakeController } from './intake.controller.js';
import { Poller } from './poller.store.js';
import { StreamReader } from './reader.store.js';
import { RefusalStore } from './refusals.store.js';
import { RunStore } from './runs.store.js';
import { UnreadStore } from './unread.store.js';
import { Unpacker } from './unpack.store.js';

@Module({
  imports: [CatalogModule, PipelineModule],
  controllers: [HooksController, IntakeController],
  providers: [InboxStore, HookDoor, RefusalStore, RunStore, Unpacker, UnreadStore, StreamReader, Backfiller, Poller],
  exports: [InboxStore, HookDoor, RefusalStore, RunStore, Unpacker, Poller],
})
export class IntakeModule {}

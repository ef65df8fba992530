import { Module } from '@nestjs/common';
import { CanonModule } from '../canon/index.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { ShadowController } from './candidates/shadow.controller.js';
import { ShadowStore } from './candidates/shadow.store.js';
import { ShareWatch } from './candidates/share-watch.store.js';
import { ComparisonController } from './comparison/comparison.controller.js';
import { ComparisonStore } from './comparison/comparison.store.js';
import { DriftController } from './drift/drift.controller.js';
import { DriftStore } from './drift/drift.store.js';
import { MessageFacets } from './facets/message-facets.store.js';
import { AbandonedStore } from './lanes/abandoned.store.js';
import { LaneStore } from './lanes/lanes.store.js';
import { LaneWorker } from './lanes/lanes.worker.js';
import { Sweeper } from './lanes/sweeper.store.js';
import { PayloadSearchController } from './payload-search/payload-search.controller.js';
import { PayloadSearch } from './payload-search/payload-search.store.js';
import { MessageStore } from './messages.store.js';
import { MessagesController } from './messages.controller.js';
import { UnpostedStore } from './unposted.store.js';
import { MessageQueryStore } from './messages.query.store.js';
import { Pipeline } from './pipeline.store.js';
import { Preview } from './preview.store.js';
import { RecordedStore } from './recorded.store.js';
import { Rehearsal } from './rehearsal.store.js';
import { PostingStore } from './send/postings.store.js';
import { HubEntry } from './settle/hub-entry.store.js';
import { SettleStore } from './settle/settle.store.js';
import { StudioController } from './studio.controller.js';
import { ValidationController } from './validation/validation.controller.js';
import { ValidationStore } from './validation/validation.store.js';

@Module({
  imports: [CanonModule, CatalogModule],
  controllers: [
    MessagesController,
    PayloadSearchController,
    StudioController,
    ComparisonController,
    ShadowController,
    DriftController,
    ValidationController,
  ],
  providers: [
    UnpostedStore,
    MessageStore,
    MessageQueryStore,
    MessageFacets,
    PayloadSearch,
    Pipeline,
    Preview,
    Rehearsal,
    RecordedStore,
    DriftStore,
    ComparisonStore,
    ShareWatch,
    ShadowStore,
    PostingStore,
    SettleStore,
    HubEntry,
    ValidationStore,
    AbandonedStore,
    LaneStore,
    LaneWorker,
    Sweeper,
  ],
  exports: [
    MessageStore,
    Pipeline,
    Preview,
    Rehearsal,
    ComparisonStore,
    ShareWatch,
    ShadowStore,
    PostingStore,
    LaneWorker,
    Sweeper,
    HubEntry,
  ],
})
export class PipelineModule {}

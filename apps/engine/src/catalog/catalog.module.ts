import { Module } from '@nestjs/common';
import { ConnectionCalls } from './connections/calls.store.js';
import { ConnectionsController } from './connections/connections.controller.js';
import { ConsentsController } from './connections/consents.controller.js';
import { ConsentStore } from './connections/consents.store.js';
import { ConnectionStore } from './connections/connections.store.js';
import { GateStore } from './connections/gate.store.js';
import { LoginStore } from './connections/logins.store.js';
import { CandidatesController } from './flows/candidates.controller.js';
import { CandidateStore } from './flows/candidates.store.js';
import { FlowsController } from './flows/flows.controller.js';
import { ReleaseLife } from './flows/release-life.store.js';
import { ReleaseStore } from './flows/releases.store.js';
import { CaseProver } from './mappings/case-proof.store.js';
import { CasesController } from './mappings/cases.controller.js';
import { CaseStore } from './mappings/cases.store.js';
import { MappingsController } from './mappings/mappings.controller.js';
import { ControlStore } from './controls/controls.store.js';
import { SyntheticCheckStore } from './synthetic/checks.store.js';
import { MappingStore } from './mappings/mappings.store.js';
import { PackInstaller } from './packs/installer.store.js';
import { PackStore } from './packs/packs.store.js';
import { SchemaBook } from './schemas/schema-book.store.js';
import { SchemasController } from './schemas/schemas.controller.js';
import { SchemaUses } from './schemas/uses.store.js';
import { DraftsController } from './tables/drafts.controller.js';
import { DraftStore } from './tables/drafts.store.js';
import { TableFile } from './tables/table-file.store.js';
import { TableReaders } from './tables/readers.store.js';
import { TablesController } from './tables/tables.controller.js';
import { TableStore } from './tables/tables.store.js';

/** What an admin defines: connections, tables, mappings, flows with their releases, schemas, packs. */
@Module({
  controllers: [
    ConnectionsController,
    ConsentsController,
    FlowsController,
    CandidatesController,
    MappingsController,
    CasesController,
    TablesController,
    DraftsController,
    SchemasController,
  ],
  providers: [
    ConnectionStore,
    GateStore,
    LoginStore,
    ConnectionCalls,
    ConsentStore,
    ReleaseStore,
    ReleaseLife,
    CandidateStore,
    MappingStore,
    CaseStore,
    CaseProver,
    PackStore,
    PackInstaller,
    SchemaBook,
    SchemaUses,
    TableStore,
    TableReaders,
    DraftStore,
    TableFile,
    ControlStore,
    SyntheticCheckStore,
  ],
  exports: [
    ConnectionStore,
    ConnectionCalls,
    ControlStore,
    SyntheticCheckStore,
    ReleaseStore,
    CandidateStore,
    MappingStore,
    CaseStore,
    CaseProver,
    SchemaBook,
    SchemaUses,
    TableStore,
    TableReaders,
    DraftStore,
  ],
})
export class CatalogModule {}

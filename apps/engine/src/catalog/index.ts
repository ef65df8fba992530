export { ConnectionCalls, isResting } from './connections/calls.store.js';
export { ConnectionStore, connectorNamed, type OpenConnection } from './connections/connections.store.js';
export { installedConnectors } from './connections/installed.js';
export { isHub, isInbound, type Enrichment, type FlowDefinition, type Rule, type Wait } from './flows/definition.js';
export { phaseOf } from './flows/phase.js';
export { ReleaseStore, type FlowRecord, type Release } from './flows/releases.store.js';
export { MappingStore } from './mappings/mappings.store.js';
export { PACKS_DIR, SchemaBook } from './schemas/schema-book.store.js';
export { TableStore } from './tables/tables.store.js';

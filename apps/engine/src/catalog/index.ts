export { ConnectionCalls, isResting, type CallTerms, type Permit, type Taken } from './connections/calls.store.js';
export { ConnectionStore, connectorNamed, type OpenConnection } from './connections/connections.store.js';
export { installedConnectors } from './connections/installed.js';
export { limitsInForce } from './connections/limits.js';
export { ControlStore, type ControlVersion } from './controls/controls.store.js';
export { meterTableProblems, readControlFile } from './controls/control-file.js';
export { checkSynthetic, readBackStream } from './synthetic/check-synthetic.js';
export { SyntheticCheckStore, type SyntheticCheck } from './synthetic/checks.store.js';
export { syntheticStages, type SyntheticDefinition, type SyntheticStage, type SyntheticStepDefinition } from './synthetic/definition.js';
export { readSyntheticFile, SyntheticFile } from './synthetic/synthetic-file.js';
export { fill } from './synthetic/template.js';
export {
  comparable,
  compared,
  isOfUsage,
  legalEntityOf,
  readBackOf,
  type ControlDefinition,
  type DocumentControl,
  type UsageControl,
} from './controls/definition.js';
export { checkFlow } from './flows/check-flow.js';
export {
  editsOf,
  isHub,
  isInbound,
  priorityOf,
  type Edits,
  type Enrichment,
  type FlowDefinition,
  type Rule,
  type Wait,
} from './flows/definition.js';
export { readFlowFile } from './flows/flow-file.js';
export { hubLookupOf, typeName } from './flows/hub-lookups.js';
export type { Priority } from './flows/priority.js';
export { CandidateStore, countedMax, endedSql, stoppedSql } from './flows/candidates.store.js';
export { releaseFor } from './flows/choosing.js';
export { identityDiffers, notTriedOf } from './flows/likeness.js';
export { judge, type Judged, type StopRule } from './flows/stop-rule.js';
export { phaseOf } from './flows/phase.js';
export { ReleaseStore, type FlowRecord, type Release } from './flows/releases.store.js';
export { CaseProver } from './mappings/case-proof.store.js';
export { CaseStore, type CaseSample } from './mappings/cases.store.js';
export { mappingProblems, MappingStore } from './mappings/mappings.store.js';
export { compatibility, type Compatibility } from './schemas/compatibility.js';
export { PACKS_DIR, SchemaBook, type SchemaFacts } from './schemas/schema-book.store.js';
export { SchemaUses } from './schemas/uses.store.js';
export type { SchemaUse, Side } from './schemas/uses.js';
export { readCsv } from './tables/csv.js';
export { DraftStore } from './tables/drafts.store.js';
export { TableReaders } from './tables/readers.store.js';
export { rowProblems } from './tables/rows.js';
export { TableStore } from './tables/tables.store.js';

import { CheckpointStore } from './checkpoints.store.js';
import { EntryStore } from './entries.store.js';
import { EvidenceStore } from './evidence.store.js';
import { GapStore } from './gaps.store.js';
import { Judging } from './judging.store.js';
import { KnownStore } from './known.store.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ControlRunner } from './runner.store.js';
import { ControlRunStore } from './runs.store.js';
import { SnapshotStore } from './snapshot.store.js';

export const reconciliationControllers = [ReconciliationController];
export const reconciliationProviders = [
  ControlRunStore,
  EntryStore,
  SnapshotStore,
  KnownStore,
  Judging,
  ControlRunner,
  GapStore,
  CheckpointStore,
  EvidenceStore,
];

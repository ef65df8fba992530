import { CheckpointStore } from './checkpoints.store.js';
import { EntryStore } from './entries.store.js';
import { EvidenceStore } from './evidence.store.js';
import { Findings } from './findings.store.js';
import { GapStore } from './gaps.store.js';
import { Judging } from './judging.store.js';
import { KnownStore } from './known.store.js';
import { ReconciliationController } from './reconciliation.controller.js';
import { ControlRunner } from './runner.store.js';
import { ControlRunStore } from './runs.store.js';
import { SnapshotStore } from './snapshot.store.js';
import { UsageJudging } from './usage/judging.store.js';
import { UsageKnownStore } from './usage/known.store.js';
import { UsageSnapshotStore } from './usage/snapshot.store.js';

export const reconciliationControllers = [ReconciliationController];
export const reconciliationProviders = [
  ControlRunStore,
  EntryStore,
  SnapshotStore,
  KnownStore,
  Findings,
  Judging,
  UsageSnapshotStore,
  UsageKnownStore,
  UsageJudging,
  ControlRunner,
  GapStore,
  CheckpointStore,
  EvidenceStore,
];

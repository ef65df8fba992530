import { First1700000000001 } from './0001-first.js';
import { Postings1700000000002 } from './0002-postings.js';
import { Limits1700000000003 } from './0003-limits.js';
import { Intake1700000000004 } from './0004-intake.js';
import { Moves1700000000005 } from './0005-moves.js';
import { Audit1700000000006 } from './0006-audit.js';
import { Identity1700000000007 } from './0007-identity.js';
import { Access1700000000008 } from './0008-access.js';
import { UsageLedger1700000000009 } from './0009-usage-ledger.js';
import { UsageSummaries1700000000010 } from './0010-usage-summaries.js';
import { Hands1700000000012 } from './0012-hands.js';
import { UsageStreams1700000000013 } from './0013-usage-streams.js';
import { Lineage1700000000014 } from './0014-lineage.js';
import { Exceptions1700000000015 } from './0015-exceptions.js';
import { Reconciliation1700000000016 } from './0016-reconciliation.js';
import { Erasure1700000000017 } from './0017-erasure.js';
import { LateAnswers1700000000018 } from './0018-late-answers.js';
import { TableDrafts1700000000019 } from './0019-table-drafts.js';
import { PayloadEdits1700000000020 } from './0020-payload-edits.js';
import { ReleaseLife1700000000021 } from './0021-release-life.js';
import { MappingCases1700000000022 } from './0022-mapping-cases.js';
import { EntriesAndLists1700000000023 } from './0023-entries-and-lists.js';
import { Alerts1700000000024 } from './0024-alerts.js';
import { Consents1700000000025 } from './0025-consents.js';
import { WorkListByIndex1700000000026 } from './0026-work-list-by-index.js';
import { SavedViews1700000000028 } from './0028-saved-views.js';
import { UsageControls1700000000029 } from './0029-usage-controls.js';
import { NarrowedLists1700000000030 } from './0030-narrowed-lists.js';
import { SyntheticTransactions1700000000031 } from './0031-synthetic-transactions.js';
import { HubLookups1700000000032 } from './0032-hub-lookups.js';
import { AmountsByIndex1700000000033 } from './0033-amounts-by-index.js';
import { FlowTimelines1700000000034 } from './0034-flow-timelines.js';
import { WatchedReplays1700000000035 } from './0035-watched-replays.js';
import { WorkingHours1700000000036 } from './0036-working-hours.js';

/** In order. New ones are added at the end. */
export const migrations = [
  First1700000000001,
  Postings1700000000002,
  Limits1700000000003,
  Intake1700000000004,
  Moves1700000000005,
  Audit1700000000006,
  Identity1700000000007,
  Access1700000000008,
  UsageLedger1700000000009,
  UsageSummaries1700000000010,
  Hands1700000000012,
  UsageStreams1700000000013,
  Lineage1700000000014,
  Exceptions1700000000015,
  Reconciliation1700000000016,
  Erasure1700000000017,
  LateAnswers1700000000018,
  TableDrafts1700000000019,
  PayloadEdits1700000000020,
  ReleaseLife1700000000021,
  MappingCases1700000000022,
  EntriesAndLists1700000000023,
  Alerts1700000000024,
  Consents1700000000025,
  WorkListByIndex1700000000026,
  SavedViews1700000000028,
  UsageControls1700000000029,
  NarrowedLists1700000000030,
  SyntheticTransactions1700000000031,
  HubLookups1700000000032,
  AmountsByIndex1700000000033,
  FlowTimelines1700000000034,
  WatchedReplays1700000000035,
  WorkingHours1700000000036,
];

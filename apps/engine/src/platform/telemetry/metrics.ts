import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** The registry that `/metrics` shows. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics, prefix: 'waybill_' });

const registers = [metrics];
const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) => new Counter({ name, help, labelNames, registers });
const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) => new Gauge({ name, help, labelNames, registers });

/** What the engine itself counts and measures, each process for itself. The reference page is made of it. */
export const meters = {
  databaseRetries: counter(
    'waybill_database_retries_total',
    'Statements and transactions tried again after a deadlock or a serialization failure',
  ),
  rings: counter(
    'waybill_doorbell_rings_total',
    'Doorbells: `rung` into the queue, `failed`, `here` (worked in this process because the queue is away), `attended` (its lane is visited in this process, which looks again), `dropped`',
    'end',
  ),
  queueAway: gauge('waybill_queue_away', '1 while the queue does not take doorbells; work goes on by sweeping'),
  queueEvicts: gauge('waybill_queue_evicts', '1 while the Redis of the queue may throw jobs away; readiness is red'),
  clockSkew: gauge(
    'waybill_clock_skew_seconds',
    "Seconds by which another clock is ahead of this machine's: the database's, and each host's that was called",
    'clock',
  ),
  hooks: counter('waybill_hooks_total', 'Webhooks by their end: `stored`, `duplicate`, or the code of the refusal', 'end'),
  doorWaiting: gauge('waybill_door_waiting', 'Webhooks that wait to be stored'),
  auditSeals: counter('waybill_audit_seals_total', 'Seals that this process made over the audit log'),
  auditSealedEntries: counter('waybill_audit_sealed_entries_total', 'Audit entries that this process sealed'),
  auditUnsealed: gauge('waybill_audit_unsealed', 'Audit entries that no seal covers yet'),
  auditLag: gauge('waybill_audit_lag_seconds', 'Age of the oldest audit entry that no seal covers yet; 0 when all are sealed'),
  auditCopies: counter(
    'waybill_audit_copies_total',
    'Seals carried outside, by place (`file`, `http`) and end: `kept`, or `failed` for a try that is made again',
    'place',
    'end',
  ),
  auditCopyBehind: gauge('waybill_audit_copy_behind', 'Seals that a place outside does not have yet', 'place'),
  usageRolled: counter('waybill_usage_rolled_total', 'Usage events that this process rolled up'),
  usageLag: gauge(
    'waybill_usage_rollup_lag_seconds',
    'Age of the oldest usage that the roll-up has not counted yet; 0 when all is counted',
  ),
  usageSealed: counter('waybill_usage_summaries_sealed_total', 'Usage summaries that this process sealed'),
  usageDifference: gauge(
    'waybill_usage_control_difference',
    'Usage events that are on one side of the control and not on the other; anything but 0 needs a person',
  ),
  usageEvents: counter(
    'waybill_usage_events_total',
    'Usage events by their end: `accepted`, `duplicate`, `conflict`, or the code of the refusal',
    'end',
  ),
  usageStreamRecords: counter('waybill_usage_stream_records_total', 'Records that this process read from a stream and committed', 'stream'),
  usageStreamLag: gauge(
    'waybill_usage_stream_lag',
    'Records of a stream that lie behind the last one that this process read, where its system tells',
    'stream',
  ),
  usageWaiting: gauge('waybill_usage_waiting', 'Requests with usage events that wait to be stored'),
  usageRest: gauge('waybill_usage_rest_seconds', 'How long a commit of usage rests before it begins, so that the roll-up keeps up'),
  usageBacklog: gauge('waybill_usage_backlog', 'Usage events that no roll-up has taken yet, counted up to WAYBILL_USAGE_BACKLOG_MAX'),
  backlog: gauge('waybill_backlog', 'New deliveries and ready messages, counted up to WAYBILL_BACKLOG_MAX'),
};

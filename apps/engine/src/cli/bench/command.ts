import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAuditCost } from './audit-cost.js';
import { benchAudit } from './audit.js';
import { benchLists } from './lists.js';
import { benchRollUp } from './rollup.js';
import { benchMessages, type Measurement } from './messages.js';
import { benchUsage } from './usage.js';

export const benchHelp = `waybill bench messages   Measure the trip webhook → map → policy → HTTP target
  --messages N           messages of a run (default 20000)
  --stored N             and a run with N messages in the database already (default 0)
  --only a,b             only these: messages-postgres messages-redis messages-hub messages-one-worker
                         messages-two-workers messages-at-stored latency
  --json                 one line of JSON for each measurement

waybill bench usage      Measure the door of the usage ledger beside a bare insert of the same rows
  --events N             events of a run in batches (default 1000000); single ones are a tenth
  --stored N             and a run with N events in the ledger already (default 0)
  --only a,b             only these: usage-batch-1 usage-batch-100 usage-batch-1000 usage-batch-100-at-stored
  --json                 one line of JSON for each measurement

waybill bench audit      Measure how long an audit entry waits for its seal, with 32 writers, and what the log costs a message
  --rate N               entries a second that they try for (default 2000)
  --seconds N            for so long (default 20)
  --messages N           messages of each of four runs, with the log and without (default 1000)
  --only a,b             only these: audit-lag audit-cost
  --json                 one line of JSON for each measurement

waybill bench rollup     Measure how fast usage is counted, and how long it waits at full ingest: five meters
  --events N             events that wait, and as many that are sent while it counts (default 1000000)
  --customers N          of so many subjects (default 1000), for those that wait
  --only a,b             only these: rollup-alone rollup-lag

waybill bench lists      Measure every filter of the lists of messages and exceptions on a full database: milliseconds of the first page, of
                         page 1,000, and how PostgreSQL finds the rows
  --messages N           messages in the database (default 1000000)
  --exceptions N         so many of them have stopped (default 100000)
  --json                 one line of JSON for each measurement

A bench uses a database, a Redis and processes of its own, on loopback, and removes them afterwards.`;

const messagesUsual: Record<string, number> = { audit: 1_000, lists: 1_000_000 };

/** Runs `waybill bench …`; returns the exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      messages: { type: 'string' },
      events: { type: 'string' },
      stored: { type: 'string' },
      only: { type: 'string' },
      rate: { type: 'string' },
      seconds: { type: 'string' },
      customers: { type: 'string' },
      exceptions: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const messages = Number(values.messages ?? messagesUsual[positionals[0] ?? ''] ?? 20_000);
  const exceptions = Number(values.exceptions ?? 100_000);
  const events = Number(values.events ?? 1_000_000);
  const stored = Number(values.stored ?? 0);
  const rate = Number(values.rate ?? 2_000);
  const seconds = Number(values.seconds ?? 20);
  const customers = Number(values.customers ?? 1_000);
  const whole = (n: number) => Number.isInteger(n) && n >= 1;
  if (
    !['messages', 'usage', 'audit', 'rollup', 'lists'].includes(positionals[0] ?? '') ||
    !whole(exceptions) ||
    (positionals[0] === 'lists' && exceptions > messages) ||
    !whole(rate) ||
    !whole(seconds) ||
    !whole(events) ||
    !whole(customers) ||
    !Number.isInteger(messages) ||
    messages < 1 ||
    !Number.isInteger(stored) ||
    stored < 0
  ) {
    process.stdout.write(`${benchHelp}\n`);
    return 2;
  }
  const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);
  say(`${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`);
  const tell = (measurement: Measurement) =>
    void process.stdout.write(`${values.json ? JSON.stringify(measurement) : inWords(measurement)}\n`);
  if (positionals[0] === 'audit') {
    const only = values.only?.split(',') ?? ['audit-lag', 'audit-cost'];
    if (only.includes('audit-lag')) await benchAudit({ rate, seconds, say, tell });
    if (only.includes('audit-cost')) await benchAuditCost({ messages, say, tell });
    return 0;
  }
  if (positionals[0] === 'lists') {
    await benchLists({ messages, exceptions, say, tell });
    return 0;
  }
  if (positionals[0] === 'rollup') {
    await benchRollUp({ events, customers, only: values.only?.split(',') ?? [], say, tell });
    return 0;
  }
  const only = values.only ? values.only.split(',') : [];
  if (positionals[0] === 'usage') {
    await benchUsage({ events, stored, only, say, tell });
    return 0;
  }
  await benchMessages({
    messages,
    stored,
    only,
    say,
    tell,
  });
  return 0;
}

function inWords({ bench, value, unit, baseline, ratio, facts }: Measurement): string {
  // Names of lists are sentences.
  const parts = [`${bench.padEnd(bench.includes(', ') ? 50 : 22)} ${String(value).padStart(9)} ${unit}`];
  if (baseline) parts.push(Object.entries(baseline).map(([name, n]) => `${name} ${n}/s`).join(', ')); // prettier-ignore
  if (ratio !== undefined) parts.push(`ratio ${ratio}`);
  if (facts) parts.push(Object.entries(facts).map(([name, n]) => `${name} ${n}`).join(', ')); // prettier-ignore
  return parts.join('  ·  ');
}

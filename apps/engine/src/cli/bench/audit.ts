import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../../config/index.js';
import { AuditStore, SealCopies, SealerStore, sealKeyOf, Sealing } from '../../governance/index.js';
import { Database, migrate, startEmbeddedDatabase } from '../../platform/database/index.js';
import { addressRules, EgressClient } from '../../platform/egress/index.js';
import { engineActor } from '../../platform/http/index.js';
import { makeLogger } from '../../platform/telemetry/index.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';

const writers = 32;

export interface AuditBenchOptions {
  /** Entries a second that the writers try for, together. */
  rate: number;
  seconds: number;
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

/** 32 writers, each entry in a transaction of its own, beside the sealer as it runs in an engine: how long is an entry without a seal? */
export async function benchAudit({ rate, seconds, say, tell }: AuditBenchOptions): Promise<void> {
  const { folder, remove } = await openPlace();
  const server = await startEmbeddedDatabase({ dataDir: folder, port: 0, log: () => undefined });
  await migrate(server.migrateUrl, 'waybill_app');
  const db = new Database({
    url: server.url,
    poolMax: writers + 8,
    onIdleError: (error) => say(`the database was lost: ${error.message}`),
  });
  const log = makeLogger('warn');
  const settings = { ...readSettings({}).settings, dataDir: folder };
  const audit = new AuditStore();
  const egress = new EgressClient(addressRules([]));
  const sealing = new Sealing(new SealerStore(db, sealKeyOf(randomBytes(32))), new SealCopies(db, audit, egress, settings, log), log);
  try {
    say(`${writers} writers, ${rate} entries a second for ${seconds} s`);
    sealing.start();
    const seen = new Map<string, number>();
    const watching = { on: true };
    const watch = watchSeals(db, seen, watching);
    const took = await write(db, audit, { rate, seconds });
    await sealing.stop();
    await sleep(100);
    watching.on = false;
    await watch;
    tell({ bench: 'audit-lag', ...(await measured(db, seen, took)) });
  } finally {
    await sealing.stop();
    await egress.close();
    await db.close();
    await server.stop();
    await remove();
  }
}

/** When each seal was first seen committed; the watcher's own pause makes the lag longer, never shorter. */
async function watchSeals(db: Database, seen: Map<string, number>, watching: { on: boolean }): Promise<void> {
  let last = '0';
  while (watching.on) {
    const rows = await db.query<{ number: string }>('select number from audit_seal where number > $1 order by number', [last]);
    for (const { number } of rows) seen.set(number, Date.now());
    last = rows.at(-1)?.number ?? last;
    await sleep(20);
  }
}

async function write(db: Database, audit: AuditStore, { rate, seconds }: { rate: number; seconds: number }): Promise<number> {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let given = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < end) {
        const n = (given += 1);
        const due = began + (n / rate) * 1_000;
        if (due > performance.now()) await sleep(due - performance.now());
        await db.transaction((tx) =>
          audit.record(tx, engineActor, {
            action: 'bench.entry',
            object: { kind: 'flow', id: `bench-${n}` },
            summary: `Entry ${n} of the bench`,
            before: { attempts: n, rule: 'large-amount' },
            after: { attempts: n + 1, rule: 'large-amount', documents: [{ message: `m${n}`, document: `INV-${n}` }] },
          }),
        );
      }
    }),
  );
  return (performance.now() - began) / 1_000;
}

async function measured(db: Database, seen: ReadonlyMap<string, number>, tookSeconds: number): Promise<Omit<Measurement, 'bench'>> {
  const rows = await db.query<{ seal: string; at: Date }>(
    'select s.seal, e.at from audit_seal_entry s join audit_entry e on e.id = s.entry_id order by s.seal_seq',
  );
  const unseen = rows.find(({ seal }) => !seen.has(seal));
  if (unseen) throw new Error(`seal ${unseen.seal} was never seen`);
  const lags = rows.map(({ seal, at }) => seen.get(seal)! - at.getTime()).sort((a, b) => a - b);
  if (lags.length === 0) throw new Error('no entry was sealed');
  const at = (share: number) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))]!;
  const [left] = await db.query<{ n: number }>('select count(*)::int as n from audit_unsealed');
  return {
    value: at(0.99),
    unit: 'ms from entry to committed seal, p99',
    facts: {
      entries: lags.length,
      'entries/s': Math.round(lags.length / tookSeconds),
      seals: seen.size,
      'p50 ms': at(0.5),
      'max ms': lags.at(-1)!,
      unsealed: left!.n,
    },
  };
}

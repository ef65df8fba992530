import { openStage } from '../stage.js';
import { rows, runRow } from '../rows/index.js';
import { within } from '../run/deadline.js';
import type { WorldOptions } from '../supervisor/world.js';
import { erpTeeth } from './c-erp.js';
import { inboundTeeth } from './d-inbound.js';
import { moneyTeeth } from './i-money.js';
import { leftOverTeeth } from './left-over.js';
import { patchedEngine } from './patched-engine.js';
import type { Tooth } from './tooth.js';
import { trytonTeeth } from './tryton.js';

export type { Tooth } from './tooth.js';

const settle = 'pipeline/settle/settle.store.js';
const sweeper = 'pipeline/lanes/sweeper.store.js';

const coreTeeth: readonly Tooth[] = [
  ...erpTeeth,
  ...inboundTeeth,
  ...moneyTeeth,
  {
    name: 'in flight becomes ready when the lease ends',
    row: '1',
    replacements: [
      {
        file: 'pipeline/lanes/abandoned.store.js',
        find: "update message m set state = 'in_doubt', lease_until = null, crashes",
        replace: "update message m set state = 'ready', lease_until = null, crashes",
      },
      {
        file: 'pipeline/lanes/abandoned.store.js',
        find: "update posting set state = 'in_doubt'",
        replace: "update posting set state = 'rejected'",
      },
    ],
  },
  {
    name: 'no epoch in the update',
    row: '3',
    replacements: [{ file: settle, find: 'm.epoch = g.epoch and ', replace: '' }],
  },
  {
    name: 'sweeper off',
    row: '5',
    replacements: [{ file: 'scheduler.js', find: "this.once('sweep', ()=>this.work.sweep(this.leads));", replace: '' }],
  },
  {
    // The sweeper finds a missed wake-up a few seconds later, so it is kept from looking; with the lock the row stays green without it.
    name: 'wake-up lock off',
    row: 'W',
    replacements: [
      {
        file: 'pipeline/send/postings.store.js',
        find: "'select pg_advisory_xact_lock(hash) from (select distinct hashtextextended(key, 7) as hash from unnest($1::text[]) as key order by 1) as locks'",
        replace: "'select $1::text[]'",
      },
      {
        file: sweeper,
        find: "m.state = 'waiting' and p.external_key = m.depends_on",
        replace: "false and m.state = 'waiting' and p.external_key = m.depends_on",
      },
    ],
  },
];

export const teeth: readonly Tooth[] = [...coreTeeth, ...leftOverTeeth, ...trytonTeeth];

/** The same cut without the protection that is tested: it must stay green, or the tooth proves nothing. */
export const controls: readonly Tooth[] = [
  { ...coreTeeth.at(-1)!, name: 'missed wake-ups not swept, lock on', replacements: [coreTeeth.at(-1)!.replacements[1]!] },
];

export interface ToothResult {
  name: string;
  row: string;
  /** A tooth must be red; a control must be green. */
  red: boolean;
  /** The first thing that was seen, or why the tooth does not fit, or why its row was skipped. */
  seen: string;
  fits: boolean;
  /** This machine does not have what the row needs. */
  skipped?: boolean;
  seconds: number;
}

/** Runs the tooth's row on an engine without the protection. */
export async function bite(tooth: Tooth, options: { world: WorldOptions; seed: string; rowMs: number }): Promise<ToothResult> {
  const began = performance.now();
  const result = (red: boolean, seen: string, more: Partial<ToothResult> = {}): ToothResult => ({
    name: tooth.name,
    row: tooth.row,
    red,
    seen,
    fits: true,
    seconds: Math.round((performance.now() - began) / 1_000),
    ...more,
  });
  const row = rows.find(({ id }) => id === tooth.row)!;
  try {
    const engine = await patchedEngine(tooth.replacements);
    try {
      const stage = await openStage({ ...options.world, engine: engine.dist });
      try {
        if (tooth.sql !== undefined) await stage.world.postgres.sql(tooth.sql);
        const run = runRow(row, stage, { seed: options.seed, full: false, scale: 1, graceSeconds: 15 });
        const { verdict, findings, broken, reason } = await within(options.rowMs, `row ${row.id} did not come to an end`, run);
        if (verdict === 'skipped') return result(false, `skipped: ${reason}`, { skipped: true });
        // A machine that is too slow to start the engine shows nothing about the protection.
        const [first = ''] = broken;
        if (findings.length === 0 && / being ready did not happen within /.test(first)) return result(false, first, { fits: false });
        const harms =
          findings.length > 0 ? `${findings.length} findings, first ${findings[0]!.checker}: ${findings[0]!.sentence}` : (broken[0] ?? '');
        return result(verdict === 'red', harms);
      } finally {
        await stage.close();
      }
    } finally {
      await engine.remove();
    }
  } catch (error) {
    return result(false, String((error as Error).message), { fits: false });
  }
}

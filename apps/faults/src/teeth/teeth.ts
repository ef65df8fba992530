import { openStage } from '../stage.js';
import { rows, runRow } from '../rows/index.js';
import type { WorldOptions } from '../supervisor/world.js';
import { processTeeth } from './a-processes.js';
import { postgresTeeth } from './b-postgres.js';
import { patchedEngine } from './patched-engine.js';
import type { Tooth } from './tooth.js';

export type { Tooth } from './tooth.js';

const sweeper = 'pipeline/lanes/sweeper.store.js';

export const teeth: readonly Tooth[] = [
  ...processTeeth,
  ...postgresTeeth,
  {
    name: 'sent again at once instead of in doubt',
    row: '24',
    replacements: [
      {
        file: 'pipeline/send/failures.js',
        find: "to: 'in_doubt',\n            reason: `whether it was posted is unknown: ${message}; it will be looked up`,\n            quietMs",
        replace: "to: 'ready', reason: message, afterMs: 0, counts: false",
      },
    ],
  },
  {
    name: 'no unique index on the posting',
    row: '38',
    replacements: [
      {
        file: 'pipeline/send/postings.store.js',
        find: ' on conflict do nothing returning id, message_id',
        replace: ' returning id, message_id',
      },
    ],
    sql: `do $$ declare name text; begin
      for name in select conname from pg_constraint where conrelid = 'posting'::regclass and contype = 'u' loop
        execute format('alter table posting drop constraint %I', name);
      end loop;
      for name in select indexrelid::regclass::text from pg_index where indrelid = 'posting'::regclass and indisunique and not indisprimary loop
        execute 'drop index ' || name;
      end loop;
    end $$`,
  },
  {
    name: 'look-up off',
    always: true,
    row: '24',
    replacements: [{ file: 'pipeline/send/doubt.js', find: 'await tools.find(target, doubtful.request)', replace: 'null' }],
  },
  {
    name: 'cursor committed before the records',
    row: '39',
    replacements: [
      {
        file: 'intake/poller.store.js',
        find: 'await tx.query(`insert into stream_cursor',
        replace: 'await this.db.query(`insert into stream_cursor',
      },
    ],
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

/** The same cut without the protection that is tested: it must stay green, or the tooth proves nothing. */
export const controls: readonly Tooth[] = [
  { ...teeth.at(-1)!, name: 'missed wake-ups not swept, lock on', replacements: [teeth.at(-1)!.replacements[1]!] },
];

export interface ToothResult {
  name: string;
  row: string;
  /** A tooth must be red; a control must be green. */
  red: boolean;
  /** The first thing that was seen, or why the tooth does not fit. */
  seen: string;
  fits: boolean;
  seconds: number;
}

/** Runs the tooth's row on an engine without the protection. */
export async function bite(tooth: Tooth, options: { world: WorldOptions; seed: string }): Promise<ToothResult> {
  const began = performance.now();
  const result = (red: boolean, seen: string, fits = true): ToothResult => ({
    name: tooth.name,
    row: tooth.row,
    red,
    seen,
    fits,
    seconds: Math.round((performance.now() - began) / 1_000),
  });
  const row = rows.find(({ id }) => id === tooth.row)!;
  try {
    const engine = await patchedEngine(tooth.replacements);
    try {
      const stage = await openStage({ ...options.world, engine: engine.dist });
      try {
        if (tooth.sql !== undefined) await stage.world.postgres.sql(tooth.sql);
        const { verdict, findings, broken } = await runRow(row, stage, { seed: options.seed, full: false, graceSeconds: 15 });
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
    return result(false, String((error as Error).message), false);
  }
}

import { openStage } from '../stage.js';
import { matrixRows } from '../points/matrix.js';
import { rows, type Row } from '../rows/index.js';
import { runOn } from '../rows/row.js';
import { within } from '../run/deadline.js';
import type { WorldOptions } from '../supervisor/world.js';
import { processTeeth } from './a-processes.js';
import { postgresTeeth } from './b-postgres.js';
import { erpTeeth } from './c-erp.js';
import { controlTeeth } from './r-controls.js';
import { auditTeeth } from './h-audit.js';
import { usageTeeth } from './d-usage.js';
import { inboundControls, inboundTeeth } from './d-inbound.js';
import { moneyTeeth } from './i-money.js';
import { leftOverTeeth } from './left-over.js';
import { patchedEngine } from './patched-engine.js';
import type { Tooth } from './tooth.js';
import { trytonTeeth } from './tryton.js';

export type { Tooth } from './tooth.js';

export const teeth: readonly Tooth[] = [
  ...processTeeth,
  ...postgresTeeth,
  ...erpTeeth,
  ...inboundTeeth,
  ...usageTeeth,
  ...auditTeeth,
  ...controlTeeth,
  ...moneyTeeth,
  ...leftOverTeeth,
  ...trytonTeeth,
];

/** The same cut without the protection that is tested: it must stay green, or the tooth proves nothing. */
export const controls: readonly Tooth[] = inboundControls;

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
  /** The row did not see it at the first try: this is what the second one saw. */
  again?: boolean;
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
  const row = [...rows, ...matrixRows(1)].find((one): one is Row => 'run' in one && one.id === tooth.row)!;
  const missing = row.missing?.();
  if (missing !== undefined) return result(false, `skipped: ${missing}`, { skipped: true });
  try {
    const engine = await patchedEngine(tooth.replacements);
    try {
      const stage = await openStage({ ...options.world, ...row.ownWorld, engine: engine.dist });
      try {
        if (tooth.sql !== undefined) await stage.world.postgres.sql(tooth.sql);
        const run = runOn(row, stage, { seed: options.seed, full: false, scale: 1, graceSeconds: 15 });
        const { verdict, findings, broken, reason } = await within(options.rowMs, `row ${row.id} did not come to an end`, run);
        if (verdict === 'skipped') return result(false, `skipped: ${reason}`, { skipped: true });
        // A machine that is too slow to start the engine, or its database, shows nothing about the protection.
        const [first = ''] = broken;
        if (findings.length === 0 && / being ready did not happen within |The database does not answer/.test(first))
          return result(false, first, { fits: false });
        const found = findings.length === 0 ? [] : [`${findings.length} findings, first ${findings[0]!.checker}: ${findings[0]!.sentence}`];
        // What the row itself claims says more of the protection than what the checkers find afterwards.
        return result(verdict === 'red', [...broken.slice(0, 1), ...found].join('; '));
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

import type { Load } from '../load/load.js';
import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';
import { auditVerifies } from './audit-verifies.js';
import { backToBaseline } from './baseline.js';
import { acceptedOnce, allArrived, equalTotals, expectedDocuments, lineage } from './documents.js';
import type { Finding } from './finding.js';
import { noLeaks } from './leaks.js';
import { liveRows, observe } from './observation.js';
import { auditLeaves, nothingStuck } from './state.js';
import { usageFindings } from './usage.js';

/** How long after the last fault something may still be under way, in seconds: lease, quiet time, and sixty. */
export const livenessSeconds = (world: World, graceSeconds = 60): number =>
  world.options.leaseSeconds + world.options.upstreamSeconds + 2 + graceSeconds;

/** Waits until nothing is under way, or until the bound is over; the checker says what is left. Returns the seconds that it took. */
export async function settled(world: World, graceSeconds?: number): Promise<number> {
  const began = performance.now();
  const end = began + livenessSeconds(world, graceSeconds) * 1_000;
  let quiet = 0;
  while (performance.now() < end && quiet < 2) {
    quiet = (await liveRows(world)).length === 0 ? quiet + 1 : 0;
    await sleep(500);
  }
  return Math.round((performance.now() - began) / 1_000);
}

/** All checkers, over everything that this world was ever brought. */
export async function judge(world: World, load: Load): Promise<Finding[]> {
  const everything = await observe(world);
  const seen = { ...everything, erp: everything.erp.filter(({ number }) => !load.byHand.includes(number)) };
  const { documents, sender, explained } = load;
  return [
    ...acceptedOnce(seen.inbox, sender.accepted),
    ...allArrived(seen.inbox, documents),
    ...expectedDocuments(seen.erp, documents),
    ...equalTotals(seen, documents),
    ...nothingStuck(seen.live, seen.exceptions, explained.keys),
    ...auditLeaves(seen.audit),
    ...(await auditVerifies(world)).filter(({ sentence }) => !explained.audit?.test(sentence)),
    ...lineage(seen.erp.filter(({ number }) => !explained.numbers.has(number)), seen.postings), // prettier-ignore
    ...(await usageFindings(world, load.usage, livenessSeconds(world) * 1_000)),
    ...(await noLeaks(world, sender.said)),
    ...(await backToBaseline(world)),
  ];
}

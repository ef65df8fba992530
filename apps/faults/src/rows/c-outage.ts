/** An ERP that is away for a long time. */
import { erpFaults } from '../load/company.js';
import type { PlannedDocument } from '../load/plan.js';
import { HttpTap } from '../proxy/http-tap.js';
import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';
import { defineRow, type Row } from './row.js';
import { ended, outcomesOf } from './seen.js';

/** As the connector declares it. */
const callsAtOnce = 8;

/**
 * Calls that may reach an ERP which is down for so long. The circuit opens at the fifth failure in a row; when it fails, four may have ended and as
 * many as the connection takes at once be under way. Then one probe at the end of each pause: 2, 6, 18 and 54 seconds, 75 each from then on.
 * Half an hour: 4 + 8 + 26 = 38; the simulation in apps/engine/test/simulation/outage.test.ts counts them in virtual time.
 */
function callsMax(outageMs: number): number {
  let probes = 0;
  for (let at = 2_000, pause = 6_000; at < outageMs; at += pause, pause = Math.min(75_000, pause * 3)) probes += 1;
  return 4 + callsAtOnce + probes;
}

const down = defineRow({
  id: '29',
  alone: true,
  title: 'The ERP is down',
  inject: '503 to every call while documents come',
  expected: 'the circuit opens; one probe for each pause; then everything drains by itself, nothing for a person',
  async run({ world, load, plan, times, count, claim }) {
    const outageMs = times(20_000, 180_000);
    await erpFaults(world, [{ kind: 'down', path: '/erp/v1/' }]);
    const tap = HttpTap.on(world.proxies.erp.DE);
    try {
      const one = plan(times(60, 1_000));
      const began = performance.now();
      await load.bring(one, outageMs / 2);
      await sleep(Math.max(0, began + outageMs - performance.now()));
      const calls = tap.callsBetween(began, began + outageMs);
      claim(calls <= callsMax(outageMs), `${calls} calls reached the ERP in ${outageMs / 1_000} s, ${callsMax(outageMs)} may`);
      claim(calls >= 6, `${calls} calls in the outage: nobody asked whether it is back`);
      await erpFaults(world, []);
      const back = performance.now();
      const left = (await ended(world, one.documents)).filter(({ state }) => state !== 'posted');
      claim(left.length === 0, `${left.length} of ${one.documents.length} did not drain; the first is ${left[0]?.state}`);
      count('calls in the outage', calls);
      count('seconds of outage', outageMs / 1_000);
      count('drained after s', Math.round((performance.now() - back) / 1_000));
    } finally {
      tap.close();
    }
  },
});

/** From the door to the books, milliseconds, the slowest twentieth left out. Infinite when one is not posted. */
async function p95(world: World, documents: readonly PlannedDocument[]): Promise<number> {
  const seen = await outcomesOf(world, documents);
  const all = documents.map(({ id }) => {
    const one = seen.find(({ key, state }) => key === id && state === 'posted');
    return one ? Number(one.settledAt) - Number(one.receivedAt) : Infinity;
  });
  return all.sort((a, b) => a - b)[Math.ceil(all.length * 0.95) - 1]!;
}

/** How finely the p95 of a window can be told from that of the next on a machine that does other things too. */
const resolutionMs = 150;

const oneDead = defineRow({
  id: '30',
  alone: true,
  title: 'One ERP dead, another fine',
  inject: 'windows in turn: both books answer; nothing passes to those of US while as much is brought for both',
  expected: 'DE is as quick beside a dead US as beside a living one: p95 at most 1.2 times; US is posted when it is back',
  async run({ world, load, plan, times, count, claim }) {
    const fine = { calm: [] as PlannedDocument[], dead: [] as PlannedDocument[] };
    const behind: PlannedDocument[] = [];
    for (let n = times(2, 6); n > 0; n -= 1)
      for (const window of ['calm', 'dead'] as const) {
        world.proxies.erp.US.mode = window === 'dead' ? 'blackhole' : 'pass';
        const [us, de] = [plan(times(50, 120), { entities: ['US'] }), plan(times(50, 120))];
        await Promise.all([load.bring(us, times(5_000, 12_000)), load.bring(de, times(5_000, 12_000))]);
        // What came last has its turn too, in the window that it came in.
        await sleep(2_000);
        fine[window].push(...de.documents);
        if (window === 'calm') continue;
        behind.push(...us.documents);
        const through = (await outcomesOf(world, us.documents)).filter(({ state }) => state === 'posted').length;
        claim(through === 0, `${through} documents were posted through a dead line`);
      }
    // The last window stays dead until DE has posted all of its own.
    const waiting = (await ended(world, [...fine.calm, ...fine.dead])).filter(({ state }) => state !== 'posted');
    claim(waiting.length === 0, `${waiting.length} documents of DE waited for the books of US`);
    world.proxies.erp.US.mode = 'pass';
    const [calm, dead] = [await p95(world, fine.calm), await p95(world, fine.dead)];
    claim(
      Number.isFinite(dead) && dead <= 1.2 * calm + resolutionMs,
      `the p95 of DE is ${dead} ms beside a dead US, ${calm} ms beside a living one`,
    );
    const left = (await ended(world, behind)).filter(({ state }) => state !== 'posted');
    claim(left.length === 0, `${left.length} of ${behind.length} were not posted when US was back`);
    count('documents behind the dead line', behind.length);
    count('p95 beside a living ERP, ms', calm);
    count('p95 beside a dead one, ms', dead);
  },
});

export const outageRows: readonly Row[] = [down, oneDead];

import type { FailPoint } from '@waybill/engine';
import { settled } from '../checks/judge.js';
import { api, erp } from '../load/company.js';
import { defineRow, type Row, type RowContext } from '../rows/row.js';
import { strike } from '../supervisor/strike.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { counted, strikeActions, titleOf, type Action } from './actions.js';

/** A run of a control is struck: R1 both sides are copied, R2 its gaps are written and its sums are not, R3 it has ended. */
const points = ['control.copied', 'control.judged', 'control.ended'] as const satisfies readonly FailPoint[];
type ControlPoint = (typeof points)[number];
const control = 'faults-us-invoices';
const documentsBrought = 40;

interface Run {
  id: string;
  state: string;
  gaps: number;
  contentHash: string | null;
}

/** Asks for a run until one begins; one that is under way is another's. */
const begin = (world: World, period: string): Promise<Run> =>
  until(
    'a run of the control',
    30_000,
    async () => (await api(world, 'POST', `/v1/controls/${control}/runs`, { period })) as unknown as Run,
  );

const read = async (world: World, id: string): Promise<Run> => (await api(world, 'GET', `/v1/control-runs/${id}`)) as unknown as Run;

/** A run that nobody strikes, to its end. */
async function whole(world: World, period: string): Promise<Run> {
  const { id } = await begin(world, period);
  return until('the end of a run', 60_000, async () => {
    const run = await read(world, id);
    return run.state === 'running' ? undefined : run;
  });
}

/** The newest run as the database has it, and what stands of it: the process that answers for it may be the one that is held. */
async function newest(world: World): Promise<{ id: string; state: string; gaps: number; sums: number }> {
  const [row] = await world.postgres.sql<{ id: string; state: string; gaps: number; sums: number }>(
    `select r.id, r.state, (select count(*)::int from gap g where g.run_id = r.id) as gaps,
       (select count(*)::int from control_total t where t.run_id = r.id) + (select count(*)::int from control_bar b where b.run_id = r.id) as sums
     from control_run r where r.control = $1 order by r.started_at desc limit 1`,
    [control],
  );
  return row!;
}

/** Lets the five minutes be over after which a run without a sign of life is given up, and waits for whoever schedules to see it. */
async function untilGivenUp(world: World, id: string): Promise<void> {
  await until('the end of a run that nobody works on', 90_000, async () => {
    await world.postgres.sql("update control_run set touched_at = now() - interval '6 minutes' where id = $1 and state = 'running'", [id]);
    return (await newest(world)).state === 'failed';
  }, { everyMs: 1_000 }); // prettier-ignore
}

/** Where the run has ended before it is struck, what it found stands; else it has failed and nothing of it is there. */
async function strikeOnce({ world, claim, count }: RowContext, of: { point: ControlPoint; action: Action; period: string; expected: Run }): Promise<void> {
  const { point, action, period, expected } = of;
  const ended = point === 'control.ended';
  // Asked once: the answer of one that dies is lost.
  await strike([world.api], { point, action }, () => api(world, 'POST', `/v1/controls/${control}/runs`, { period }).catch(() => undefined));
  count(counted[action]);
  if (action !== 'pause') await world.api.ready();
  const struck = await newest(world);
  if (action !== 'throw' && !ended) await untilGivenUp(world, struck.id);
  if (action === 'pause') {
    world.api.resume();
    await world.api.ready();
  }
  await sleep(2_000); // whatever a woken run still does is done by then
  world.api.disarm();
  const left = await newest(world);
  const wanted = ended ? `done with ${expected.gaps} gaps and sums` : 'failed with 0 gaps and no sums';
  const seen = `${left.state} with ${left.gaps} gaps and ${left.sums === 0 ? 'no ' : ''}sums`;
  claim(left.id === struck.id && seen === wanted, `the run that was struck is ${seen}, not ${wanted}`);
  if (ended) await sameAs(world, claim, { id: left.id, expected });
  const next = await whole(world, period);
  claim(next.state === 'done', `the next run ended as ${next.state}`);
  await sameAs(world, claim, { id: next.id, expected });
} // prettier-ignore

async function sameAs(world: World, claim: RowContext['claim'], { id, expected }: { id: string; expected: Run }): Promise<void> {
  const { contentHash, gaps } = await read(world, id);
  claim(
    contentHash === expected.contentHash,
    `${id} found ${gaps} gaps, ${contentHash}, instead of ${expected.gaps}, ${expected.contentHash}`,
  );
}

export function controlRows(repeat: number): Row[] {
  return strikeActions.flatMap((action) =>
    points.map((point) =>
      defineRow({
        id: `2 ${action} ${point}`,
        title: titleOf(action, point),
        inject: `${action} the API at ${point}, ${repeat} times, while it runs a control over ${documentsBrought} invoices and one that only the ERP has`,
        expected: 'a run that was struck has failed and left no gap and no sum, one that had ended keeps both; the next finds the same',
        ownWorld: {},
        async run(context) {
          const { world, load, plan, claim } = context;
          const planned = plan(documentsBrought, { entities: ['US'] });
          await load.bring(planned, 0);
          await settled(world); // both sides must stay as they are
          const period = planned.documents[0]!.postingDate.slice(0, 7);
          await bookByHand(context, planned.documents[0]!.postingDate);
          await api(world, 'PUT', `/v1/controls/${control}`, {
            yaml: `control: ${control}\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\ndaily: { at: "23:59" }\nsettleMinutes: 0\n`,
          });
          const expected = await whole(world, period);
          if (expected.state !== 'done' || expected.gaps !== 1) throw new Error(`a run that nobody strikes is ${expected.state} with ${expected.gaps} gaps instead of one`); // prettier-ignore
          for (let n = 0; n < repeat; n += 1) await strikeOnce(context, { point, action, period, expected });
          claim((await newest(world)).state === 'done', 'the newest run has not ended');
        },
      }),
    ),
  );
}

/** An invoice that billing does not know: the one gap that every run must find. */
async function bookByHand({ world, load }: RowContext, day: string): Promise<void> {
  const booked = await erp(world, 'POST', '/erp/v1/invoices', {
    entity: 'US',
    reference: 'BY-HAND-1',
    origin: null,
    customer: 'F-1',
    currency: 'USD',
    documentDate: day,
    postingDate: day,
    lines: [{ description: 'By hand', quantity: '1', amount: '12.34', account: '4010' }],
    taxLines: [],
    subtotal: '12.34',
    tax: '0',
    total: '12.34',
  });
  load.byHand.push(String(booked['number']));
  load.explained.numbers.add(String(booked['number']));
}

import type { FailPoint } from '@waybill/engine';
import { signedIn, type Person } from '../load/person.js';
import { api } from '../load/company.js';
import { defineRow, type Row, type RowContext } from '../rows/row.js';
import { pastTheLease, strike } from '../supervisor/strike.js';
import type { World } from '../supervisor/world.js';
import { sleep, until } from '../waiting.js';
import { counted, strikeActions, titleOf, type Action } from './actions.js';

/** A decision is struck: A1 it is written, its entry is not; A2 both are committed, and nobody has an answer. */
const points = ['approval.decided', 'approval.committed'] as const satisfies readonly FailPoint[];
const documentsPerStrike = 12;
const flow = 'erp-de-invoices';

interface Held {
  id: string;
  contentHash: string;
}

/** A person decides about every document that waits, and asks again until they are told, as people do. */
async function decideAll(world: World, person: Person, held: readonly Held[], tell: (sentence: string) => void): Promise<void> {
  const end = performance.now() + 120_000;
  await Promise.all(
    held.map(async ({ id, contentHash }) => {
      for (;;) {
        const status = await person.send('POST', `/v1/approvals/${id}/approve`, { contentHash });
        // Decided before: the answer was lost, not the decision.
        if (status === 200 || status === 409) return;
        if (status !== 0 && status < 500) return tell(`the decision about ${id} was answered ${status}`);
        if (performance.now() > end) return tell(`the decision about ${id} was never answered`);
        await sleep(250);
      }
    }),
  );
}

async function strikeOnce(
  { world, load, plan, claim, count }: RowContext,
  person: Person,
  point: FailPoint,
  action: Action,
): Promise<void> {
  const { documents, ...rest } = plan(documentsPerStrike);
  await load.bring({ documents, ...rest }, 0);
  const held = await until('documents that wait for a decision', 60_000, async () => {
    const { items } = (await api(world, 'GET', '/v1/approvals?limit=200')) as { items: Held[] };
    return items.length === documents.length ? items : undefined;
  });
  let deciding: Promise<void> | undefined;
  const lead = () => {
    deciding = decideAll(world, person, held as Held[], (sentence) => claim(false, sentence));
    return Promise.resolve();
  };
  await strike([world.api], { point, action, times: action === 'throw' ? 3 : 1, at: 3 }, lead);
  count(counted[action]);
  if (action === 'pause') await pastTheLease(world, world.api);
  await deciding;
  world.api.disarm();
  count('decisions', held.length);
}

/** Decisions that have no entry of their own, or entries that have no decision. */
const orphans = (world: World) =>
  world.postgres.sql<{ id: string; state: string | null; entries: number }>(
    `select coalesce(a.id, e.id) as id, a.state, coalesce(e.n, 0)::int as entries from approval a
       full join (select object_id as id, count(*) as n from audit_entry where object_kind = 'approval' group by 1) e on e.id = a.id
     where coalesce(e.n, 0) <> case when a.state in ('approved', 'rejected') then 1 else 0 end`,
  );

export function approvalRows(repeat: number): Row[] {
  return strikeActions.flatMap((action) =>
    points.map((point) =>
      defineRow({
        id: `2 ${action} ${point}`,
        title: titleOf(action, point),
        inject: `a rule holds every invoice of DE; ${action} the API at ${point}, ${repeat} times, while a person approves ${documentsPerStrike}`,
        expected: 'each is decided once, with one entry in the audit log, and posted once',
        ownWorld: {},
        async run(context) {
          const { world, claim } = context;
          const person = await signedIn(world, ['finance-approver']);
          const { yaml } = (await api(world, 'GET', `/v1/flows/${flow}`)) as { yaml: string };
          const strict = yaml.replace('"50000"', '"0"');
          if (strict === yaml) throw new Error(`the flow ${flow} has no rule for large amounts`);
          await api(world, 'PUT', `/v1/flows/${flow}`, { yaml: strict });
          for (let n = 0; n < repeat; n += 1) await strikeOnce(context, person, point, action);
          for (const { id, state, entries } of await orphans(world))
            claim(false, `${id} is ${state ?? 'not there'} and has ${entries} entries`);
        },
      }),
    ),
  );
}

import { api } from '../load/company.js';
import type { FaultRule } from '../load/company.js';
import { erp } from '../load/company.js';
import type { PlannedDocument } from '../load/plan.js';
import { livenessSeconds } from '../checks/judge.js';
import type { World } from '../supervisor/world.js';
import { until } from '../waiting.js';

/** Calls that post a document. */
export const posts = { methods: ['POST'], path: '/erp/v1/' };
/** Only the call that posts this document: its id in the source stands in the body. */
export const of = ({ id }: PlannedDocument): Pick<FaultRule, 'contains'> => ({ contains: `"origin":${JSON.stringify(id)}` });

/** Until the faults struck so often: those of a row must not be over before that. */
export const struck = (world: World, times: number, withinMs: number): Promise<boolean> =>
  until(`${times} faults`, withinMs, async () => {
    const { rules } = (await erp(world, 'GET', '/faults')) as { rules: { hits: number }[] };
    return rules.reduce((sum, rule) => sum + rule.hits, 0) >= times;
  });

type Named = Pick<PlannedDocument, 'id'>;

/** What the engine's flows into an ERP made of these documents. */
export interface Outcome {
  message: string;
  key: string;
  state: string;
  attempts: number;
  /** The outcome of each attempt, in their order. */
  outcomes: (string | null)[];
  /** Of the open exception. */
  category: string | null;
  code: string | null;
  causeKey: string | null;
  receivedAt: Date;
  settledAt: Date | null;
}

export function outcomesOf(world: World, documents: readonly Named[]): Promise<Outcome[]> {
  return world.postgres.sql<Outcome>(
    `select m.id as message, m.key, m.state, m.attempts, e.category, e.code, e.cause_key as "causeKey", m.received_at as "receivedAt", m.settled_at as "settledAt",
       array(select a.outcome from attempt a where a.message_id = m.id order by a.number) as outcomes
     from message m left join exception e on e.message_id = m.id and e.state = 'open' where m.flow ~ '^(erp|tryton)-' and m.key = any($1) order by m.seq`,
    [documents.map(({ id }) => id)],
  );
}

/** Until all of these have ended, in one of these states each, within what a row may take for it; else what is left. */
export async function ended(world: World, documents: readonly Named[], states = ['posted'], eachMs = 100): Promise<Outcome[]> {
  let seen: Outcome[] = [];
  const all = () => seen.length === documents.length && seen.every(({ state }) => states.includes(state));
  await until('the end of these documents', livenessSeconds(world) * 1_000 + documents.length * eachMs, async () => {
    seen = await outcomesOf(world, documents);
    return all();
  }, { everyMs: 300 }).catch(() => false); // prettier-ignore
  return seen;
}

export interface Preview {
  count: number;
  verdicts: Record<string, number>;
}
export type Selection = { messages: string[] } | { causeKey: string };

/** What a replay would do, by the public door. */
export const previewed = (world: World, selection: Selection): Promise<Preview> =>
  api(world, 'POST', '/v1/replays/preview', selection) as unknown as Promise<Preview>;
/** Replays by the public door; how many messages were taken up, and how many were refused. */
export async function replayed(world: World, selection: Selection): Promise<{ accepted: number; refused: number }> {
  const { accepted, refused } = (await api(world, 'POST', '/v1/replays', { ...selection, reason: 'the harness replays' })) as {
    accepted: number;
    refused: unknown[];
  };
  return { accepted, refused: refused.length };
}

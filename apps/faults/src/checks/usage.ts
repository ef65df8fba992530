import type { UsageLoad } from '../load/usage.js';
import { expectedUsage, type UsageBrought } from '../load/usage-plan.js';
import { api } from '../load/company.js';
import type { World } from '../supervisor/world.js';
import { finding, type Finding } from './finding.js';

/** What is in the ledger, as the database has it. */
export interface UsageSeen {
  /** By source: rows, and different ids among them. */
  sources: { source: string; rows: number; ids: number }[];
  /** What the active version of each meter has booked for each subject. */
  buckets: { meter: string; subject: string; events: number; hundredths: string | null }[];
  control: { ok: boolean; events: { accepted: number; ledgered: number; difference: number } };
}

/** C-a and C-c for usage: each acknowledged event is there once; every meter comes to what they come to; the control of the ledger says the same. */
export function usageDifferences(seen: UsageSeen, brought: readonly UsageBrought[]): Finding[] {
  const found: Finding[] = [];
  const bySource = new Map(seen.sources.map((row) => [row.source, row]));
  for (const { source, events } of brought) {
    const { rows, ids } = bySource.get(source) ?? { rows: 0, ids: 0 };
    if (ids < events) found.push(finding('C-a', 'lost', `of ${events} acknowledged events of ${source} ${events - ids} are not there`));
    if (rows > ids) found.push(finding('C-a', 'duplicated', `${rows - ids} events of ${source} are there more than once`));
    if (ids > events) found.push(finding('C-a', 'duplicated', `${source} has ${ids} events, and sent ${events}`));
  }
  const booked = new Map(seen.buckets.map((bucket) => [`${bucket.meter} ${bucket.subject}`, bucket]));
  for (const [key, { events, hundredths }] of expectedUsage(brought)) {
    const there = booked.get(key);
    const total = BigInt(there?.hundredths ?? 0);
    if (there?.events !== events || total !== hundredths) {
      const minorUnits = total > hundredths ? total - hundredths : hundredths - total;
      const sentence = `${key}: ${there?.events ?? 0} events and ${total} hundredths are booked, ${events} and ${hundredths} were sent`;
      found.push({ ...finding('C-c', 'difference', sentence), minorUnits });
    }
  }
  const { ok, events } = seen.control;
  if (!ok || events.accepted !== events.ledgered || events.difference !== 0)
    found.push(finding('C-c', 'difference', `the control of the usage ledger says ${JSON.stringify(events)}`));
  return found;
}

/** Waits until all of it is counted, then compares. */
export async function usageFindings(world: World, usage: UsageLoad, withinMs: number): Promise<Finding[]> {
  if (usage.brought.length === 0) return [];
  const late = await usage.counted(withinMs).then(
    () => undefined,
    (error: unknown) => (error as Error).message,
  );
  if (late !== undefined) return [finding('C-d', 'stuck', late)];
  const { postgres } = world;
  return usageDifferences(
    {
      sources: await postgres.sql<UsageSeen['sources'][0]>(
        "select source, count(*)::int as rows, count(distinct id)::int as ids from usage_event where source like '/faults/%' group by source",
      ),
      buckets: await postgres.sql<UsageSeen['buckets'][0]>(
        `select m.name as meter, b.subject, sum(b.events)::int as events, (sum(b.total) * 100)::numeric(60, 0)::text as hundredths
         from usage_bucket b join usage_meter_version v on v.id = b.version join usage_meter m on m.name = v.meter and m.active = v.version
         group by m.name, b.subject`,
      ),
      control: (await api(world, 'GET', '/v1/usage/control')) as unknown as UsageSeen['control'],
    },
    usage.brought,
  );
}

import { fileURLToPath } from 'node:url';
import { migrate } from '../../platform/database/index.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';
import { documentsOf, measure, round, type Measured, type Run } from './run.js';
import { openSite } from './site.js';

const unaudited = fileURLToPath(new URL('./unaudited.js', import.meta.url));
/** Each way stands once before and once after the other, so that a machine or a database that changes meanwhile favours neither. */
const order = ['on', 'off', 'off', 'on'] as const;
type Way = (typeof order)[number];

/** The same documents through the same engine, with what the pipeline posts in the audit log and without, on one database in one run. */
export async function benchAuditCost(options: {
  messages: number;
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}): Promise<void> {
  const { messages, say, tell } = options;
  const { folder, remove } = await openPlace();
  const site = await openSite({ folder, redis: false, say });
  const measured: Record<Way, Measured[]> = { on: [], off: [] };
  try {
    await migrate(site.migrateUrl, 'waybill_app');
    for (const [n, way] of order.entries()) {
      say(`audit ${way}: ${messages} messages`);
      const run: Run = { through: 'straight', workers: 0, count: messages, from: n * documentsOf({ count: messages }), say, ...(way === 'off' ? { program: unaudited } : {}) }; // prettier-ignore
      const before = await entries(site);
      measured[way].push(await measure(site, folder, run));
      const written = (await entries(site)) - before;
      if (way === 'on' ? written === 0 : written > 0)
        throw new Error(`with the audit log ${way} ${written} entries of postings were written`);
    }
  } finally {
    await site.close();
    await remove();
  }
  const mean = (way: Way, of: (one: Measured) => number) => measured[way].reduce((sum, one) => sum + of(one), 0) / measured[way].length;
  const rate = (way: Way) => round(mean(way, ({ perSecond }) => perSecond));
  const fact = (way: Way, name: string) => round(mean(way, ({ facts }) => Number(facts[name])));
  const works = (way: Way) => mean(way, ({ facts }) => Number(facts['engine ms/message']) + Number(facts['database ms/message']));
  tell({
    bench: 'audit-cost',
    value: round((works('on') / works('off') - 1) * 100),
    unit: '% more processor time of engine and database for a message',
    baseline: { 'messages/s without': rate('off') },
    ratio: round(rate('on') / rate('off')),
    facts: {
      'messages/s': rate('on'),
      'each messages/s': order
        .map((way, n) => `${way} ${measured[way][order.slice(0, n).filter((other) => other === way).length]!.perSecond}`)
        .join(' '),
      'engine ms/message': fact('on', 'engine ms/message'),
      'engine ms/message without': fact('off', 'engine ms/message'),
      'database ms/message': fact('on', 'database ms/message'),
      'database ms/message without': fact('off', 'database ms/message'),
      'messages of a run': messages,
    },
  });
}

const entries = async (site: { sql<T>(text: string): Promise<T[]> }): Promise<number> =>
  (await site.sql<{ n: number }>("select count(*)::int as n from audit_entry where action like 'pipeline.%'"))[0]!.n;

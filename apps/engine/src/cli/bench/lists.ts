import { ExceptionFacets, WorkListStore } from '../../exceptions/index.js';
import { MessageFacets, MessageQueryStore, UnpostedStore } from '../../pipeline/index.js';
import { Database, everything, migrate, startEmbeddedDatabase, type Scope, type ScopedDatabase } from '../../platform/database/index.js';
import type { Caller } from '../../platform/http/index.js';
import { fillLists, named } from './lists-filled.js';
import type { Measurement } from './messages.js';
import { openPlace } from './place.js';

export interface ListsBenchOptions {
  messages: number;
  exceptions: number;
  say: (line: string) => void;
  tell: (measurement: Measurement) => void;
}

interface Answer {
  items: unknown[];
  next?: string | null;
}
interface List {
  name: string;
  scope?: Scope;
  ask(scope: Scope, page: { limit: number; cursor?: string | undefined }): Promise<Answer>;
  /** A count or a group has no pages. */
  whole?: true;
}

const pageRows = 50;
/** The page that people never reach, and scripts do. */
const farPage = 1_000;
/** So often a list is asked before it is measured: a statement that comes often is prepared, and its plan is then made for all values. */
const warmTimes = 30;
const warmMs = 3_000;
const measuredTimes = 5;

/** What each filter of the lists of messages and exceptions costs on a full database, on the first page and far from it, and how PostgreSQL finds the rows. */
export async function benchLists({ messages, exceptions, say, tell }: ListsBenchOptions): Promise<void> {
  const { folder, remove } = await openPlace();
  const server = await startEmbeddedDatabase({ dataDir: folder, port: 0, log: () => undefined });
  try {
    await migrate(server.migrateUrl, 'waybill_app');
    say(`${messages} messages and ${exceptions} exceptions are written`);
    await fillLists(server.migrateUrl, { messages, exceptions });
    const db = new Watched({ url: server.url, poolMax: 4, onIdleError: (error) => say(`the database was lost: ${error.message}`) });
    try {
      for (const list of listsOf(db)) tell(await measure(db, list));
    } finally {
      await db.close();
    }
  } finally {
    await server.stop();
    await remove();
  }
}

function listsOf(db: Watched): List[] {
  const messages = new MessageQueryStore(db, new UnpostedStore(db));
  const exceptions = new WorkListStore(db);
  const us: Scope = { entities: ['US'], unassigned: false };
  const rare: Scope = { entities: [named.rareEntity], unassigned: false };
  const ofMessages = (name: string, filter: Parameters<MessageQueryStore['list']>[0], scope?: Scope): List => ({
    name: `messages, ${name}`,
    ask: (seen, page) => messages.list({ ...filter, ...page }, seen),
    ...(scope ? { scope } : {}),
    ...(filter.count ? { whole: true } : {}),
  });
  const ofExceptions = (name: string, filter: Parameters<WorkListStore['list']>[0], scope?: Scope): List => ({
    name: `exceptions, ${name}`,
    ask: (seen, page) => exceptions.list({ ...filter, ...page }, callerOf(seen)),
    ...(scope ? { scope } : {}),
    ...(filter.count ? { whole: true } : {}),
  });
  const groups = (name: string, scope?: Scope): List => ({ name: `exceptions, ${name}`, ask: (seen) => exceptions.groups({}, callerOf(seen)), whole: true, ...(scope ? { scope } : {}) }); // prettier-ignore
  const ageing = (name: string, scope?: Scope): List => ({ name: `exceptions, ${name}`, ask: (seen) => exceptions.ageing({}, callerOf(seen)), whole: true, ...(scope ? { scope } : {}) }); // prettier-ignore
  const [messageFacets, exceptionFacets] = [new MessageFacets(db, new UnpostedStore(db)), new ExceptionFacets(db)];
  type OfMessages = Parameters<MessageFacets['count']>;
  const messageFacet = (name: string, field: OfMessages[0], filter: OfMessages[1], scope?: Scope): List => ({ name: `messages, facet ${field} ${name}`, ask: async (seen) => ({ items: (await messageFacets.count(field, filter, seen)).values }), whole: true, ...(scope ? { scope } : {}) }); // prettier-ignore
  type OfExceptions = Parameters<ExceptionFacets['count']>;
  const exceptionFacet = (name: string, field: OfExceptions[0], filter: OfExceptions[1], scope?: Scope): List => ({ name: `exceptions, facet ${field} ${name}`, ask: async (seen) => ({ items: (await exceptionFacets.count(field, filter, callerOf(seen))).values }), whole: true, ...(scope ? { scope } : {}) }); // prettier-ignore
  const { from, to } = named.day;
  return [
    ofMessages('all', {}),
    ofMessages('of a flow', { flow: named.flow }),
    ofMessages('posted', { state: 'posted' }),
    ofMessages('stopped', { state: 'exception,held' }),
    ofMessages('skipped, which are few', { state: 'skipped' }),
    ofMessages('in doubt, which are none', { state: 'in_doubt' }),
    ofMessages('stopped in a flow', { state: 'exception', flow: named.flow }),
    ofMessages('of a legal entity', { legalEntity: 'US' }),
    ofMessages('of a legal entity with few', { legalEntity: named.rareEntity }),
    ofMessages('of a day', { from, to }),
    ofMessages('of an age', { age: '>30d' }),
    ofMessages('not of a flow', { flow: `-${named.flow}` }),
    ofMessages('not posted', { state: '-posted' }),
    ofMessages('not posted, of a flow', { state: '-posted', flow: named.flow }),
    ofMessages('neither posted nor stopped', { state: '-posted,-exception,-held' }),
    ofMessages('of a flow and an amount', { flow: named.flow, amount: '>500' }),
    ofMessages('of an amount that few have', { amount: '>999.98' }),
    ofMessages('of an amount that few have, of a week', { amount: '>999.98', age: '<1w' }),
    ofMessages('of an amount that none has', { amount: '>1000' }),
    ofMessages('of a release', { release: `${named.flow}@1` }),
    ofMessages('not of a release', { release: `-${named.flow}@9` }),
    ofMessages('by key', { key: named.key }),
    ofMessages('by run', { run: named.run }),
    ofMessages('by correlation', { correlation: named.correlation }),
    ofMessages('beginning with a number', { q: named.title }),
    ofMessages('beginning with what many do', { q: 'INV' }),
    ofMessages('beginning with a customer', { q: named.customer }),
    ofMessages('beginning with nothing that is there', { q: 'nobody' }),
    ofMessages('all, for who sees one legal entity', {}, us),
    ofMessages('all, for who sees one with few', {}, rare),
    ofMessages('all, counted', { count: true }),
    ofMessages('stopped, counted', { state: 'exception,held', count: true }),
    ofMessages('of a flow, counted', { flow: named.flow, count: true }),
    messageFacet('of all', 'flow', {}),
    messageFacet('of all', 'age', {}),
    messageFacet('of a flow', 'state', { flow: named.flow }),
    messageFacet('of what stopped', 'flow', { state: 'exception,held' }),
    messageFacet('of a legal entity with few', 'currency', { legalEntity: named.rareEntity }),
    messageFacet('of a flow and a currency that it has not', 'state', { flow: 'bench-customers', currency: 'EUR' }),
    messageFacet('of a day', 'legalEntity', { from, to }),
    messageFacet('of all', 'release', {}),
    messageFacet('of an amount, not of a flow', 'state', { amount: '>500', flow: `-${named.flow}` }),
    messageFacet('not posted', 'flow', { state: '-posted' }),
    messageFacet('of what begins as many do', 'state', { q: 'INV' }),
    messageFacet('of a customer', 'state', { q: named.customer }),
    messageFacet('for who sees one legal entity', 'flow', {}, us),
    messageFacet('for who sees one with few', 'flow', {}, rare),
    exceptionFacet('to do', 'category', {}),
    exceptionFacet('over their time', 'flow', { due: 'breached' }),
    exceptionFacet('of everything', 'state', { state: 'all' }),
    exceptionFacet('of a cause', 'flow', { causeKey: named.causeKey }),
    exceptionFacet('with words', 'category', { q: named.title }),
    exceptionFacet('for who sees one legal entity', 'category', {}, us),
    ofExceptions('to do, most urgent first', {}),
    ofExceptions('to do, oldest first', { sort: 'oldest' }),
    ofExceptions('to do, newest first', { sort: 'newest' }),
    ofExceptions('of a category', { category: 'api-failure' }),
    ofExceptions('of a flow', { flow: named.flow }),
    ofExceptions('of a legal entity', { legalEntity: 'US' }),
    ofExceptions('of a cause', { causeKey: named.causeKey }),
    ofExceptions('of nobody', { owner: 'nobody' }),
    ofExceptions('not of a category, nor of a person', { category: '-api-failure', owner: `-${named.owner}` }),
    ofExceptions('of an amount', { amount: '>500' }),
    ofExceptions('not open', { state: '-open' }),
    ofExceptions('of a person', { owner: named.owner }),
    ofExceptions('over their time', { due: 'breached' }),
    ofExceptions('put off', { snoozed: 'only' }),
    ofExceptions('with words', { q: named.title }),
    ofExceptions('resolved, newest first', { state: 'resolved' }),
    ofExceptions('to do, for who sees one legal entity', {}, us),
    ofExceptions('to do, counted', { count: true }),
    groups('groups'),
    groups('groups, for who sees one legal entity', us),
    ageing('ageing'),
    ageing('ageing, for who sees one legal entity', us),
  ];
}

async function measure(db: Watched, { name, ask, scope = everything, whole }: List): Promise<Measurement> {
  const first = await timed(() => ask(scope, { limit: pageRows }));
  const plan = await db.planOfLast();
  // One long page instead of a thousand short ones: the cursor at its end is the same.
  const far = whole ? undefined : (await ask(scope, { limit: pageRows * (farPage - 1) })).next;
  const there = far ? await timed(() => ask(scope, { limit: pageRows, cursor: far })) : undefined;
  return {
    bench: name,
    value: first,
    unit: 'ms',
    facts: { ...(whole ? {} : { [`page ${farPage}, ms`]: there ?? 'none' }), plan },
  };
}

/** Median of some, after it was asked often enough to be prepared, or for long enough. */
async function timed(ask: () => Promise<unknown>): Promise<number> {
  const once = async () => {
    const began = performance.now();
    await ask();
    return performance.now() - began;
  };
  const began = performance.now();
  for (let n = 0; n < warmTimes && performance.now() - began < warmMs; n += 1) await once();
  const took: number[] = [];
  for (let n = 0; n < measuredTimes; n += 1) took.push(await once());
  return Math.round(took.sort((a, b) => a - b)[Math.floor(measuredTimes / 2)]! * 10) / 10;
}

const callerOf = (scope: Scope): Caller => ({ kind: 'user', id: 'bench', name: 'Bench', email: null, roles: [], permissions: new Set(), scope, hands: [] }) as unknown as Caller; // prettier-ignore

interface Plan {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** A database that remembers what it was asked last, so that the plan of a list can be told. */
class Watched extends Database {
  private last: { text: string; values: readonly unknown[]; scope: Scope } | undefined;

  override seenBy(scope: Scope): ScopedDatabase {
    const seen = super.seenBy(scope);
    return {
      transaction: (work) => seen.transaction(work),
      query: (text, values = []) => {
        this.last = { text, values, scope };
        return (seen === this ? super.query(text, values) : seen.query(text, values)) as never;
      },
    };
  }

  /** How the rows are found: each scan once, by the index that serves it. */
  async planOfLast(): Promise<string> {
    if (!this.last) throw new Error('nothing was asked');
    const { text, values, scope } = this.last;
    const [row] = await super.seenBy(scope).query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values);
    const scans = (plan: Plan): string[] => [
      ...(plan['Node Type'].includes('Scan') && plan['Node Type'] !== 'CTE Scan' && plan['Node Type'] !== 'Bitmap Heap Scan' && plan['Node Type'] !== 'Subquery Scan'
        ? [`${plan['Node Type'].toLowerCase()} ${plan['Index Name'] ?? plan['Relation Name'] ?? ''}`.trim()]
        : []),
      ...(plan.Plans ?? []).flatMap(scans),
    ]; // prettier-ignore
    return [...new Set(scans(row!['QUERY PLAN'][0].Plan))].filter((scan) => !/ (flow|release)(_|$)/.test(scan)).join(' + ');
  }
}

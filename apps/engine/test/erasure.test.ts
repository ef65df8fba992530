// What is personal of a customer goes from every row that holds it; the books, the sums and the audit log are what they were.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ErasureStore } from '../src/assurance/index.js';
import { runVerifyAudit } from '../src/cli/verify-audit/command.js';
import { SealerStore } from '../src/governance/index.js';
import type { ApiCaller } from './api-caller.js';
import { exceptionOf, inBooks, makeCustomer, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const customers = 100;
/** Of the last ones: no country that a table knows, so the document never reaches the hub; a person ends it. */
const stopped = 10;
/** Stands in what is personal and nowhere else. */
const planted = 'Eulalia Plantagenet';
const nameOf = (n: number) => `${planted} the ${n}th`;
const idOf = (n: number) => `cus_planted_${String(n).padStart(3, '0')}`;
const reason = 'asked for by letter';

let bench: Bench;
let folder: string;
let second: ApiCaller;
const one = { connection: 'stripe', customer: idOf(0), reason };

const work = () => bench.engine.app.get(ErasureStore).work(() => true);
const request = (customer: string) => bench.api.call('requestErasure', { body: { ...one, customer } });
const stateOf = async (id: string) => (await bench.api.call('getErasure', { params: { id } })).state;

async function bring(n: number): Promise<void> {
  const { country } = { country: n < customers - stopped ? 'US' : 'AQ' };
  const words = invoice({ id: `in_${idOf(n)}`, customer: idOf(n), country });
  const [line] = (words['lines'] as { data: object[] }).data;
  await deliver(
    bench,
    event({
      ...words,
      customer_name: nameOf(n),
      customer_email: `${planted.replace(' ', '.')}.${n}@example.test`,
      description: `Agreed with ${nameOf(n)}`,
      lines: { has_more: false, data: [{ ...line, description: `For ${nameOf(n)}` }] },
    }),
  );
}

/** Tables with a row that holds the words, as text or as bytes. */
async function holding(words: string): Promise<string[]> {
  const tables = await bench.sql<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1",
  );
  const bytes = Buffer.from(words).toString('hex');
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await bench.sql<{ held: boolean }>(
      `select exists (select 1 from "${name}" x where strpos(x::text, $1) > 0 or strpos(x::text, $2) > 0) as held`,
      [words, bytes],
    );
    if (row!.held) found.push(name);
  }
  return found;
}

const totals = () =>
  bench.sql(
    "select currency, count(*)::int as n, sum(amount)::text as amount, (select sum((content::jsonb ->> 'total')::numeric)::text from canonical_version v join canonical_object o on o.id = v.object_id where o.type = 'invoice') as in_hub from posting where state = 'posted' group by 1",
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-erasure-'));
  bench = await openBench({ settings: { roles: ['api', 'worker'] } });
  await setUpCompany(bench);
  second = await person(bench, { roles: ['admin'], name: 'Somebody else' });
  await Promise.all(Array.from({ length: customers }, (_, n) => makeCustomer(bench, { number: idOf(n) })));
  await Promise.all(Array.from({ length: customers }, (_, n) => bring(n)));
  for (let n = customers - stopped; n < customers; n += 1) {
    const { id } = await exceptionOf(bench, { flow: 'stripe-invoices', key: `in_${idOf(n)}` });
    await bench.api.call('commentException', { params: { id }, body: { text: `${nameOf(n)} was called` } });
    await bench.api.call('resolveException', { params: { id }, body: { reason: 'booked by hand' } });
  }
  await eventually(async () => (await bench.api.call('listMessages', { query: { state: 'posted', flow: 'erp-us-invoices', count: true, limit: 1 } })).count === customers - stopped, { what: 'every invoice in the books', withinMs: 90_000 }); // prettier-ignore
});
afterAll(async () => {
  await bench?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('an erasure', () => {
  it('is counted first, and confirmed by somebody else than who asked', async () => {
    const asked = await request(one.customer);
    expect(asked).toMatchObject({ state: 'counting', found: null, requestedBy: expect.any(String) });
    expect(await bench.api.problem('confirmErasure', { params: { id: asked.id } })).toMatchObject({ status: 409, code: 'ERASURE_STATE' });
    expect(await bench.api.problem('requestErasure', { body: one })).toMatchObject({ status: 409, code: 'ERASURE_ALREADY' });
    expect(await bench.api.problem('requestErasure', { body: { ...one, connection: 'nowhere' } })).toMatchObject({ status: 404, path: '/connection' });
    await work();
    const counted = await bench.api.call('getErasure', { params: { id: asked.id } });
    expect(counted).toMatchObject({ state: 'open', found: { documents: 1, versions: 1, messages: 2, payloads: expect.any(Number), deliveries: 1 }, erased: null, waitsFor: [], ownPart: expect.stringContaining('confirms it') });
    expect(await bench.api.problem('confirmErasure', { params: { id: asked.id } })).toMatchObject({ status: 403, code: 'ERASURE_OWN' });
    expect(await holding(nameOf(0))).toEqual(['canonical_version', 'inbox', 'message', 'message_body']);
    await second.call('confirmErasure', { params: { id: asked.id } });
    await work();
    await work();
    expect(await bench.api.call('getErasure', { params: { id: asked.id } })).toMatchObject({ state: 'done', erased: { documents: 1, versions: 1, messages: 2, deliveries: 1 }, confirmedBy: 'Somebody else' });
    const done = await bench.api.call('getErasure', { params: { id: asked.id } });
    expect(done.erased).toEqual(done.found); // what was shown is what went
    expect(await holding(nameOf(0))).toEqual([]);
    expect(await bench.api.problem('withdrawErasure', { params: { id: asked.id } })).toMatchObject({ code: 'ERASURE_STATE' });
  }); // prettier-ignore

  it('can be taken back until it is confirmed, and asked for again', async () => {
    const { id } = await request(idOf(1));
    expect(await bench.api.call('withdrawErasure', { params: { id } })).toMatchObject({ state: 'withdrawn' });
    await work();
    expect(await stateOf(id)).toBe('withdrawn');
    expect(await holding(nameOf(1))).not.toEqual([]);
  });

  it('is for nobody who is kept to some legal entities', async () => {
    const kept = await person(bench, { roles: ['admin'], legalEntities: ['US'] });
    for (const name of ['listErasures', 'requestErasure'] as const)
      expect(await kept.problem(name, name === 'requestErasure' ? { body: one } : undefined)).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
      });
  });

  it('waits for what is on its way', async () => {
    const { id } = await request(idOf(2));
    await work();
    await second.call('confirmErasure', { params: { id } });
    await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
    await deliver(bench, event({ ...invoice({ id: `in_${idOf(2)}_b`, customer: idOf(2) }), customer_name: nameOf(2) }));
    const { id: message } = await messageIn(bench, { key: `in_${idOf(2)}_b` }, 'ready');
    await work();
    expect(await bench.api.call('getErasure', { params: { id } })).toMatchObject({ state: 'erasing', waitsFor: [message], erased: null });
    expect(await holding(nameOf(2))).toContain('message_body');
    await bench.api.call('resumeFlow', { params: { name: 'erp-us-invoices' } });
    await bench.sweep();
    await messageIn(bench, { key: `in_${idOf(2)}_b` }, 'posted');
    await work();
    await work();
    expect(await stateOf(id)).toBe('done');
    expect(await holding(nameOf(2))).toEqual([]);
  });

  it('leaves nothing personal of a hundred customers, and every sum and every audit entry as it was', async () => {
    const before = await totals();
    expect(await holding(planted)).toEqual(['canonical_version', 'exception_act', 'inbox', 'message', 'message_body']);
    const ids: string[] = [];
    for (let n = 0; n < customers; n += 1) if (n !== 0 && n !== 2) ids.push((await request(idOf(n))).id);
    await work();
    for (const id of ids) await second.call('confirmErasure', { params: { id } });
    await work();
    await work();
    expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['done']));
    expect(await holding(planted)).toEqual([]);
    expect(await totals()).toEqual(before);
    const sealer = bench.engine.app.get(SealerStore);
    await sealer.lead();
    while ((await sealer.seal()) > 0) continue;
    const file = join(folder, 'audit.jsonl');
    await writeFile(file, await (await bench.api.send('exportAudit', { query: { format: 'jsonl' } })).text());
    let said = '';
    const code = await runVerifyAudit([file, '--key', (await bench.api.call('getAuditStatus')).publicKey], (text) => (said += text));
    expect({ code, said }).toMatchObject({ code: 0, said: expect.stringMatching(/Nothing was found/) });
  });

  it('leaves messages that say so, that nobody sends again, and that no mapping is tried on', async () => {
    const key = `in_${idOf(5)}`;
    const posted = await messageIn(bench, { key }, 'posted');
    const message = await bench.api.call('getMessage', { params: { id: posted.id } });
    expect(message).toMatchObject({ erasure: expect.stringMatching(/^era_/), customer: null, title: `NUM-${key}`, amount: { amount: '100.00' } });
    expect(message.stages).toMatchObject({ map: { payload: { erased: message.erasure } } });
    const ended = await messageIn(bench, { flow: 'stripe-invoices', key: `in_${idOf(customers - 1)}` }, 'resolved');
    expect(await bench.api.call('startReplay', { body: { messages: [ended.id] } })).toMatchObject({ accepted: 0, refused: [{ reason: expect.stringContaining('was erased') }] });
    expect((await bench.api.call('listSamples', { params: { name: 'erp-invoice' }, query: { limit: 50 } })).items).toEqual([]);
    expect(inBooks(bench, key)).toHaveLength(1);
  }); // prettier-ignore

  it('is in the audit log: who asked, who confirmed, what was done', async () => {
    const acts = ['erasure.requested', 'erasure.withdrawn', 'erasure.confirmed', 'erasure.done'];
    const found = await Promise.all(acts.map((action) => bench.api.call('listAudit', { query: { action, limit: 200 } })));
    expect(found.map(({ items }) => items.length)).toEqual([customers + 1, 1, customers, customers]);
    const items = found.flatMap((answer) => answer.items);
    expect(JSON.stringify(items)).not.toContain(planted);
  });
});

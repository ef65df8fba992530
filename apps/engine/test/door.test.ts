// The door for webhooks: many at once share a commit and each hears the truth of its own; too much is 429, and what was acknowledged stays.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HookDoor } from '../src/intake/hooks.store.js';
import { InboxStore } from '../src/intake/inbox.store.js';
import { Database } from '../src/platform/database/index.js';
import { problemIn } from './api-caller.js';
import { inBooks, messageIn, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { event, invoice, postHook, signature, webhookSecret as ownSecret } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const backlogMax = 40;
let bench: Bench;

const told = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { duplicate?: boolean; code?: string }),
});

describe('the door for webhooks', () => {
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
  });
  afterAll(() => bench?.stop());

  it('stores each of many at once, sent five times side by side, once, and says so to exactly one of the five', async () => {
    await bench.sql("update flow set state = 'paused'");
    const bodies = Array.from({ length: 60 }, (_, n) => JSON.stringify(event(invoice({ id: `in_five_${n}` }), { id: `evt_five_${n}` })));
    const answers = await Promise.all(
      [...bodies, ...bodies, ...bodies, ...bodies, ...bodies].map(async (body) => told(await postHook(bench, body))),
    );
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    for (let n = 0; n < bodies.length; n += 1)
      expect(answers.filter((_, i) => i % bodies.length === n).filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await bench.sql("select id from inbox where delivery_id like 'evt_five_%'")).toHaveLength(bodies.length);
    await bench.sql("update flow set state = 'on'");
    await messageIn(bench, { key: 'in_five_59' }, 'posted');
    for (let n = 0; n < bodies.length; n += 1) {
      await messageIn(bench, { key: `in_five_${n}` }, 'posted');
      expect(inBooks(bench, `in_five_${n}`)).toHaveLength(1);
    }
  });

  it('shares commits among webhooks at the same time, and folds equal ones in one commit', async () => {
    const inbox = bench.engine.app.get(InboxStore);
    const asked = jest.spyOn(bench.engine.app.get(Database), 'query');
    const take = (id: string) => inbox.take('erp-us', { id, via: 'push', raw: Buffer.from('{}') });
    try {
      // The first goes at once and alone; the others gather while it is stored.
      const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => take(`shared_${Math.ceil(n / 2)}`)));
      expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(201);
      expect(asked.mock.calls.filter(([text]) => text.startsWith('insert into inbox')).length).toBeLessThan(10);
    } finally {
      asked.mockRestore();
    }
    expect(await bench.sql("select id from inbox where delivery_id like 'shared_%'")).toHaveLength(201);
  });

  it('fails one delivery that cannot be stored, and stores its neighbours', async () => {
    const inbox = bench.engine.app.get(InboxStore);
    const take = (id: string) => inbox.take('erp-us', { id, via: 'push', raw: Buffer.from('{}') });
    const results = await Promise.allSettled([take('near_0'), take('near_1'), take('nul_\u0000'), take('near_2'), take('near_1')]);
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value.duplicate : 'failed'))).toEqual([
      false,
      false,
      'failed',
      false,
      true,
    ]);
  });

  it('a changed secret is known at once', async () => {
    const { settings } = await bench.api.call('getConnection', { params: { name: 'stripe' } });
    const put = (webhookSecret: string) =>
      bench.api.call('putConnection', {
        params: { name: 'stripe' },
        body: { connector: 'stripe', settings: { ...settings, webhookSecret } },
      });
    const body = () => JSON.stringify(event(invoice({ id: 'in_secret' })));
    expect((await postHook(bench, body())).status).toBe(200);
    await put('whsec_another_one');
    const text = body();
    expect((await postHook(bench, text, { header: signature(text, { secret: 'whsec_another_one' }) })).status).toBe(200);
    await put(ownSecret);
    expect((await postHook(bench, body())).status).toBe(200);
  });

  it('refuses more than may wait at the door, and lets in again when there is room', async () => {
    const door = bench.engine.app.get(HookDoor);
    let open!: () => void;
    const held = door.pass(64 * 1024 * 1024, () => new Promise<void>((done) => (open = done)));
    await eventually(() => open !== undefined);
    const refused = await postHook(bench, JSON.stringify(event(invoice({ id: 'in_crowd' }))));
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await problemIn(refused)).toMatchObject({ status: 429, code: 'BACKLOG_FULL' });
    open();
    await held;
    expect((await postHook(bench, JSON.stringify(event(invoice({ id: 'in_crowd' }))))).status).toBe(200);
  });

  it('refuses while the backlog is full, counts it, loses nothing that it took, and takes again when it has drained', async () => {
    await eventually(async () => (await bench.sql("select 1 from message where state = 'ready' union all select 1 from inbox where state = 'new' limit 1")).length === 0); // prettier-ignore
    await bench.restart(() => Promise.resolve(), { backlogMax });
    await bench.sql("update flow set state = 'paused'");
    const taken: string[] = [];
    let full: Response | undefined;
    for (let n = 0; !full && n < 2000; n += 1) {
      const id = `in_full_${n}`;
      const answer = await postHook(bench, JSON.stringify(event(invoice({ id }))));
      if (answer.status === 200) taken.push(id);
      else full = answer;
    }
    expect(Number(full!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problemIn(full!)).toMatchObject({ status: 429, code: 'BACKLOG_FULL' });
    expect(taken.length).toBeGreaterThanOrEqual(backlogMax);
    const refusals = () =>
      bench.sql<{ count: number }>("select count from hook_refusal where connection = 'stripe' and code = 'BACKLOG_FULL'");
    await eventually(async () => (await refusals())[0]?.count);
    await bench.sql("update flow set state = 'on'");
    for (const id of taken) {
      await messageIn(bench, { key: id }, 'posted');
      expect(inBooks(bench, id)).toHaveLength(1);
    }
    await eventually(async () => (await postHook(bench, JSON.stringify(event(invoice({ id: 'in_room' }))))).status === 200);
  });
});

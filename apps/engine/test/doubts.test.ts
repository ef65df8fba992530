// How doubts end where a look-up does not decide: by the target's memory of keys, by a person, and never by a second document.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onBothQueues } from './both-queues.js';
import { inBooks, messageIn, newest, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(180_000);

/** Remembers keys as Stripe does: the same key is the same order. Hangs up on as many answers as it is told to. */
class KeyedTarget {
  readonly calls: string[] = [];
  readonly orders = new Map<string, number>();
  hangUps = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      request.resume();
      request.on('end', () => {
        const key = String(request.headers['idempotency-key']);
        this.calls.push(key);
        if (!this.orders.has(key)) this.orders.set(key, this.orders.size + 1);
        if (this.hangUps > 0) {
          this.hangUps -= 1;
          request.socket.destroy();
          return;
        }
        response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `order-${this.orders.get(key)}` }));
      });
    });
  }

  async listen(port = 0): Promise<number> {
    await new Promise<void>((done) => this.server.listen(port, '127.0.0.1', done));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

describe('a target that remembers keys and cannot be asked', () => {
  let bench: Bench;
  let target: KeyedTarget;
  let port: number;
  const secret = 'the-secret-of-the-orders';

  beforeAll(async () => {
    bench = await openBench();
    target = new KeyedTarget();
    port = await target.listen();
    const put = (name: string, settings: Record<string, unknown>) =>
      bench.api.call('putConnection', { params: { name }, body: { connector: 'http', settings } });
    await put('shop', { system: 'shop', signing: 'hmac', signingSecret: secret });
    await put('orders', { system: 'orders', baseUrl: `http://127.0.0.1:${port}`, requestPath: '/orders', receiptIdPointer: '/id' });
    await bench.api.call('putMapping', { params: { name: 'order' }, text: '{ "reference": id }', type: 'application/jsonata' });
    await bench.api.call('putFlow', {
      params: { name: 'orders' },
      text: 'flow: orders\ndescription: Orders of the shop\nfrom: { connection: shop, stream: records }\nkey: id\nmap: order\nto: { connection: orders, operation: keyed-request }\n',
      type: 'application/yaml',
    });
  });
  afterAll(async () => {
    await bench?.stop();
    await target?.close();
  });

  async function order(id: string): Promise<void> {
    const body = JSON.stringify({ id, timestamp: '2026-11-01T12:00:00Z' });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const answer = await fetch(`${bench.api.url}/v1/hooks/shop`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-signature': signature } }); // prettier-ignore
    expect(answer.status).toBe(200);
  }
  const quietEnds = (id: string) => bench.sql("update message set due_at = now() where id = $1 and state in ('in_doubt', 'ready')", [id]);
  const posting = async (id: string) =>
    (await bench.sql<{ state: string; attempt: number; doubtful: boolean }>('select state, attempt, doubtful from posting where message_id = $1', [id]))[0]; // prettier-ignore

  it('is sent the same call again under the same key', async () => {
    target.hangUps = 1;
    await order('o-1');
    const { id } = await messageIn(bench, { flow: 'orders', key: 'o-1' }, 'in_doubt');
    await quietEnds(id);
    await messageIn(bench, { flow: 'orders', key: 'o-1' }, 'posted');
    expect(target.calls).toHaveLength(2);
    expect(new Set(target.calls).size).toBe(1);
    expect(await posting(id)).toEqual({ state: 'posted', attempt: 1, doubtful: true });
  });

  it('keeps the doubt while the repeat does not get through', async () => {
    target.calls.length = 0;
    target.hangUps = 1;
    await order('o-2');
    const { id } = await messageIn(bench, { flow: 'orders', key: 'o-2' }, 'in_doubt');
    await target.close();
    await quietEnds(id);
    await eventually(async () => (await newest(bench, 'orders', 'o-2'))?.reason?.includes('cannot be reached'));
    expect(await posting(id)).toEqual({ state: 'in_doubt', attempt: 1, doubtful: true });
    const again = new KeyedTarget();
    for (const [key, number] of target.orders) again.orders.set(key, number);
    await again.listen(port);
    target = again;
    await quietEnds(id);
    await messageIn(bench, { flow: 'orders', key: 'o-2' }, 'posted');
    expect(target.orders.size).toBe(2);
    expect((await posting(id))!.attempt).toBe(1);
  });

  it('asks a person when the key may be forgotten', async () => {
    target.hangUps = 1;
    await order('o-3');
    const { id } = await messageIn(bench, { flow: 'orders', key: 'o-3' }, 'in_doubt');
    await bench.sql("update posting set sent_at = now() - interval '23 hours' where message_id = $1", [id]);
    const calls = target.calls.length;
    for (let look = 0; look < 3; look += 1) {
      await eventually(async () => (await bench.sql<{ unclear: number }>('select unclear from message where id = $1', [id]))[0]!.unclear >= look); // prettier-ignore
      await quietEnds(id);
      await bench.sweep();
    }
    const stopped = await messageIn(bench, { flow: 'orders', key: 'o-3' }, 'exception');
    expect(await bench.api.call('getException', { params: { id: stopped.exceptionId! } })).toMatchObject({ code: 'TARGET_UNCLEAR' });
    expect(target.calls).toHaveLength(calls);
  });
});

onBothQueues(
  'a doubt that a person ended',
  (on) => {
    it('turns a later void into an exception, since the document may be in the target', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_ended' })));
      const { id } = await messageIn(bench, { key: 'in_ended' }, 'posted');
      // What three look-ups without a decision leave behind.
      await bench.sql('alter table message disable trigger message_moves');
      await bench.sql("update message set state = 'exception', settled_at = null where id = $1", [id]);
      await bench.sql('alter table message enable trigger message_moves');
      await bench.sql("update posting set state = 'in_doubt', document_id = null, document_number = null, receipt = null where message_id = $1", [id]); // prettier-ignore
      await bench.sql(
        "insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) values ('exc_00000000000000000000000001', $1, 'erp-us-invoices', 'api-failure', 'TARGET_UNCLEAR', 'unclear', 'unclear', 'look', 'send', '{\"kind\":\"target\",\"connection\":\"erp-us\"}')",
        [id],
      );
      await bench.api.call('resolveException', { params: { id: 'exc_00000000000000000000000001' }, body: { reason: 'seen in the ERP' } });
      await deliver(bench, event(invoice({ id: 'in_ended', status: 'void' })));
      const stopped = await messageIn(bench, { key: 'in_ended' }, 'exception');
      expect(await bench.api.call('getException', { params: { id: stopped.exceptionId! } })).toMatchObject({
        category: 'posting-rejection',
        code: 'ORIGINAL_UNCLEAR',
        fix: { kind: 'target', connection: 'erp-us' },
      });
      expect(inBooks(bench, 'in_ended').map((d) => d.kind)).toEqual(['invoice']);
    });
  },
  { prepare: (bench) => setUpCompany(bench) },
);

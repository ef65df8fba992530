// A target that takes a few calls at a time keeps the engine waiting, not busy: messages stay where they are until there is a call for them.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(180_000);
const secret = 'the-secret-of-the-shop';
const orders = 80;
const atOnce = 2;

describe('a target that is slow and narrow', () => {
  let bench: Bench;
  let server: Server;
  let underway = 0;
  let most = 0;
  let served = 0;

  beforeAll(async () => {
    bench = await openBench();
    server = createServer((request, response) => {
      underway += 1;
      most = Math.max(most, underway);
      request.resume();
      request.on('end', () => {
        void sleep(250).then(() => {
          underway -= 1;
          served += 1;
          response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `order-${served}` }));
        });
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const put = (name: string, settings: Record<string, unknown>, limits?: { concurrency: number }) =>
      bench.api.call('putConnection', { params: { name }, body: { connector: 'http', settings, ...(limits ? { limits } : {}) } });
    await put('shop', { system: 'shop', signing: 'hmac', signingSecret: secret });
    const paths = { requestPath: '/orders', receiptIdPointer: '/id' };
    await put('orders', { system: 'orders', baseUrl: `http://127.0.0.1:${port}`, ...paths }, { concurrency: atOnce });
    await bench.api.call('putMapping', { params: { name: 'order' }, text: '{ "reference": id }', type: 'application/jsonata' });
    await bench.api.call('putFlow', {
      params: { name: 'orders' },
      text: 'flow: orders\ndescription: Orders of the shop\nfrom: { connection: shop, stream: records }\nkey: id\nmap: order\nto: { connection: orders, operation: keyed-request }\n',
      type: 'application/yaml',
    });
  });
  afterAll(async () => {
    await bench?.stop();
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
  });

  async function order(id: string): Promise<void> {
    const body = JSON.stringify({ id, timestamp: '2026-11-01T12:00:00Z' });
    const signature = createHmac('sha256', secret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-signature': signature };
    expect((await fetch(`${bench.api.url}/v1/hooks/shop`, { method: 'POST', body, headers })).status).toBe(200);
  }

  it('gets all of them, never more at a time than it takes, and each is claimed about once', async () => {
    for (let n = 0; n < orders; n += 1) await order(`o-${n}`);
    const count = async (text: string) => (await bench.sql<{ n: number }>(text))[0]!.n;
    const posted = () => count("select count(*)::int as n from message where flow = 'orders' and state = 'posted'");
    await eventually(async () => (await posted()) === orders, { what: 'all orders', withinMs: 120_000 });
    const claims = await count("select sum(epoch)::int as n from message where flow = 'orders'");
    const visits = await count("select sum(epoch)::int as n from lane where flow = 'orders'");
    expect(most).toBe(atOnce);
    expect(claims).toBeLessThanOrEqual(3 * orders);
    expect(visits).toBeLessThanOrEqual(4 * orders);
  });
});

// Readiness tells what a person should look at, and clocks that are far apart are among it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EgressClient } from '../src/platform/egress/index.js';
import { eventually } from './eventually.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(60_000);
let bench: Bench;
let server: Server;
let aheadMs = 0;

describe('health', () => {
  beforeAll(async () => {
    bench = await openBench();
    server = createServer((_, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString()).end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    await bench?.stop();
    await new Promise((done) => server.close(done));
  });

  const ready = async () => (await (await fetch(`${bench.api.url}/health/ready`)).json()) as { status: string; warnings: string[] };
  const hear = async (ms: number) => {
    aheadMs = ms;
    const { port } = server.address() as AddressInfo;
    await bench.engine.app
      .get(EgressClient)
      .bind({})
      .request({ method: 'GET', url: `http://127.0.0.1:${port}/` });
    return `127.0.0.1:${port}`;
  };

  it('says whose clock is more than a minute away, and by how much, until it is mended', async () => {
    expect(await ready()).toMatchObject({ status: 'ready', warnings: [] });
    await hear(30_000);
    expect(await ready()).toMatchObject({ status: 'ready', warnings: [] });
    const host = await hear(-600_000);
    const { status, warnings } = await ready();
    expect({ status, warnings }).toEqual({
      status: 'degraded',
      warnings: [expect.stringMatching(new RegExp(`${host} is (59|60)\\d seconds behind`))],
    });
    const metrics = await (await fetch(`${bench.api.url}/metrics`)).text();
    expect(metrics).toMatch(new RegExp(`waybill_clock_skew_seconds\\{clock="${host}"\\} -(59|60)\\d`));
    expect(metrics).toMatch(/waybill_clock_skew_seconds\{clock="the database"\} 0/);
    await hear(0);
    expect(await ready()).toMatchObject({ status: 'ready', warnings: [] });
  });

  it('tells operators what works, what waits and what is kept, and lets them end the rest of a connection', async () => {
    const { api } = bench;
    await api.call('putConnection', {
      params: { name: 'erp' },
      body: { connector: 'http', settings: { system: 'erp', baseUrl: 'http://127.0.0.1:9' }, limits: { perDay: 50 } },
    });
    await bench.sql("insert into connection_gate (connection, open_until, day_used) values ('erp', now() + interval '1 hour', 7)");
    await bench.sql(
      "insert into inbox (id, connection, delivery_id, via, raw, state, problem) values ('inb_x', 'erp', 'd1', 'webhook', '', 'failed', 'no JSON')",
    );
    const now = await eventually(async () => {
      const found = await api.call('getOperations');
      return found.processes.leader ? found : undefined; // the scheduler asks for the lead with its first beat
    });
    expect(now).toMatchObject({
      queue: { backend: 'postgres', state: 'ok' },
      deliveries: { unread: { count: 1 }, waiting: { count: 0, oldestAt: null } },
      usage: { events: '0' },
      processes: { leader: { holder: expect.any(String) } },
    });
    expect(now.connections).toEqual([
      expect.objectContaining({
        name: 'erp',
        usedToday: 7,
        perDay: 50,
        rests: { why: 'it failed several times in a row', forMs: expect.any(Number), circuit: true },
      }),
    ]);
    expect(now.messages.map(({ state }) => state)).toContain('in_doubt');
    expect(now.database.tables.map(({ name }) => name)).toContain('usage_key');
    expect(now.database.bytes).toBeGreaterThan(1_000_000);
    expect(now.schema.newest).toMatch(/\d{13}$/);
    const body = { reason: 'they say that it is back' };
    await api.call('tryConnectionNow', { params: { name: 'erp' }, body });
    expect((await api.call('getOperations')).connections[0]!.rests).toBeNull();
    expect((await api.problem('tryConnectionNow', { params: { name: 'erp' }, body })).code).toBe('CONNECTION_NOT_RESTING');
    const { value } = await api.call('createApiKey', { body: { name: 'viewer', roles: ['viewer'] } });
    expect((await api.as(value).problem('getOperations')).code).toBe('FORBIDDEN');
  });
});

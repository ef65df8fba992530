// Readiness tells what a person should look at, and clocks that are far apart are among it.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EgressClient } from '../src/platform/egress/index.js';
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
});

// The usage of a day is the same whenever it is told, and is reported once the sandbox's clock has passed it; what was not taken is sent again.
import { describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../sandbox.js';
import { jobs, reportUsage, usageOfDay } from './usage.js';

describe('usageOfDay', () => {
  it('is the same every time, an event for each job and hour, inside its day', () => {
    const day = usageOfDay('northwind', '2026-10-23');
    expect(usageOfDay('northwind', '2026-10-23')).toEqual(day);
    expect(new Set(day.map(({ id }) => id)).size).toBe(24 * jobs.length);
    expect(day.every(({ time, data }) => time.startsWith('2026-10-23T') && data.calls > 0)).toBe(true);
    expect(usageOfDay('northwind', '2026-10-24')[0]!.data).not.toEqual(day[0]!.data);
  });
});

async function bodyOf(request: IncomingMessage): Promise<{ time: string }[]> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as { time: string }[];
}

describe('reportUsage', () => {
  it('sends a day when it is over, in order, and again when it was not taken', async () => {
    const sandbox = await startSandbox({ startsAt: new Date('2026-10-23T12:00:00Z') });
    const ended = new AbortController();
    const got: [string, number][] = [];
    const server = createServer((request, response) => {
      void bodyOf(request).then((events) => {
        const status = got.length === 1 ? 503 : 202;
        got.push([events[0]!.time.slice(0, 10), status]);
        response.writeHead(status).end('{}');
      });
    });
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
    const pauses: number[] = [];
    await reportUsage({
      engine: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      apiKey: 'key',
      sandbox,
      from: new Date('2026-10-22T15:00:00Z'),
      signal: ended.signal,
      sleep: (ms) => {
        pauses.push(ms);
        // The clock passes a day while it waits for one; at last nobody wants to know more.
        if (ms === 2_000) sandbox.clock.moveTo(new Date(sandbox.clock.now().getTime() + 86_400_000));
        if (got.length >= 4) ended.abort();
        return Promise.resolve();
      },
    });
    server.close();
    await sandbox.close();
    expect(got).toEqual([
      ['2026-10-22', 202],
      ['2026-10-23', 503],
      ['2026-10-23', 202],
      ['2026-10-24', 202],
    ]);
    expect(pauses).toContain(5_000);
  });
});

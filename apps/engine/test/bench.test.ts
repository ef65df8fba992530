// The bench runs and says what it measured, in the form that others read; how fast is no question here.
import { describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

jest.setTimeout(240_000);
const waybill = fileURLToPath(new URL('../dist/cli/waybill.js', import.meta.url));
const run = promisify(execFile);

describe('waybill bench', () => {
  it('prints one line of JSON for each measurement', async () => {
    const args = [waybill, 'bench', 'messages', '--messages', '300', '--stored', '1000', '--only', 'messages-postgres,messages-at-stored', '--json']; // prettier-ignore
    const { stdout } = await run(process.execPath, args, { timeout: 200_000 });
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    expect(lines.map(({ bench }) => bench)).toEqual(['messages-postgres', 'messages-at-1k']);
    for (const line of lines)
      expect(line).toMatchObject({
        unit: 'messages/s',
        value: expect.any(Number),
        ratio: expect.any(Number),
        baseline: { 'bare-insert': expect.any(Number), 'bullmq-noop': expect.any(Number) },
      });
  });

  it('measures how long an audit entry waits for its seal, and leaves none without', async () => {
    const args = [waybill, 'bench', 'audit', '--only', 'audit-lag', '--rate', '100', '--seconds', '2', '--json'];
    const { stdout } = await run(process.execPath, args, { timeout: 200_000 });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        bench: 'audit-lag',
        value: expect.any(Number),
        unit: 'ms from entry to committed seal, p99',
        facts: expect.objectContaining({ entries: expect.any(Number), 'p50 ms': expect.any(Number), unsealed: 0 }),
      },
    ]);
  });

  it('measures the roll-up, and finds its numbers exact', async () => {
    const { stdout } = await run(process.execPath, [waybill, 'bench', 'rollup', '--events', '3000', '--customers', '10', '--json'], { timeout: 200_000 }); // prettier-ignore
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    expect(lines).toEqual([
      expect.objectContaining({ bench: 'rollup-alone', unit: 'events/s', value: expect.any(Number), ratio: expect.any(Number) }),
      expect.objectContaining({ bench: 'rollup-lag', unit: 's (p99)', value: expect.any(Number) }),
    ]);
  });

  it('lists: each filter with its milliseconds and its plan, on few rows', async () => {
    const { stdout } = await run(process.execPath, [waybill, 'bench', 'lists', '--messages', '3000', '--exceptions', '300', '--json'], { timeout: 200_000 });
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as { bench: string; unit: string; value: number; facts: Record<string, unknown> });
    const names = lines.map(({ bench }) => bench);
    expect(names).toEqual(expect.arrayContaining(['messages, all', 'messages, beginning with a customer', 'exceptions, to do, most urgent first', 'exceptions, groups']));
    expect(new Set(names).size).toBe(lines.length);
    for (const { unit, value, facts } of lines) {
      expect([unit, typeof value]).toEqual(['ms', 'number']);
      expect(facts['plan']).toMatch(/scan/);
    }
  }); // prettier-ignore

  it('usage: the door of the ledger beside a bare insert of the same rows, and with events stored', async () => {
    const args = [waybill, 'bench', 'usage', '--events', '2000', '--stored', '3000', '--only', 'usage-batch-1,usage-batch-100,usage-batch-100-at-stored', '--json']; // prettier-ignore
    const { stdout } = await run(process.execPath, args, { timeout: 200_000 });
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // prettier-ignore
    expect(lines.map(({ bench }) => bench)).toEqual(['usage-batch-1', 'usage-batch-100', 'usage-batch-100-at-3k']);
    for (const line of lines)
      expect(line).toMatchObject({
        unit: 'events/s',
        value: expect.any(Number),
        ratio: expect.any(Number),
        baseline: { [line['bench'] === 'usage-batch-1' ? 'bare-insert-1' : 'bare-insert-100']: expect.any(Number) },
      });
  });

  it('says how it is used when it is asked for something else', async () => {
    const failure = await run(process.execPath, [waybill, 'bench', 'coffee']).catch((error: unknown) => error as { code: number; stdout: string });
    expect(failure).toMatchObject({ code: 2, stdout: expect.stringContaining('waybill bench messages') });
  }); // prettier-ignore
});

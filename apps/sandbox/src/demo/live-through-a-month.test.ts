// The demo company's story: a burst, then a trickle; the same for the same seed; it goes on after a restart and has an end.
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { liveThroughAMonth } from './live-through-a-month.js';

const documents = new Set(['invoice.finalized', 'invoice.voided', 'invoice_payment.paid', 'credit_note.created', 'refund.created']);
const documentsOf = (sandbox: Sandbox): number => sandbox.billing.state.events.filter((event) => documents.has(event.type)).length;

/** Plays until the n-th pause of the trickle, or to the end. */
async function play(sandbox: Sandbox, now: Date, pauses = Infinity) {
  const ended = new AbortController();
  const atPause: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    if (ms > 1) atPause.push(documentsOf(sandbox));
    if (atPause.length >= pauses) ended.abort();
    return Promise.resolve();
  };
  const told = await liveThroughAMonth({ sandbox, now: () => now, sleep, signal: ended.signal });
  return { ...told, atPause };
}

describe('liveThroughAMonth', () => {
  it.each(['2026-11-23T12:00:00Z', '2026-03-01T00:00:00Z', '2027-01-31T23:59:00Z', '2028-02-29T06:00:00Z'])(
    'on %s: about sixty documents at once, then a few at a time, until the present',
    async (at) => {
      const sandbox = await startSandbox();
      const { done, atPause } = await play(sandbox, new Date(at));
      await sandbox.close();
      expect(done).toBe(true);
      expect(atPause[0]).toBeGreaterThanOrEqual(50);
      expect(atPause[0]).toBeLessThan(120);
      expect(atPause.length).toBeGreaterThan(60);
      const most = Math.max(...atPause.slice(1).map((count, n) => count - atPause[n]!));
      expect(most).toBeLessThanOrEqual(6);
      const last = sandbox.billing.state.events.at(-1)!.created * 1000;
      expect(last).toBeLessThanOrEqual(Date.parse(at));
    },
  );
  it('stopped and started again, it tells the same story as without a stop', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const now = new Date('2026-11-23T12:00:00Z');
    const whole = await startSandbox();
    await play(whole, now);
    const dataFile = join(folder, 'state.json');
    for (let part = 0; part < 3; part += 1) {
      const sandbox = await startSandbox({ dataFile });
      await play(sandbox, new Date(now.getTime() + part * 3_600_000), 20);
      await sandbox.close();
    }
    const last = await startSandbox({ dataFile });
    expect((await play(last, now)).done).toBe(true);
    const story = (sandbox: Sandbox) =>
      sandbox.billing.state.events.map((event) => [
        event.type,
        (event.data.object as { id?: string }).id,
        (event.data.object as { total?: number }).total,
      ]);
    expect(story(last)).toEqual(story(whole));
    expect((await play(last, now)).played).toBe((await play(whole, now)).played);
    await Promise.all([whole.close(), last.close()]);
    rmSync(folder, { recursive: true });
  });
});

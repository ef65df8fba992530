// Every way a call can fail has one ending; a write that may have arrived is in doubt and never simply tried again.
import { describe, expect, it } from '@jest/globals';
import { inDoubt, misconfigured, rejected, retryable, throttled, TransportFailure, unauthorized } from '@waybill/sdk';
import type { Journey } from '../journey.js';
import { backoffMs } from './backoff.js';
import { failedCall } from './failures.js';

const journey = (failures = 0) =>
  ({
    row: { id: 'msg_1', failures },
    release: { definition: { retry: { attempts: 3, fromMs: 10_000, toMs: 60_000 } } },
  }) as unknown as Journey;
const ending = (error: unknown, once: boolean, failures = 0) =>
  failedCall(journey(failures), error, { connection: 'erp', once, quietMs: 62_000 }).ending;
const facts = { code: 'X', message: 'x' };
const transport = (sent: boolean, code: 'refused' | 'blocked' | 'timeout' | 'reset') =>
  new TransportFailure({ sent, code, message: 'gone' });

describe('failedCall', () => {
  it.each([
    ['never sent: waits without using up an attempt', transport(false, 'refused'), true, { to: 'ready', counts: false }],
    ['never sent, a read', transport(false, 'refused'), false, { to: 'ready', counts: false }],
    [
      'blocked by the operator: an exception of the connection',
      transport(false, 'blocked'),
      true,
      { to: 'exception', facts: { category: 'api-failure', code: 'egress-blocked', fix: { kind: 'connection', connection: 'erp' } } },
    ],
    ['sent without an answer', transport(true, 'timeout'), true, { to: 'in_doubt', quietMs: 62_000 }],
    ['sent without an answer, an upsert', transport(true, 'reset'), false, { to: 'ready', counts: true }],
    ['a connector that fails in itself', new TypeError('undefined is no function'), true, { to: 'in_doubt' }],
    ['a connector that fails in itself, a read', new TypeError('undefined is no function'), false, { to: 'ready', counts: true }],
    [
      'throttled: as long as it was told',
      throttled({ ...facts, retryAfterMs: 7_000 }),
      true,
      { to: 'ready', counts: false, afterMs: 7_000 },
    ],
    ['throttled without a word', throttled(facts), true, { to: 'ready', counts: false, afterMs: 1_000 }],
    ['retryable: counts', retryable(facts), true, { to: 'ready', counts: true }],
    ['in doubt', inDoubt(facts), true, { to: 'in_doubt', quietMs: 62_000 }],
    ['in doubt, an upsert: written again', inDoubt(facts), false, { to: 'ready', counts: true }],
    [
      'rejected: in its category, to be cured in the target',
      rejected({ ...facts, category: 'master-data', cause: 'customer C1', vendorWords: 'no C1', path: '/customer' }),
      true,
      {
        to: 'exception',
        facts: {
          category: 'master-data',
          code: 'X',
          causeKey: 'erp customer C1',
          vendorWords: 'no C1',
          path: '/customer',
          fix: { kind: 'target', connection: 'erp' },
        },
      },
    ],
    ['unauthorized', unauthorized(facts), true, { to: 'exception', facts: { category: 'api-failure', fix: { kind: 'connection' } } }],
    ['misconfigured', misconfigured(facts), false, { to: 'exception', facts: { category: 'api-failure', fix: { kind: 'connection' } } }],
  ])('%s', (_, error, once, expected) => expect(ending(error, once)).toMatchObject(expected));
  it('gives up when the attempts of the flow are used up', () => {
    expect(ending(retryable(facts), true, 1)).toMatchObject({ to: 'ready' });
    expect(ending(retryable(facts), true, 2)).toMatchObject({
      to: 'exception',
      facts: { category: 'api-failure', remedy: expect.stringContaining('3 times') },
    });
  });
});

describe('backoffMs', () => {
  const after = (failures: number, id = 'msg_1') => backoffMs({ fromMs: 10_000, toMs: 3_600_000, failures, id });
  it.each([[1, 10_000], [2, 20_000], [3, 40_000], [20, 3_600_000], [1_000, 3_600_000]])('after %i failures is at most %i ms and at least four fifths of it', (failures, whole) => {
    expect(after(failures)).toBeLessThanOrEqual(whole);
    expect(after(failures)).toBeGreaterThanOrEqual(whole * 0.8);
  }); // prettier-ignore
  it('is the same for the same message, and spreads a crowd', () => {
    expect(after(3)).toBe(after(3));
    expect(new Set(Array.from({ length: 50 }, (_, n) => after(3, `msg_${n}`))).size).toBeGreaterThan(40);
  });
});

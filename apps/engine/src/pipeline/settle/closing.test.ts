// An exception that ends by itself says what ended it.
import { describe, expect, it } from '@jest/globals';
import type { Ending } from '../journey.js';
import { closingOf } from './closing.js';

const row = { id: 'msg_1', replayed: true, runId: 'run_1', attempts: 3 };
const posted: Ending = {
  to: 'posted',
  hub: false,
  postingId: 'pst_1',
  key: 'k',
  receipt: { documentId: 'd1', documentNumber: 'INV-1' } as never,
};

describe('what closes an exception', () => {
  it('is the attempt of the replay that posted', () =>
    expect(closingOf(row, posted)).toEqual({
      message: 'msg_1',
      run: 'run_1',
      attempt: 3,
      words: 'posted as INV-1 by attempt 3 of the replay run_1',
    }));

  it('is the replay alone where nothing is called', () =>
    expect(closingOf(row, { to: 'posted', hub: true })).toMatchObject({
      run: 'run_1',
      attempt: null,
      words: 'taken into the hub by the replay run_1',
    }));

  it('is the replay that found nothing to post, with its reason', () =>
    expect(closingOf(row, { to: 'duplicate', reason: 'posted before as INV-1' })).toMatchObject({
      attempt: null,
      words: 'the replay run_1 posted nothing: posted before as INV-1',
    }));

  it.each<Ending>([
    { to: 'waiting', reason: 'waits', dependsOn: 'k' },
    { to: 'held', reason: 'large', approval: { role: 'r', rule: 'r', hash: 'h', content: 'c' } },
    { to: 'ready', reason: 'throttled', afterMs: 1, counts: false },
  ])('is not an end that is none: $to', (ending) => expect(closingOf(row, ending)).toBeUndefined());

  it('is not a message that was never sent again', () => expect(closingOf({ ...row, replayed: false }, posted)).toBeUndefined());
});

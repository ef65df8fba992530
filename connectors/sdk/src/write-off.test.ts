// A write-off names its amount, or it is not posted: no connector may take what happens to be open instead.
import { describe, expect, it } from '@jest/globals';
import { isConnectorFailure, type FailureFacts } from './failure.js';
import { mustBeOpen, writtenOffOf } from './write-off.js';

const of = (writtenOff?: string) => ({
  effect: 'write-off' as const,
  key: 'wb-1',
  attempt: 1,
  document: writtenOff === undefined ? {} : { writtenOff },
});
const refused = (act: () => unknown): FailureFacts => {
  try {
    act();
  } catch (error) {
    if (isConnectorFailure(error)) return error.facts;
  }
  throw new Error('it was not refused');
}; // prettier-ignore

describe('a write-off', () => {
  it('takes what the document says, digit for digit', () => expect(writtenOffOf(of('73.49'))).toBe('73.49'));
  it.each([
    [undefined, 'no-write-off-amount'],
    ['all', 'no-write-off-amount'],
    ['0.00', 'write-off-of-nothing'],
    ['-1', 'write-off-of-nothing'],
  ])('of %p is %s', (amount, code) =>
    expect(refused(() => writtenOffOf(of(amount)))).toMatchObject({ code, recovery: 'rejected', category: 'transformation', path: '/writtenOff' }),
  ); // prettier-ignore
  it('of more than is open is refused with both figures', () => {
    const invoice = { currency: 'EUR', number: 'A-1', target: 'the ERP' };
    expect(() => mustBeOpen({ ...invoice, amount: '10.00', open: '10' })).not.toThrow();
    expect(refused(() => mustBeOpen({ ...invoice, amount: '10.01', open: '10.00' }))).toMatchObject({
      code: 'write-off-too-large',
      message: expect.stringContaining('10.01 EUR does not fit invoice A-1, of which 10.00 EUR is open'),
    });
  });
});

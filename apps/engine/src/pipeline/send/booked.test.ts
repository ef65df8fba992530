// What a target says that it booked, beside what the document says: a minor unit of difference stops for a person, and the document is known to be there.
import { describe, expect, it } from '@jest/globals';
import type { Journey } from '../journey.js';
import { bookedEnding } from './booked.js';
import type { Target } from './meeting.js';

const journey = (amount: string | null, effect = 'create') =>
  ({ row: { effect }, facts: { amount, currency: amount === null ? null : 'EUR' }, output: { writtenOff: '4.00' } }) as unknown as Journey;
const target = (kind = 'financial-posting') => ({ connection: 'erp-de', operation: { kind } }) as unknown as Target;
const booking = (total?: string, currency = 'EUR') => ({
  postingId: 'pst_1',
  key: 'wb-1',
  receipt: { documentId: '7', documentNumber: 'INV-7', ...(total === undefined ? {} : { totals: { currency, total } }) },
});

describe('what is in the books', () => {
  it.each([
    ['the same amount', journey('10.00'), target(), booking('10.0')],
    ['the same amount with the sign of a credit', journey('10.00'), target(), booking('-10.00')],
    ['no total told', journey('10.00'), target(), booking()],
    ['a total in another currency', journey('10.00'), target(), booking('11.00', 'USD')],
    ['a document without an amount', journey(null), target(), booking('11.00')],
    ['a void, whose total is its own', journey('10.00', 'void'), target(), booking('0.00')],
    ['a write-off of what it names', journey('10.00', 'write-off'), target(), booking('4.00')],
    ['what is no posting', journey('10.00'), target('operational'), booking('11.00')],
  ])('%s is posted', (_, mine, where, booked) => expect(bookedEnding(mine, where, booked, 'found')).toEqual({ to: 'posted', hub: false, reason: 'found', ...booked }));
  it.each(['create', 'refund'])('%s with a minor unit more stops with both figures, and keeps what is there', (effect) =>
    expect(bookedEnding(journey('10.00', effect), target(), booking('10.01'))).toMatchObject({
      to: 'exception',
      booked: booking('10.01'),
      facts: { code: 'BOOKED_DIFFERENTLY', category: 'posting-rejection', cause: 'erp-de says 10.01 EUR for INV-7, the document says 10.00.' },
    }),
  );
  it('a write-off of the whole document that names a part of it stops', () =>
    expect(bookedEnding(journey('10.00', 'write-off'), target(), booking('10.00'))).toMatchObject({
      to: 'exception',
      facts: { code: 'BOOKED_DIFFERENTLY', cause: 'erp-de says 10.00 EUR for INV-7, the document says 4.00.' },
    }),
  );
}); // prettier-ignore

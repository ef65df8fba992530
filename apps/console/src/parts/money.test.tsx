/** Amounts are shown, and compared, exactly as they were sent, however long they are. */
import { describe, expect, it } from '@jest/globals';
import { compareAmounts, formatAmount as format } from './money.js';

const en = { locale: 'en-US' };
/** A no-break space keeps code and figures together on the screen. */
const formatAmount = (...args: Parameters<typeof format>) => format(...args).replaceAll('\u00a0', ' ');

describe('formatAmount', () => {
  it('keeps every digit of an amount that a double cannot hold', () => {
    expect(formatAmount('12345678901234567890.12', 'EUR', en)).toBe('EUR 12,345,678,901,234,567,890.12');
  });

  it('does not round an amount with more decimals than the currency has', () => {
    expect(formatAmount('1.005', 'USD', en)).toBe('USD 1.005');
    expect(formatAmount('0.1', 'JPY', en)).toBe('JPY 0.1');
  });

  it('shows at least the minor units of the currency', () => {
    expect(formatAmount('3', 'EUR', en)).toBe('EUR 3.00');
    expect(formatAmount('18400', 'JPY', en)).toBe('JPY 18,400');
    expect(formatAmount('7.5', 'BHD', en)).toBe('BHD 7.500');
  });

  it('keeps the sign', () => {
    expect(formatAmount('-0.50', 'EUR', en)).toBe('-EUR 0.50');
  });

  it('shows the stored text when the currency is none', () => {
    expect(formatAmount('12.3', 'points', en)).toBe('points 12.3');
  });
});

describe('compareAmounts', () => {
  it.each([
    ['12345678901234567890.11', '12345678901234567890.12', -1],
    ['1000', '1000.00', 0],
    ['0.1', '0.09', 1],
    ['-0.50', '0', -1],
    ['-0.5', '-0.4', -1],
    ['20000', '9999.99', 1],
  ])('%s beside %s is %i', (one, other, sign) => expect(compareAmounts(one, other)).toBe(sign));
});

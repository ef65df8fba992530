// A month with its edges, and the months before it over the turn of a year.
import { describe, expect, it } from '@jest/globals';
import { monthOf, monthsUntil } from './period.js';

describe('monthOf', () => {
  it('knows its first and last day, in a leap year too', () => {
    expect(monthOf('2028-02')).toEqual({ name: '2028-02', starts: '2028-02-01', ends: '2028-02-29', from: '2028-01-01', to: '2028-03-31' });
    expect(monthOf('2026-12')).toMatchObject({ ends: '2026-12-31', to: '2027-01-31' });
  });
});
describe('monthsUntil', () => {
  it('goes back over the turn of a year', () =>
    expect(monthsUntil('2027-01-31', 3)).toEqual(['2027-01', '2026-12', '2026-11']));
}); // prettier-ignore

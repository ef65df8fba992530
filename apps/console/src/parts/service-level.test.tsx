// A person reads in words what a flow promises and whether it kept it, and gets from each number of delayed documents to their list.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { serviceLevels } from '../../test/fixtures.js';
import { openConsole } from '../../test/open-console.js';
import { formatPercent, formatSpan, promiseWords } from './service-level.js';

describe('a promise in words', () => {
  it.each([
    [172_800_000, '2 d'],
    [5_400_000, '90 min'],
    [1_000, '1 s'],
    [1_500, '1.5 s'],
  ])('%d ms is %s', (ms, words) => expect(formatSpan(ms)).toBe(words));
  it('keeps the digits of its share', () => {
    expect([99.99, 100, 99.5].map(formatPercent)).toEqual(['99.99 %', '100 %', '99.5 %']);
    expect(promiseWords({ withinMs: 900_000, share: 99.5 })).toBe('99.5 % within 15 min');
  });
});

describe('a flow that promises', () => {
  it('says on its page what it kept, and leads to the delayed documents of each age', async () => {
    openConsole('/flows/stripe-invoices');
    const level = await screen.findByRole('region', { name: 'Service level' });
    within(level).getByText('99.5 % within 15 min');
    within(level).getByText('Missed, 99 %');
    within(level).getByText('1,980 of 2,000 documents of the last 24 hours in time.');
    const links = within(level).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(['3, up to a day', '1, 1 to 3 days']);
    const address = new URL(links[1]!.getAttribute('href')!, 'http://localhost');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      flow: 'stripe-invoices',
      state: 'exception,in_doubt,held,waiting,blocked,ready,claimed,in_flight',
      to: serviceLevels[0]!.dueBefore,
      age: '1-3',
    });
  });

  it('stands on the overview with what it kept; what promises nothing has a dash', async () => {
    openConsole('/overview');
    const table = await screen.findByRole('table', { name: 'Flow health' });
    await within(table).findByText('Missed, 99 %');
    within(table).getByRole('columnheader', { name: 'Promise kept' });
    expect(within(table).getAllByText(/^(Kept|Missed|Nothing due)/)).toHaveLength(1);
  });
});

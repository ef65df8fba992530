// What an item names twice travels once, and is the same on the other side.
import { describe, expect, it } from '@jest/globals';
import { received, sent, within, type EvaluationItem } from './protocol.js';

const source = { id: 'in_1', lines: [1, 2] };
const output = { total: '3.00' };
const across = (item: EvaluationItem): EvaluationItem => received(JSON.parse(JSON.stringify(sent(item))) as ReturnType<typeof sent>);

describe('an item on its way to a child', () => {
  it.each<[string, EvaluationItem, number]>([
    ['on the record', { expression: 'a', asOf: '2026-11-01', input: source, source }, 1],
    ['on the output', { expression: 'a', asOf: '2026-11-01', input: output, source, more: { output } }, 1],
    ['on something else', { expression: 'a', asOf: '2026-11-01', input: { id: 'in_1', lines: [1, 2] }, source: output }, 1],
    ['on a plain value', { expression: 'a', asOf: '2026-11-01', input: 7, source }, 0],
    ['on nothing', { expression: 'a', asOf: '2026-11-01', input: null, source }, 0],
  ])('%s', (_, item, times) => {
    expect(across(item)).toEqual(item);
    expect(JSON.stringify(sent(item)).split(JSON.stringify(item.input)).length - 1).toBe(times === 0 ? 1 : times);
  });
});

describe('what is sent at once', () => {
  const heavy = (n: number): EvaluationItem => ({ expression: 'a', asOf: '2026-11-01', input: { n, text: 'x'.repeat(1_000) } });
  const items = [heavy(1), heavy(2), heavy(3)];
  it('is as many as weigh no more, the first ones', () => expect(within(items, 2_500)).toEqual(items.slice(0, 2)));
  it('is all where there is room', () => expect(within(items, 10_000)).toEqual(items));
  it('is one at least', () => expect(within(items, 10)).toEqual(items.slice(0, 1)));
});

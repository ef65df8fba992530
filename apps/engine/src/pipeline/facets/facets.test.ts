// Facets: the most frequent first and bounded, honest about what was not counted, kept for a short while and no longer; and which index finds the rows that are counted.
import { describe, expect, it } from '@jest/globals';
import { everything } from '../../platform/database/index.js';
import { conditionsOf, type MessageFilter } from '../message-filter.js';
import { BriefAnswers, countsOf, facetOf, valuesMax, type Counted } from './facets.js';

const asOf = '2026-05-01T12:00:00.000Z';
const counted = (values: Record<string, number>): Counted[] => Object.entries(values).map(([value, n]) => ({ value, n, looked: n }));

describe('counts', () => {
  it('come most frequent first; of two that are equal by name; what has none and what no filter asks for is left out', () =>
    expect(countsOf([...counted({ b: 2, c: 7, a: 2, none: 0 }), { value: null, n: 9, looked: 9 }], asOf)).toEqual({
      values: [
        { value: 'c', count: 7 },
        { value: 'a', count: 2 },
        { value: 'b', count: 2 },
      ],
      atLeast: false,
      asOf,
    }));

  it('are at least so many once there are more rows than are looked at, matching or not', () => {
    const rows: Counted[] = [
      { value: 'a', n: 1, looked: 6 },
      { value: 'b', n: 0, looked: 4 },
    ];
    expect([countsOf(rows, asOf, 10).atLeast, countsOf(rows, asOf, 9).atLeast]).toEqual([false, true]);
  });

  it(`are told of ${valuesMax} values, and that there are more; letters find the others`, () => {
    const many = countsOf(counted(Object.fromEntries(Array.from({ length: valuesMax + 1 }, (_, at) => [`flow-${at}`, 1_000 - at]))), asOf);
    const all = facetOf('flow', many);
    expect([all.items.length, all.more, all.items[0]]).toEqual([valuesMax, true, { value: 'flow-0', count: 1_000 }]);
    const one = facetOf('flow', many, ` FLOW-${valuesMax}`);
    expect([one.items, one.more]).toEqual([[{ value: `flow-${valuesMax}`, count: 1_000 - valuesMax }], false]);
  });
});

describe('answers', () => {
  const opened = () => {
    let made = 0;
    const answers = new BriefAnswers<number>({ keptMs: 1_000, answersMax: 3 });
    return { answers, make: () => Promise.resolve((made += 1)), made: () => made };
  };

  it('are kept for a while, and made anew after it', async () => {
    const { answers, make } = opened();
    expect([await answers.get('a', 0, make), await answers.get('a', 999, make), await answers.get('a', 1_000, make)]).toEqual([1, 1, 2]);
  });

  it('are made once for those who ask at the same time', async () => {
    const { answers, make, made } = opened();
    await Promise.all([answers.get('a', 0, make), answers.get('a', 0, make)]);
    expect(made()).toBe(1);
  });

  it('are so many at most: the oldest goes first', async () => {
    const { answers, make } = opened();
    for (const [at, asked] of ['a', 'b', 'c', 'd'].entries()) await answers.get(asked, at, make);
    expect(answers.size).toBe(3);
    expect([await answers.get('b', 5, make), await answers.get('a', 5, make)]).toEqual([2, 5]);
  });

  it('that failed are not kept', async () => {
    const { answers, make } = opened();
    await expect(answers.get('a', 0, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await answers.get('a', 1, make)).toBe(1);
  });
});

describe('the rows that are counted', () => {
  const foundBy = (filter: MessageFilter, scope = everything) => {
    const { found } = conditionsOf(filter, scope, filter.unposted ? ['erp-us-invoices'] : undefined);
    return [found.where.replace(/^\(\(.*? end\)(?: and )?/, '').replaceAll(/\$\d+/g, '$'), found.newestFirst];
  };

  it.each<[string, MessageFilter, string, boolean]>([
    ['nothing', {}, '', true],
    ['what has no index: the newest of all', { currency: 'EUR', postedSince: asOf }, '', true],
    ['a flow', { flow: 'erp-us-invoices', currency: 'EUR' }, 'm.flow = $', true],
    ['a legal entity', { legalEntity: 'US' }, 'm.legal_entity = $', true],
    [
      'a state that few are in, whatever else',
      { flow: 'erp-us-invoices', state: 'held,exception' },
      "m.state in ('held', 'exception')",
      false,
    ],
    ['most of what is there: not by its state', { state: 'posted,held', flow: 'erp-us-invoices' }, 'm.flow = $', true],
    ['one run before everything else', { run: 'run_1', flow: 'erp-us-invoices', q: 'INV' }, 'm.run_id = $', false],
    [
      'times, which stand in every index',
      { from: asOf, to: asOf, flow: 'a' },
      'm.flow = $ and m.received_at >= $ and m.received_at < $',
      true,
    ],
    ['an age, which is a time', { age: '>24h', flow: 'a' }, "m.flow = $ and (m.received_at < now() - interval '86400 seconds')", true],
    ['a release: by its flow', { release: 'a@3' }, 'm.flow = $', true],
    ['a flow, not by what is not wanted or how much it is', { flow: 'a', state: '-posted', amount: '>1000' }, 'm.flow = $', true],
    ['what is not wanted alone: the newest of all', { flow: '-a', state: '-held', legalEntity: '-US', release: '-a@1' }, '', true],
    ['an amount alone: the newest of all', { amount: '1000..5000', currency: '-EUR,-none' }, '', true],
  ])('are found by one index: %s', (_, filter, where, newestFirst) => expect(foundBy(filter)).toEqual([where, newestFirst]));

  it('are asked for what is not wanted and for how much by values, never by text; what has no value is none of those', () => {
    const asked = { flow: '-a,-b', legalEntity: '-US', currency: '-EUR,-none', amount: '5..10', release: '-a@3' };
    const { where, values } = conditionsOf(asked, everything, undefined);
    for (const part of [
      '(m.flow = any($3::text[])) is not true',
      "m.release_id not in (select r.id from release r where r.flow || '@' || r.version = any($4::text[]))",
      '(m.legal_entity = any($5::text[])) is not true',
      '(m.currency = any($6::text[])) is not true',
      'm.currency is not null',
      'm.amount >= $7::numeric',
      'm.amount_whole >= least(greatest(floor($7::numeric), -9000000000000000000), 9000000000000000000)::bigint',
      'm.amount <= $8::numeric',
    ])
      expect(where.split(' and ')).toContain(part);
    expect(values.slice(2)).toEqual([['a', 'b'], ['a@3'], ['US'], ['EUR'], '5', '10']);
  });

  it('are of the states that are left, and none where all are left out', () => {
    const statesOf = (state: string) => conditionsOf({ state }, everything, undefined).where.split(' and ').slice(2).join(' and ');
    const ended = "m.state in ('skipped', 'superseded')";
    // Each index has a condition of its own.
    expect(statesOf('-posted,-duplicate,-resolved,-blocked')).toMatch(
      `(m.state in ('in_doubt', 'waiting', 'held', 'exception') or ${ended} or m.state in ('ready') or m.state in ('claimed', 'in_flight'))`,
    );
    expect(statesOf('held,skipped,superseded')).toMatch(`(m.state in ('held') or ${ended})`);
    expect(statesOf('posted,held,-held')).toMatch("m.state in ('posted')");
    expect(statesOf('held,-held')).toMatch('false');
  });

  it('are those of one legal entity for who sees one alone', () =>
    expect(foundBy({ currency: 'EUR' }, { entities: ['US'], unassigned: false })).toEqual(['m.legal_entity = ($::text[])[1]', true]));
});

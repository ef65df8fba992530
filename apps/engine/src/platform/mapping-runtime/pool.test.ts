// Time that a mapping child did not get is not held against the record; time that it used is.
import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { MappingPool } from './pool.js';
import type { EvaluationItem } from './protocol.js';

const item = (expression: string): EvaluationItem => ({ expression, input: { a: 20, b: 22 }, asOf: '2026-01-01T00:00:00Z' });

describe('a mapping child', () => {
  const pools: MappingPool[] = [];
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));
  const open = (itemTimeoutMs: number) => {
    const pids: number[] = [];
    const pool = new MappingPool({ children: 1, itemTimeoutMs, onEvent: (event, detail) => void (event === 'child-started' && pids.push(Number(detail))) });
    pools.push(pool);
    return { pool, pids };
  }; // prettier-ignore

  it('that stood still for longer than an item may take gives its answer afterwards', async () => {
    const { pool, pids } = open(300);
    expect(await pool.evaluate([item('$sum([a, b])')])).toEqual([{ text: '42' }]);
    process.kill(pids[0]!, 'SIGSTOP');
    const answer = pool.evaluate([item('$sum([a, b, 1])')]);
    await sleep(1_000);
    process.kill(pids[0]!, 'SIGCONT');
    expect(await answer).toEqual([{ text: '43' }]);
    expect(pids).toHaveLength(1);
  });

  it('knows a table that is tried for one batch alone, and the live one as before', async () => {
    const { pool } = open(1_000);
    const rates = (version: number, rate: string) => ({
      name: 'rates',
      version,
      key: ['country'],
      rows: [{ key: { country: 'US' }, values: { rate }, validFrom: null, validTo: null }],
    });
    const ask = (version: number, rate: string) =>
      pool.evaluate([item('$table("rates", { "country": "US" }).rate & ""')], [rates(version, rate)]);
    expect(await ask(7, '5')).toEqual([{ text: '"5"' }]);
    expect(await ask(-1, '6')).toEqual([{ text: '"6"' }]);
    expect(await ask(-1, '8')).toEqual([{ text: '"8"' }]);
    expect(await ask(7, 'not asked for again')).toEqual([{ text: '"5"' }]);
  });

  it('that never goes on is given up', async () => {
    const { pool, pids } = open(100);
    await pool.evaluate([item('$sum([a, b])')]);
    process.kill(pids[0]!, 'SIGSTOP');
    expect(await pool.evaluate([item('$sum([a, b, 1])')])).toMatchObject([{ failure: { code: 'MAPPING_TIMEOUT' } }]);
  });

  it('that computes for too long is stopped, and its neighbour goes on', async () => {
    const { pool } = open(1_000);
    const [first, second] = await pool.evaluate([
      item("$match('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', /^(a+)+$/)"),
      item('$sum([a, b])'),
    ]);
    expect(first).toMatchObject({ failure: { code: 'MAPPING_TIMEOUT' } });
    expect(second).toEqual({ text: '42' });
  });

  it('does not wait for an expression that is late on everything, and its neighbours go on', async () => {
    const { pool, pids } = open(1_000);
    const loop = item('($f := function($x) { $f($x + 1) }; $f(a))');
    const answers = await pool.evaluate([...Array<EvaluationItem>(100).fill(loop), item('$sum([a, b])'), loop]);
    const codes = answers.map((answer) => ('failure' in answer ? answer.failure.code : 'text'));
    // Its own clock tells that it is late, or ours where the machine is busy.
    const late = expect.stringMatching(/^(D1012|MAPPING_TIMEOUT)$/);
    expect(codes).toEqual([late, late, late, ...Array<string>(97).fill('MAPPING_STOPPED'), 'text', 'MAPPING_STOPPED']);
    expect(pids).toHaveLength(4);
    expect(await pool.evaluate([loop])).toMatchObject([{ failure: { code: 'MAPPING_STOPPED' } }]);
  });

  it('tries on when only some records are late', async () => {
    const { pool } = open(1_000);
    const onSome = (a: number) => ({ ...item('a = 1 ? ($f := function($x) { $f($x + 1) }; $f(a)) : $sum([a, b])'), input: { a, b: 22 } });
    const answers = await pool.evaluate([1, 1, 20, 1, 1, 20].map(onSome));
    expect(answers.map((answer) => ('text' in answer ? answer.text : 'late'))).toEqual(['late', 'late', '42', 'late', 'late', '42']);
  });

  it('is sent what it has room for, however large the records of a batch are together', async () => {
    const { pool, pids } = open(5_000);
    const records = Array.from({ length: 400 }, (_, n) => ({ n, ballast: 'x'.repeat(200_000) }));
    const items = records.map((input): EvaluationItem => ({
      expression: '$string(n)',
      input,
      source: input,
      asOf: '2026-01-01T00:00:00Z',
    }));
    expect(await pool.evaluate(items)).toEqual(records.map(({ n }) => ({ text: `"${n}"` })));
    expect(pids).toHaveLength(1);
  }, 120_000); // eighty megabytes are written and read
});

// A statement that comes often is prepared, again as it goes on coming, and again when its table has changed.
import { describe, expect, it } from '@jest/globals';
import { PreparedStatements } from './prepared-statements.js';

const used = (prepared: PreparedStatements, text: string, times: number): (string | undefined)[] =>
  Array.from({ length: times }, () => prepared.nameOf(text));

describe('prepared statements', () => {
  it('have a name from the twentieth use on', () => {
    const names = used(new PreparedStatements(), 'select 1', 21);
    expect(names.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => undefined));
    expect(names[19]).toMatch(/^select 1 #/);
    expect(names[20]).toBe(names[19]);
  });

  it('are named like they begin, and differ where they begin alike', () => {
    const long = `insert into inbox (id, connection, delivery_id) ${'select 1 union all '.repeat(20)}`;
    const prepared = new PreparedStatements();
    const names = [`${long} select 1`, `${long} select 2`].map((text) => used(prepared, text, 20).at(-1)!);
    expect(names[0]).toContain('insert into inbox');
    expect(names[0]).not.toBe(names[1]);
    expect(names.every((name) => Buffer.byteLength(name) <= 63)).toBe(true);
  });

  it('have one name a text, and a new one at each tenfold', () => {
    const prepared = new PreparedStatements();
    const names = new Set([...used(prepared, 'select 1', 2_000), ...used(prepared, 'select 2', 199)]);
    names.delete(undefined);
    expect(names.size).toBe(4); // 20 to 199, 200 to 1,999, 2,000; and one of the other
  });

  it('have new names after the schema has changed', () => {
    const prepared = new PreparedStatements();
    const before = used(prepared, 'select 1', 20).at(-1);
    prepared.forget();
    expect(prepared.nameOf('select 1')).not.toBe(before);
  });

  it('are at most four hundred texts; others run without', () => {
    const prepared = new PreparedStatements();
    for (let n = 0; n < 400; n += 1) prepared.nameOf(`select ${n}`);
    expect(used(prepared, 'select one more', 50).every((name) => name === undefined)).toBe(true);
    expect(used(prepared, 'select 7', 50).at(-1)).toBeDefined();
  });
});

// What changed between two generations of a vendor's records, and what of it mappings read: on small samples, and on what Stripe published in 2023 and 2026.
import { describe, expect, it } from '@jest/globals';
import { pathsRead } from '@waybill/mapping-language';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractsOf } from '../../../../../tools/contracts-for-tests.mjs';
import { runCompareSamples } from './command.js';
import { compareSamples, type Change } from './compare.js';

const packs = join(import.meta.dirname, '../../../../../mappings');
const read = (...paths: string[][]) => [{ name: 'm', paths }];
const told = (changes: readonly Change[]) => changes.map(({ kind, path, readBy }) => `${kind} ${path}${readBy.length > 0 ? '!' : ''}`);

describe('two samples', () => {
  it('that are alike, in another order and with other values, have no change', () =>
    expect(compareSamples({ a: 1, b: [{ c: 'x' }], d: null }, { b: [{ c: 'y' }, { c: 'z' }], d: { e: 1 }, a: 2 })).toEqual([]));
  it('show what is gone, what is new and what has another type, a whole with all its parts as one', () =>
    expect(told(compareSamples({ a: 1, w: { x: { y: 1 } }, l: [{ p: 1, q: 1 }] }, { a: '1', v: { u: 1 }, l: [{ p: 1, r: [1] }] }))).toEqual(
      ['gone w', 'gone l[].q', 'type a', 'new v', 'new l[].r'],
    ));
  it('show where a field went when one of its name and type appeared', () => {
    const [moved] = compareSamples({ end: 1, items: { data: [{ id: 'a' }] } }, { items: { data: [{ id: 'a', end: 2 }] } });
    expect(moved).toMatchObject({ kind: 'moved', path: 'end', movedTo: ['items.data[].end'] });
    expect(told(compareSamples({ end: 1, items: {} }, { items: { end: 'text' } }))).toEqual(['gone end', 'new items.end']);
  });
  it('say what a mapping reads: by the end of the path, and a whole when one of its parts is read', () => {
    const changes = (...paths: string[][]) => told(compareSamples({ p: { tax: 1 }, tax: 1, o: { i: 1 } }, { p: {} }, read(...paths)));
    expect(changes(['p', 'tax'])).toEqual(['gone p.tax!', 'gone tax', 'gone o']);
    expect(changes(['tax'])).toEqual(['gone p.tax!', 'gone tax!', 'gone o']);
    expect(changes(['tax', 'rate'])).toEqual(['gone p.tax!', 'gone tax!', 'gone o']);
    expect(changes(['o', 'i'])).toEqual(['gone p.tax', 'gone tax', 'gone o!']);
    expect(changes(['x', 'tax'])).toEqual(['gone p.tax', 'gone tax', 'gone o']);
  });
});

describe('waybill compare-samples', () => {
  const run = async (...args: string[]) => {
    let said = '';
    const code = await runCompareSamples(args, (text) => (said += text));
    return { code, said };
  };
  const within = async <T>(files: Record<string, string>, work: (folder: string) => Promise<T>): Promise<T> => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-samples-'));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('ends with 1 when something that a mapping reads is gone, with 0 when nothing is, with 2 when it cannot compare', () =>
    within({ 'a.json': '{"x":1,"y":1}', 'b.json': '{"y":1}', 'm.jsonata': 'x + y', 'n.jsonata': 'y', 'bad.json': '{' }, async (folder) => {
      const at = (name: string) => join(folder, name);
      const breaking = await run(at('a.json'), at('b.json'), '--mapping', at('m.jsonata'));
      expect(breaking).toEqual({ code: 1, said: expect.stringContaining('| `x` | gone | number |  | m |') });
      expect((await run(at('a.json'), at('b.json'), '--mapping', at('n.jsonata'))).code).toBe(0);
      expect(await run(at('a.json'), at('b.json'), '--mapping', at('n.jsonata'), '--read', '--json')).toEqual({ code: 0, said: '[{"record":"b.json","changes":[]}]\n' }); // prettier-ignore
      for (const wrong of [
        ['a.json', 'bad.json'],
        ['a.json', 'none.json'],
      ])
        expect((await run(...wrong.map(at))).code).toBe(2);
      expect(await run(at('a.json'), at('b.json'), '--record', 'invoice')).toEqual({
        code: 2,
        said: expect.stringContaining('has no record invoice'),
      });
      expect((await run(at('a.json'), at('b.json'), '--mapping', at('bad.json'))).code).toBe(2);
      expect((await run(at('a.json'))).code).toBe(2);
      expect((await run('--nonsense')).code).toBe(2);
      expect((await run('--help')).code).toBe(0);
    }));
});

describe('what Stripe published in 2023 and in 2026', () => {
  const { missing, json } = contractsOf('stripe');
  if (missing) return it.skip(`has the changes that the mappings were written for (skipped: ${missing})`, () => undefined);
  const resources = (file: string) => (json(file) as { resources: Record<string, unknown> }).resources;
  const mapping = (name: string) => ({ name, paths: pathsRead(readFileSync(join(packs, 'stripe', `${name}.jsonata`), 'utf8')) });
  const changesOf = (record: string, ...mappings: string[]) =>
    compareSamples(resources('fixtures3-2023-09-12.json')[record], resources('fixtures3.json')[record], mappings.map(mapping));
  const of = (changes: readonly Change[], path: string) => changes.find((one) => one.path === path);

  it('an invoice no longer says paid, total_tax_amounts or payment_intent; what the mapping reads of that is told', () => {
    const changes = changesOf('invoice', 'stripe-invoice');
    for (const path of ['paid', 'payment_intent', 'charge']) expect(of(changes, path)).toMatchObject({ kind: 'gone', readBy: [] });
    expect(of(changes, 'total_tax_amounts')).toMatchObject({ kind: 'gone', readBy: ['stripe-invoice'] });
    for (const path of ['total_taxes', 'parent']) expect(of(changes, path)).toMatchObject({ kind: 'new', readBy: ['stripe-invoice'] });
    expect(of(changes, 'lines.data[].tax_amounts')).toMatchObject({ kind: 'gone', readBy: ['stripe-invoice'] });
    expect(of(changes, 'lines.data[].taxes')).toMatchObject({ kind: 'new', readBy: ['stripe-invoice'] });
    expect(of(changes, 'lines.data[].price')).toMatchObject({ readBy: ['stripe-invoice'] });
    expect(of(changes, 'number')).toBeUndefined();
    // Every type of anything that came is no place where the type of a line could have gone.
    expect(of(changes, 'lines.data[].type')!.movedTo).toEqual(['lines.data[].parent.type', 'lines.data[].pricing.type']);
  });
  it('the period of a subscription moved to its items', () => {
    const changes = changesOf('subscription', 'stripe-subscription');
    for (const name of ['current_period_start', 'current_period_end'])
      expect(of(changes, name)).toMatchObject({ kind: 'moved', movedTo: [`items.data[].${name}`], readBy: ['stripe-subscription'] });
  });
  it('a customer did not change', () => expect(changesOf('customer', 'stripe-customer').filter(({ kind }) => kind !== 'new')).toEqual([]));
});

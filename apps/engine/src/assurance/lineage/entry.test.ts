// A journal entry behind a posted document: whether it balances, and whether each part is that of the document, on its side of the books.
import { describe, expect, it } from '@jest/globals';
import type { BookedLine } from '@waybill/sdk';
import { Chain, plain } from './chain.js';
import { addEntry, linesMax, typeInBooks, wantedOf, type Wanted } from './entry.js';

const line = (part: BookedLine['part'], debit: string, credit: string, amount: string, id = part as string): BookedLine => ({
  id,
  account: '4010',
  name: null,
  part,
  debit,
  credit,
  amount,
});
/** The relation, the part, and what came of its sum. */
function told(type: string, lines: BookedLine[], wanted: Wanted | undefined) {
  const chain = new Chain();
  chain.add({ ...plain, id: 'msg', kind: 'delivery', of: 'flow', title: 'INV-1' });
  addEntry(
    chain,
    'msg',
    {
      ledger: 'erp',
      type,
      document: '7',
      readAt: '2026-10-04T08:00:00.000Z',
      documentCurrency: 'JPY',
      entry: { id: '17', number: 'JE-1', date: '2026-10-03', currency: 'EUR', lines },
    },
    wanted,
  );
  const { nodes, edges } = chain.shown();
  return { nodes, sums: edges.map(({ to, check }) => [to, check?.in ?? null, check?.out ?? null, check?.ok ?? null]) };
}
const invoice = [line('customer', '7.15', '0', '1166'), line('revenue', '0', '6.50', '-1060'), line('tax', '0', '0.65', '-106')];

describe('an entry', () => {
  it('of an invoice debits the customer with its total and credits net and tax, in the currency of the document', () => {
    const { nodes, sums } = told('invoice', invoice, { total: '1166', tax: '106' });
    expect(sums).toEqual([['msg/entry', '7.15', '7.15', true], ['msg/entry/customer', '1166', '1166', true], ['msg/entry/revenue', '1060', '1060', true], ['msg/entry/tax', '106', '106', true]]);
    expect(nodes.find(({ kind }) => kind === 'entry')).toMatchObject({ title: 'JE-1', of: 'erp', amount: { amount: '7.15', currency: 'EUR' } });
    expect(nodes.find(({ of }) => of === 'customer')).toMatchObject({ amount: { amount: '1166', currency: 'JPY' }, lines: [{ debit: '7.15', currency: 'EUR' }] });
  });
  it('on the wrong side is a difference, and so is one that does not balance', () => {
    expect(told('credit-memo', invoice, { total: '1166', tax: '106' }).sums.slice(1)).toEqual([['msg/entry/customer', '1166', '-1166', false], ['msg/entry/revenue', '1060', '-1060', false], ['msg/entry/tax', '106', '-106', false]]);
    expect(told('invoice', invoice.slice(0, 2), { total: '1166', tax: '0' }).sums[0]).toEqual(['msg/entry', '7.15', '6.50', false]);
  });
  it('that lacks a part says that it does', () =>
    expect(told('invoice', invoice.slice(0, 2), { total: '1166', tax: '106' }).sums.at(-1)).toEqual(['msg/entry/tax', '106', '0', false]));
  it('of money moves its amount from one side to the other, whichever way', () => {
    const payment = [line('money', '10', '0', '10'), line('customer', '0', '10', '-10')];
    const refund = [line('money', '0', '10', '-10'), line('customer', '10', '0', '10')];
    for (const [type, lines] of [['payment', payment], ['refund', refund]] as const)
      expect(told(type, lines, { total: '10', tax: null }).sums.slice(1)).toEqual([['msg/entry/customer', '10', '10', true], ['msg/entry/money', '10', '10', true]]);
  });
  it('with many lines shows some and counts the rest', () => {
    const many = Array.from({ length: linesMax + 2 }, (_, n) => line('revenue', '0', '1', '-1', `r${n}`));
    const { nodes } = told('invoice', many, undefined);
    expect(nodes.find(({ of }) => of === 'revenue')).toMatchObject({ linesLeft: 2, detail: `${linesMax + 2} lines` });
  });
}); // prettier-ignore

describe('what a document becomes in the books', () => {
  it.each([
    ['invoice', 'create', 'invoice'],
    ['invoice', 'void', 'credit-memo'],
    ['credit-memo', 'void', 'invoice'],
    ['payment', 'refund', 'refund'],
    ['invoice', 'write-off', undefined],
    ['customer', 'create', undefined],
  ])('%s, %s', (kind, effect, type) => expect(typeInBooks(kind, effect)).toBe(type));
  it('is known by its amounts, without a sign', () => {
    expect(wantedOf({ total: '-5.00', taxTotal: '-0.80' })).toEqual({ total: '5.00', tax: '0.80' });
    expect(wantedOf({ amount: '5.00' })).toEqual({ total: '5.00', tax: null });
    expect(wantedOf({ name: 'Globex' })).toBeUndefined();
  });
});

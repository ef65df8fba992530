// The books: numbers without gaps, debits equal to credits, nothing half done after a refusal, and the same after a restart.
import { describe, expect, it } from '@jest/globals';
import { money } from '@waybill/sdk';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultErpToken, startSandbox } from '../sandbox.js';
import { Books, emptyErp, type ErpState } from './books.js';
import { documentKinds } from './document.js';
import { draftJournal, draftPayment, draftSale } from './draft.js';
import type { Refusal } from './refusal.js';

const date = '2026-11-23';
const head = { entity: 'DE', customer: 'CUST-1', currency: 'EUR', documentDate: date, postingDate: date };
const sale = (externalId: string, amount = '100.00') => ({
  ...head, externalId, origin: externalId, lines: [{ description: 'A', quantity: '1', amount, account: '4010', taxCodes: ['VAT-19'] }],
  taxLines: [{ taxCode: 'VAT-19', base: amount, amount: money.round(money.multiply(amount, '0.19'), 2) }],
  subtotal: amount, tax: money.round(money.multiply(amount, '0.19'), 2), total: money.round(money.multiply(amount, '1.19'), 2),
}); // prettier-ignore

function books(): Books {
  const empty = new Books(emptyErp(), () => new Date(`${date}T12:00:00Z`));
  empty.master.customers.push({ entity: 'DE', number: 'CUST-1', name: 'Ada', active: true, createdAt: date, updatedAt: date });
  return empty;
}
const invoice = (of: Books, id: string, amount?: string) => of.post(draftSale(of.master, 'invoice', sale(id, amount)));
const pay = (of: Books, id: string, amount: string, origin: string, kind: 'payment' | 'refund' = 'payment') =>
  of.post(draftPayment(of.master, kind, { ...head, externalId: id, origin: id, amount, account: '1060', appliesTo: [{ origin, amount }] }));
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Refusal).code;
  }
  return 'nothing refused';
};

/** One of each kind, in an order that uses what came before. */
function aLifetime(): Books {
  const of = books();
  const [first, second, third] = [invoice(of, 'i1'), invoice(of, 'i2', '33.33'), invoice(of, 'i3', '10.00')];
  pay(of, 'p1', '100.00', 'i1');
  of.post(draftSale(of.master, 'credit-memo', { ...sale('c1', '15.97'), credits: 'i1', appliesTo: [{ origin: 'i1', amount: '19.00' }] }));
  of.post(draftSale(of.master, 'credit-memo', { ...sale('c2', '10.00'), credits: 'i1' }));
  pay(of, 'r1', '11.90', 'i1', 'refund');
  of.void(second, { externalId: 'v1', description: 'mistake' });
  of.writeOff(third, { externalId: 'w1', postingDate: date, amount: '11.90', account: '6200', description: null });
  of.post(draftJournal(of.master, { ...head, externalId: 'j1', lines: [{ account: '2400', debit: '5.00', credit: '0' }, { account: '4010', debit: '0', credit: '5.00' }] })); // prettier-ignore
  expect(first.open).toBe('0.00');
  return of;
}

describe('the books', () => {
  it('balance for every kind of document, a void included', () => {
    const { documents, ledger } = aLifetime().state;
    expect(new Set(documents.map((document) => document.kind))).toEqual(new Set(documentKinds));
    for (const { id, number } of documents) {
      const lines = ledger.filter((line) => line.document === id);
      expect(lines.length >= 2).toBe(true);
      expect([number, money.sum(lines.map((line) => line.debit))]).toEqual([number, money.sum(lines.map((line) => line.credit))]);
    }
  });
  it('owe nothing once everything is paid, credited, refunded, voided or written off', () =>
    expect(aLifetime().receivable('DE', 'CUST-1', '1200')).toEqual({ EUR: '0.00' }));
  it.each([['write-off first'], ['credit memo first']])(
    'a write-off and a credit memo of one invoice take their own amounts: %s',
    (first) => {
      const of = books();
      const billed = invoice(of, 'a');
      const acts = [
        () => of.writeOff(billed, { externalId: 'w', postingDate: date, amount: '45.51', account: '6200', description: null }),
        () =>
          of.post(
            draftSale(of.master, 'credit-memo', { ...sale('c', '61.76'), credits: 'a', appliesTo: [{ origin: 'a', amount: '73.49' }] }),
          ),
      ];
      for (const act of first === 'write-off first' ? acts : acts.reverse()) act();
      expect([billed.open, of.receivable('DE', 'CUST-1', '1200')]).toEqual(['0.00', { EUR: '0.00' }]);
    },
  );
  it('refuse to write off more than is open, or nothing', () => {
    const of = books();
    const billed = invoice(of, 'a');
    pay(of, 'p', '19.00', 'a');
    const writeOff = (amount: string) => () =>
      of.writeOff(billed, { externalId: amount, postingDate: date, amount, account: '6200', description: null });
    expect(['100.01', '0.00', '-1.00'].map((amount) => codeOf(writeOff(amount)))).toEqual([
      'OVER_APPLIED',
      'FIELD_INVALID',
      'FIELD_INVALID',
    ]);
    expect(billed.open).toBe('100.00');
  });
  it('number without gaps, refusals in between or not', () => {
    const of = books();
    invoice(of, 'a');
    expect(codeOf(() => draftSale(of.master, 'invoice', { ...sale('b'), total: '1.00' }))).toBe('TOTALS_MISMATCH');
    expect(codeOf(() => pay(of, 'p', '500.00', 'a'))).toBe('OVER_APPLIED');
    invoice(of, 'c');
    expect(of.state.documents.map((document) => document.number)).toEqual(['INV-DE-000001', 'INV-DE-000002']);
  });
  it('refuse a void while something is applied, or when the month of the document is closed', () => {
    const of = books();
    const [paid, old] = [invoice(of, 'a'), invoice(of, 'b')];
    pay(of, 'p', '1.00', 'a');
    expect(codeOf(() => of.void(paid, { externalId: 'v', description: null }))).toBe('HAS_APPLICATIONS');
    of.master.periods.find((period) => period.entity === 'DE' && period.month === '2026-11')!.status = 'closed';
    expect(codeOf(() => of.void(old, { externalId: 'v', postingDate: '2026-12-01', description: null }))).toBe('PERIOD_CLOSED');
  });
  it('a void of a payment opens its invoice again', () => {
    const of = books();
    const billed = invoice(of, 'a');
    of.void(pay(of, 'p', '19.00', 'a'), { externalId: 'v', description: null });
    expect(billed.open).toBe('119.00');
  });
  it('refuse more decimals than the currency has', () => {
    const of = books();
    expect(codeOf(() => draftSale(of.master, 'invoice', { ...sale('a'), total: '119.001' }))).toBe('TOO_MANY_DECIMALS');
    expect(codeOf(() => draftSale(of.master, 'invoice', { ...sale('a'), currency: 'JPY', total: '119.5' }))).toBe('TOO_MANY_DECIMALS');
  });
  it('are the same after they were saved and loaded', () => {
    const of = aLifetime();
    const again = new Books(JSON.parse(JSON.stringify(of.state)) as ErpState, () => new Date());
    expect(again.findByExternalId('DE', 'i1')?.number).toBe('INV-DE-000001');
    expect(codeOf(() => again.refuseRepeat('DE', 'i1', 'invoice', null))).toBe('DUPLICATE_EXTERNAL_ID');
    expect(invoice(again, 'i4').number).toBe('INV-DE-000004');
  });
});

describe('the sandbox', () => {
  it('goes on after a restart where it was, its clock included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const options = { dataFile: join(folder, 'deep', 'state.json'), startsAt: new Date('2026-01-15T00:00:00Z') };
    const call = async (url: string, path: string, body?: object) =>
      (await fetch(`${url}${path}`, { method: body ? 'PUT' : 'GET', headers: { authorization: `Bearer ${defaultErpToken}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })).json() as Promise<{ items: { createdAt: string }[] }>; // prettier-ignore
    const first = await startSandbox(options);
    await call(first.url, '/erp/v1/customers/CUST-7', { entity: 'US', name: 'Kept' });
    await first.close();
    const second = await startSandbox({ ...options, startsAt: new Date('2020-01-01T00:00:00Z') });
    const { items } = await call(second.url, '/erp/v1/customers?entity=US&number=CUST-7');
    expect(items[0]!.createdAt.slice(0, 10)).toBe('2026-01-15');
    expect(second.clock.now().toISOString().slice(0, 10)).toBe('2026-01-15');
    await second.close();
    rmSync(folder, { recursive: true });
  });
  it('listens on the loopback address only', async () => {
    const sandbox = await startSandbox();
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await sandbox.close();
  });
  it.each([
    [{ kind: 'explode' }],
    [{ kind: 'reject', share: 2 }],
    [{ kind: 'reject', colour: 'red' }],
    [{ kind: 'slow', afterMs: -1 }],
    [{ kind: 'nonsense', status: 99 }],
    [{ kind: 'reject', contains: 7 }],
  ])('refuses the fault rule %j', async (rule) => {
    const sandbox = await startSandbox();
    const answer = await fetch(`${sandbox.url}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules: [rule] }),
    });
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([422, 'FAULT_RULE_INVALID']);
    await sandbox.close();
  });
  it('answers nonsense on request, before anything is done or after it, to calls whose body says so', async () => {
    const sandbox = await startSandbox();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${defaultErpToken}` };
    const send = async (path: string, body: unknown) => {
      const answer = await fetch(`${sandbox.url}${path}`, { method: 'PUT', headers, body: JSON.stringify(body) });
      return [answer.status, await answer.text()];
    };
    const rules = [
      { kind: 'nonsense', status: 201, body: '{"id"', contains: '"cut"' },
      { kind: 'garbled', status: 200, body: '', contains: '"silent"' },
    ];
    await send('/faults', { rules });
    expect(await send('/erp/v1/customers/C-1', { entity: 'US', name: 'cut' })).toEqual([201, '{"id"']);
    expect(await send('/erp/v1/customers/C-2', { entity: 'US', name: 'silent' })).toEqual([200, '']);
    expect((await send('/erp/v1/customers/C-3', { entity: 'US', name: 'heard' }))[0]).toBe(201);
    const { items } = (await (await fetch(`${sandbox.url}/erp/v1/customers`, { headers })).json()) as { items: { number: string }[] };
    expect(items.map(({ number }) => number)).toEqual(['C-2', 'C-3']);
    await sandbox.close();
  });
  it('books a repeat once more where it is told to, and only there', async () => {
    const sandbox = await startSandbox();
    const put = (path: string, body: unknown, method = 'PUT') =>
      fetch(`${sandbox.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${defaultErpToken}` },
        body: JSON.stringify(body),
      }).then((answer) => answer.status);
    const twice = async (entity: string, id: string) => {
      const body = {
        ...sale(id), entity, reference: id, customer: 'CUST-1', taxLines: [], tax: '0', total: '100.00',
        lines: [{ description: 'A', quantity: '1', amount: '100.00', account: '4010' }],
      }; // prettier-ignore
      return [await put('/erp/v1/invoices', body, 'POST'), await put('/erp/v1/invoices', body, 'POST')];
    };
    for (const entity of ['US', 'DE']) await put('/erp/v1/customers/CUST-1', { entity, name: 'Ada' });
    expect(await put('/faults', { rules: [], books: { bookRepeatsIn: ['DE'] } })).toBe(200);
    expect([await twice('DE', 'i1'), await twice('US', 'i1')]).toEqual([
      [201, 201],
      [201, 409],
    ]);
    expect(await put('/faults', { rules: [] })).toBe(200);
    expect(await twice('DE', 'i2')).toEqual([201, 409]);
    expect(await put('/faults', { rules: [], books: { bookRepeatsIn: ['FR'] } })).toBe(422);
    expect(await put('/faults', { rules: [], books: { bookRepeatsIn: 'DE' } })).toBe(422);
    await sandbox.close();
  });
});

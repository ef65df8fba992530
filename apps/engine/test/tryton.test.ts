// The same engine into a real ERP: invoice, credit memo, payment and journal entry posted into Tryton, their totals read back to the cent.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { randomUUID } from 'node:crypto';
import { takeTurn, trytonForTests } from '../../../tools/tryton-for-tests.mjs';
import { messageIn } from './demo-company.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const found = await trytonForTests();
const endTurn = 'skipped' in found ? undefined : await takeTurn();
afterAll(() => endTurn?.());
const skipped = 'skipped' in found ? found.skipped : undefined;
const hookSecret = 'a shared value for the bench';
/** Later than what other suites number: Tryton numbers by date. */
const day = '2027-06-15';
const mark = randomUUID().slice(0, 8);
const ids = { invoice: `in_${mark}`, memo: `cn_${mark}`, payment: `pay_${mark}`, journal: `je_${mark}` };

const head = { legalEntity: 'DE', currency: 'EUR', documentDate: day, postingDate: day, zone: 'Europe/Berlin', functionalCurrency: 'EUR' };
const customer = { sourceId: 'cus_umbrella', number: 'CUST-1003', name: 'Umbrella GmbH', country: 'DE' };
const line = (id: string, amount: string) => ({ id, description: `Line ${id}`, quantity: '1', amount, revenueAccount: '4010' });
const tax = (base: string, amount: string) => [{ taxCode: 'VAT-19', rate: '19', base, amount, account: '2200' }];
const named = { sourceId: ids.invoice, number: `WB-${mark}` };

const documents: Record<string, { id: string; document: JsonObject }> = {
  invoice: {
    id: ids.invoice,
    document: {
      ...head,
      number: `WB-${mark}`,
      status: 'open',
      customer,
      dueDate: '2027-07-15',
      lines: [line('1', '90.01'), line('2', '10.10')],
      taxLines: tax('100.11', '19.02'),
      subtotal: '100.11',
      taxTotal: '19.02',
      total: '119.13',
    },
  },
  'credit-memo': {
    id: ids.memo,
    document: {
      ...head,
      number: `WB-${mark}-CN`,
      status: 'issued',
      invoice: named,
      customer,
      lines: [line('1', '10.10')],
      taxLines: tax('10.10', '1.92'),
      subtotal: '10.10',
      taxTotal: '1.92',
      total: '12.02',
      allocations: [{ kind: 'applied', amount: '12.02', invoice: ids.invoice }],
    },
  },
  payment: {
    id: ids.payment,
    document: { ...head, kind: 'payment', status: 'succeeded', customer, invoice: named, amount: '107.11', clearingAccount: '1060' },
  },
  'journal-entry': {
    id: ids.journal,
    document: {
      ...head,
      number: `JE-${mark}`,
      description: 'Recognition',
      lines: [
        { account: '2400', debit: '33.33', credit: '0' },
        { account: '4010', debit: '0', credit: '33.33' },
      ],
    },
  },
};

(skipped ? describe.skip : describe)(`into Tryton${skipped ? ` (skipped: ${skipped})` : ''}`, () => {
  let bench: Bench;
  const server = found as Exclude<typeof found, { skipped: string }>;

  const tryton = async (method: string, ...params: unknown[]): Promise<JsonObject[]> => {
    const response = await fetch(`${server.url}/${server.database}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`,
      },
      body: JSON.stringify({ id: 1, method, params }),
    });
    return ((await response.json()) as { result: JsonObject[] }).result;
  };

  beforeAll(async () => {
    bench = await openBench({});
    const { api } = bench;
    await api.call('putConnection', {
      params: { name: 'books' },
      body: {
        connector: 'http',
        settings: {
          system: 'books',
          signing: 'shared',
          signatureHeader: 'x-books',
          signingSecret: hookSecret,
          occurredAtPointer: '/at',
          revisionPointer: '/revision',
        },
      },
    });
    const settings = {
      baseUrl: server.url,
      database: server.database,
      username: server.user,
      password: server.password,
      company: 'COMPANY-DE',
    };
    await api.call('putConnection', { params: { name: 'tryton-de' }, body: { connector: 'tryton', settings } });
    expect(await api.call('checkConnection', { params: { name: 'tryton-de' } })).toMatchObject({ ok: true });
    const { left } = await api.call('installPack', { params: { name: 'tryton' }, body: {} });
    expect(left.filter(({ flow }) => flow.startsWith('tryton-de'))).toEqual([]);
    await api.call('putMapping', { params: { name: 'as-it-is' }, body: { source: 'document' } });
    for (const type of Object.keys(documents)) {
      const yaml = `flow: books-${type}\nfrom: { connection: books, stream: records }\nwhen: 'type = "${type}"'\nmap: as-it-is\nto: { canonical: ${type}@1 }\n`;
      await api.call('putFlow', { params: { name: `books-${type}` }, body: { yaml } });
    }
  });
  afterAll(() => bench.stop());

  const deliver = async (type: string, { id, document }: { id: string; document: JsonObject }): Promise<void> => {
    const response = await fetch(`${bench.api.url}/v1/hooks/books`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-books': hookSecret },
      body: JSON.stringify({ id, type, at: `${day}T08:00:00Z`, revision: 1, document }),
    });
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ accepted: true })]);
  };

  it.each([
    ['invoice', 'tryton-de-invoices', '119.13'],
    ['credit-memo', 'tryton-de-credit-memos', '12.02'],
    ['payment', 'tryton-de-payments', '107.11'],
    ['journal-entry', 'tryton-de-journal-entries', '33.33'],
  ])('posts a %s whose total there is the total here', async (type, flow, total) => {
    await deliver(type, documents[type]!);
    const message = await messageIn(bench, { flow, key: documents[type]!.id }, 'posted', 'exception');
    expect([message.state, message.reason]).toEqual(['posted', null]);
    const { posting } = await bench.api.call('getMessage', { params: { id: message.id } });
    expect(posting?.totals).toMatchObject({ currency: 'EUR', total });
  });

  it('and Tryton says the same itself: one invoice, with the tax of billing', async () => {
    const { items } = await bench.api.call('listMessages', { query: { flow: 'tryton-de-invoices', key: ids.invoice } });
    const { posting } = await bench.api.call('getMessage', { params: { id: items[0]!.id } });
    const rows = await tryton(
      'model.account.invoice.search_read',
      [['reference', '=', posting!.externalId]],
      0,
      5,
      null,
      ['number', 'untaxed_amount', 'tax_amount', 'total_amount'],
      { company: (server.seed['companies'] as Record<string, { id: number }>)['DE']!.id },
    );
    const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });
    expect(rows).toEqual([
      expect.objectContaining({
        number: posting!.documentNumber,
        untaxed_amount: decimal('100.11'),
        tax_amount: decimal('19.02'),
        total_amount: decimal('119.13'),
      }),
    ]);
  });
});

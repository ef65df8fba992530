// A billing platform's month end in a real ERP: invoice with tax, payment, credit memo and journal, read back from Tryton to the cent.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { money } from '@waybill/sdk';
import { takeTurn, trytonForTests } from '../../../tools/tryton-for-tests.mjs';
import { messageIn, stripeSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event } from './stripe-events.js';
import { openBench, sandboxSecrets, type Bench } from './test-bench.js';

jest.setTimeout(240_000);
const server = await trytonForTests();
const endTurn = 'skipped' in server ? undefined : await takeTurn();
afterAll(() => endTurn?.());
const unique = Date.now().toString(36);

if ('skipped' in server) {
  it.skip(`Tryton through the engine (skipped: ${server.skipped})`, () => undefined);
} else {
  /** Tryton's own API, as a bookkeeper's tool would ask it. */
  const tryton = async (model: string, domain: unknown[], fields: string[]) => {
    const response = await fetch(`${server.url}/${server.database}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${server.user}:${server.password}`).toString('base64')}`,
      },
      body: JSON.stringify({
        id: 1,
        method: `model.${model}.search_read`,
        params: [domain, 0, 20, [['id', 'ASC']], fields, { company: 1 }],
      }),
    });
    const { result, error } = (await response.json()) as { result?: Record<string, unknown>[]; error?: unknown };
    if (!result) throw new Error(JSON.stringify(error));
    return result.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'object' && value !== null && 'decimal' in value ? (value as { decimal: string }).decimal : value,
        ]),
      ),
    );
  };
  const cents = (decimal: unknown): string => money.round(String(decimal), 2);

  describe('Tryton through the engine', () => {
    let bench: Bench;
    let customer: string;
    const billing = async (path: string, form: Record<string, string> = {}) => {
      const response = await fetch(`${bench.sandbox.url}/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as Record<string, unknown> & { id: string; lines: { data: { id: string }[] } };
    };
    const invoiceOf = async (...amounts: number[]) => {
      for (const amount of amounts)
        await billing('/invoiceitems', { customer, amount: String(amount), currency: 'usd', description: `Item of ${amount}` });
      const { id } = await billing('/invoices', { customer, collection_method: 'send_invoice', days_until_due: '30' });
      return billing(`/invoices/${id}/finalize`);
    };
    const poll = async (flow: string) => {
      const run = await bench.api.call('startRun', { params: { name: flow }, body: { kind: 'poll' } });
      const ended = await eventually(async () => {
        const now = await bench.api.call('getRun', { params: { id: run.id } });
        return now.state !== 'running' && now;
      });
      if (ended.state !== 'succeeded') throw new Error(`${flow}: ${ended.error ?? ''}`);
    };
    const postingOf = async (flow: string, key: string) =>
      (await bench.api.call('getMessage', { params: { id: (await messageIn(bench, { flow, key }, 'posted')).id } })).posting!;

    beforeAll(async () => {
      bench = await openBench({ sandbox: { seed: unique } });
      const { api } = bench;
      await api.call('putConnection', {
        params: { name: 'stripe' },
        body: { connector: 'stripe', settings: stripeSettings(bench, `acct_${unique}`) },
      });
      await api.call('putConnection', {
        params: { name: 'tryton-us' },
        body: {
          connector: 'tryton',
          settings: { baseUrl: server.url, database: server.database, username: server.user, password: server.password, company: '1' },
        },
      });
      await api.call('installPack', {
        params: { name: 'stripe' },
        body: { flows: ['stripe-invoices', 'stripe-payments', 'stripe-credit-notes'] },
      });
      await api.call('installPack', {
        params: { name: 'tryton' },
        body: { flows: ['tryton-us-invoices', 'tryton-us-payments', 'tryton-us-credit-memos', 'tryton-us-journal-entries'] },
      });
      await billing('/tax_rates', { country: 'US', state: 'NY', display_name: 'Sales tax', percentage: '8.875', inclusive: 'false' });
      customer = (
        await billing('/customers', { name: 'Globex', email: 'ap@globex.example', 'address[country]': 'US', 'address[state]': 'NY' })
      ).id;
      await api.call('changeTableRows', {
        params: { name: 'customer' },
        body: { put: [{ key: { customer }, values: { number: 'CUST-1001' } }] },
      });
    });
    afterAll(() => bench?.stop());

    it('answers the check of the connection', async () => {
      expect(await bench.api.call('checkConnection', { params: { name: 'tryton-us' } })).toMatchObject({ ok: true });
    });

    it('posts an invoice of two lines with tax, and the payment that closes it', async () => {
      const invoice = await invoiceOf(100_001, 23_456);
      await poll('stripe-invoices');
      const posting = await postingOf('tryton-us-invoices', invoice.id);
      const total = String((invoice['total'] as number) / 100);
      expect(posting).toMatchObject({ state: 'posted', totals: { currency: 'USD', total: cents(total), tax: '109.57' } });
      const read = () =>
        tryton(
          'account.invoice',
          [['id', '=', Number(posting.documentId)]],
          ['state', 'untaxed_amount', 'tax_amount', 'total_amount', 'amount_to_pay', 'reference'],
        );
      const [open] = await read();
      expect(open).toMatchObject({ state: 'posted', reference: posting.externalId });
      expect([open!['untaxed_amount'], open!['tax_amount'], open!['total_amount'], open!['amount_to_pay']].map(cents)).toEqual([
        '1234.57',
        '109.57',
        '1344.14',
        '1344.14',
      ]);
      await billing(`/invoices/${invoice.id}/pay`);
      await poll('stripe-payments');
      const paid = bench.sandbox.billing.state.invoicePayments.at(-1)!;
      expect(await postingOf('tryton-us-payments', paid.id)).toMatchObject({ state: 'posted' });
      const [closed] = await read();
      expect([closed!['state'], cents(closed!['amount_to_pay'])]).toEqual(['paid', '0.00']);
    });

    it('posts a credit memo that takes an invoice back, and reconciles the two', async () => {
      const invoice = await invoiceOf(50_000);
      await poll('stripe-invoices');
      const invoiced = await postingOf('tryton-us-invoices', invoice.id);
      const note = await billing('/credit_notes', {
        invoice: invoice.id,
        'lines[0][invoice_line_item]': invoice.lines.data[0]!.id,
        'lines[0][amount]': '50000',
      });
      await poll('stripe-credit-notes');
      const credited = await postingOf('tryton-us-credit-memos', note.id);
      const rows = await tryton(
        'account.invoice',
        [['id', 'in', [Number(invoiced.documentId), Number(credited.documentId)]]],
        ['state', 'total_amount', 'tax_amount', 'amount_to_pay'],
      );
      expect(rows.map((row) => [row['state'], cents(row['total_amount']), cents(row['tax_amount']), cents(row['amount_to_pay'])])).toEqual([
        ['paid', '544.38', '44.38', '0.00'],
        ['paid', '-544.38', '-44.38', '0.00'],
      ]);
    });

    it('posts a balanced journal entry', async () => {
      const { api } = bench;
      await api.call('putMapping', {
        params: { name: 'test-journal' },
        text: '{ "legalEntity": "US", "number": id, "description": "Recognition of November", "currency": "USD", "documentDate": "2026-11-30", "postingDate": "2026-11-30", "lines": [{ "account": "2400", "debit": "83.34", "credit": "0" }, { "account": "4010", "debit": "0", "credit": "83.34" }] }',
      });
      await api.call('putFlow', {
        params: { name: 'test-journals' },
        body: {
          yaml: 'flow: test-journals\nfrom: { connection: stripe, stream: subscriptions }\nmap: test-journal\nto: { canonical: journal-entry@1 }\n',
        },
      });
      await deliver(
        bench,
        event({ id: `sub_${unique}`, object: 'subscription', customer, status: 'active' }, { type: 'customer.subscription.created' }),
      );
      const posting = await postingOf('tryton-us-journal-entries', `sub_${unique}`);
      const [move] = await tryton('account.move', [['id', '=', Number(posting.documentId)]], ['state', 'lines']);
      expect(move).toMatchObject({ state: 'posted' });
      const lines = await tryton('account.move.line', [['id', 'in', move!['lines']]], ['debit', 'credit']);
      expect(lines.map((line) => [cents(line['debit']), cents(line['credit'])])).toEqual([
        ['83.34', '0.00'],
        ['0.00', '83.34'],
      ]);
    });

    it('posts nothing again on a replay, nor when the same comes by webhook after the poll', async () => {
      const invoice = await invoiceOf(7_700);
      await poll('stripe-invoices');
      const { externalId } = await postingOf('tryton-us-invoices', invoice.id);
      const told = bench.sandbox.billing.state.events.find(
        (one) => one.type === 'invoice.finalized' && (one.data.object as { id: string }).id === invoice.id,
      )!;
      expect(await deliver(bench, told as never)).toMatchObject({ duplicate: true });
      const { id } = await messageIn(bench, { flow: 'tryton-us-invoices', key: invoice.id }, 'posted');
      expect(await bench.api.call('startReplay', { body: { messages: [id] } })).toMatchObject({ accepted: 0 });
      expect(await tryton('account.invoice', [['reference', '=', externalId]], ['state'])).toHaveLength(1);
    });
  });
}

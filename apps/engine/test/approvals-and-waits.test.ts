// What a rule holds goes by the hash of what was shown; what needs another document waits for it, visibly, and leaves by itself.
import { expect, it, jest } from '@jest/globals';
import { onBothQueues } from './both-queues.js';
import { exceptionOf, inBooks, makeCustomer, messageIn, newest, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, firstOfNovember, invoice } from './stripe-events.js';
import { person } from './people.js';
import type { Bench } from './test-bench.js';

jest.setTimeout(120_000);
const approvalOf = (bench: Bench, messageId: string) =>
  eventually(async () =>
    (await bench.api.call('listApprovals', { query: { state: 'all' } })).items.find((one) => one.messageId === messageId),
  );
const payment = (id: string, of: string, amount = 10_000) => ({
  id,
  object: 'invoice_payment',
  invoice: of,
  amount_paid: amount,
  amount_requested: amount,
  currency: 'usd',
  status: 'paid',
  created: firstOfNovember,
  is_default: true,
  livemode: false,
  payment: { type: 'payment_intent', payment_intent: `pi_${id}` },
  status_transitions: { paid_at: firstOfNovember, canceled_at: null },
});

/** A flow of payments that needs no look-up at the source. */
async function withPayments(bench: Bench): Promise<void> {
  await setUpCompany(bench);
  const { api } = bench;
  await api.call('putMapping', {
    params: { name: 'test-payment' },
    text: `{ "legalEntity": "US", "status": "succeeded", "kind": "payment", "invoice": { "sourceId": invoice, "number": "NUM-" & invoice }, "customer": { "sourceId": "cus_globex", "number": "CUST-1001", "name": "Globex" }, "currency": "USD",
      "amount": $money.fromMinor(amount_paid, 2), "documentDate": "2026-11-01", "postingDate": "2026-11-01", "zone": "UTC", "functionalCurrency": "USD", "method": "card", "clearingAccount": "1060" }`,
  });
  await api.call('installPack', { params: { name: 'sandbox-erp' }, body: { flows: ['erp-us-payments'] } });
  await api.call('putFlow', {
    params: { name: 'test-payments' },
    body: {
      yaml: 'flow: test-payments\nfrom: { connection: stripe, stream: payments }\nmap: test-payment\nto: { canonical: payment@1 }\n',
    },
  });
}

/** Contracts out of customers' metadata, and a rule that holds what bills otherwise. */
async function withContracts({ api }: Bench): Promise<void> {
  await api.call('putMapping', {
    params: { name: 'test-contract' },
    text: `{ "legalEntity": "US", "number": "C-" & id, "customer": { "sourceId": id }, "currency": "USD", "startDate": "2026-01-01", "endDate": metadata.ends, "status": "active",
      "terms": [{ "product": "prod_x", "price": metadata.price }] }`,
  });
  await api.call('putFlow', {
    params: { name: 'test-contracts' },
    body: { yaml: 'flow: test-contracts\nfrom: { connection: stripe, stream: customers }\nmap: test-contract\nto: { canonical: contract@1 }\n' },
  }); // prettier-ignore
  const { yaml } = await api.call('getFlow', { params: { name: 'erp-us-invoices' } });
  const enrich = 'enrich:\n  contract: { canonical: contract@1, by: { customer: customer.sourceId }, asOf: documentDate }\n';
  const rule =
    "permit:\n  - { rule: as-agreed, when: '$exists($enriched.contract) ? $contractDifferences($source, $enriched.contract)', then: { hold: master-data, say: '{{found}}' } }\n";
  expect(yaml).not.toContain('enrich:');
  await api.call('putFlow', {
    params: { name: 'erp-us-invoices' },
    body: { yaml: (yaml.includes('permit:\n') ? yaml.replace('permit:\n', rule) : yaml + rule) + enrich },
  });
}
const underContract = (id: string, price: string, ends = '2026-12-31', created = firstOfNovember) =>
  event(
    { id, object: 'customer', created, name: id, email: null, livemode: false, metadata: { price, ends } },
    { type: 'customer.updated', created },
  );
function invoiceOf(customer: string, id: string, amount: number) {
  const made = invoice({ id, customer, amounts: [amount] });
  for (const line of (made['lines'] as { data: Record<string, unknown>[] }).data) line['pricing'] = { type: 'price_details', price_details: { product: 'prod_x', price: 'price_x' } };
  return event(made);
} // prettier-ignore

onBothQueues(
  'approvals and waits',
  (on) => {
    it('holds a large amount, refuses a decision about something else, and posts what was shown', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_large', amounts: [6_000_000] })));
      const held = await messageIn(bench, { key: 'in_large' }, 'held');
      const approval = await approvalOf(bench, held.id);
      expect(approval).toMatchObject({ state: 'open', role: 'finance-approver', rule: 'large-amount', content: { total: '60000.00' } });
      const approve = (contentHash: string) => ({ params: { id: approval.id }, body: { contentHash, reason: 'ordered' } });
      const approver = await person(bench, { roles: ['finance-approver'] });
      expect(await approver.problem('approve', approve('0'.repeat(64)))).toMatchObject({ status: 409, code: 'APPROVAL_CHANGED' });
      // The bench's own key installed the mapping that made the document.
      expect(await bench.api.problem('approve', approve(approval.contentHash))).toMatchObject({ status: 403, code: 'APPROVAL_OWN' });
      const viewer = await bench.api.call('createApiKey', { body: { name: 'approver of nothing', roles: ['integrator'] } });
      expect(await bench.api.as(viewer.value).problem('approve', approve(approval.contentHash))).toMatchObject({ status: 403 });
      expect(inBooks(bench, 'in_large')).toEqual([]);
      expect(await approver.call('approve', approve(approval.contentHash))).toMatchObject({
        state: 'approved',
        reason: 'ordered',
        usedAt: null,
      });
      await messageIn(bench, { key: 'in_large' }, 'posted');
      expect(inBooks(bench, 'in_large')).toHaveLength(1);
      expect(await approver.problem('approve', approve(approval.contentHash))).toMatchObject({ status: 409, code: 'APPROVAL_CLOSED' });
      expect(await bench.api.call('getApproval', { params: { id: approval.id } })).toMatchObject({
        usedAt: expect.any(String),
        previous: null,
      });
      expect(
        (await bench.api.call('listAudit', { query: { object: `approval/${approval.id}` } })).items.map((entry) => entry.action),
      ).toEqual(['approval.approved']);
    });

    it('makes an exception of what is rejected', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_rejected', amounts: [7_000_000] })));
      const approval = await approvalOf(bench, (await messageIn(bench, { key: 'in_rejected' }, 'held')).id);
      await bench.api.call('reject', { params: { id: approval.id }, body: { contentHash: approval.contentHash, reason: 'not ours' } });
      expect(await exceptionOf(bench, { key: 'in_rejected' })).toMatchObject({
        category: 'posting-rejection',
        code: 'APPROVAL_REJECTED',
        cause: expect.stringContaining('not ours'),
      });
      expect(inBooks(bench, 'in_rejected')).toEqual([]);
    });

    it('withdraws what is held, and its approval, when the document is voided', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_held_void', amounts: [8_000_000] })));
      const { id } = await messageIn(bench, { key: 'in_held_void' }, 'held');
      await deliver(bench, event(invoice({ id: 'in_held_void', amounts: [8_000_000], status: 'void' })));
      await messageIn(bench, { key: 'in_held_void' }, 'superseded');
      expect(await approvalOf(bench, id)).toMatchObject({ state: 'void' });
      expect(inBooks(bench, 'in_held_void')).toEqual([]);
    });

    it('lets a payment wait for its invoice, and leave when that is posted', async () => {
      const bench = on();
      await makeCustomer(bench, { active: false });
      await deliver(bench, event(invoice({ id: 'in_waited' })));
      const stopped = await exceptionOf(bench, { key: 'in_waited' });
      await deliver(bench, event(payment('inpay_1', 'in_waited'), { type: 'invoice_payment.paid' }));
      const where = { flow: 'erp-us-payments', key: 'inpay_1' };
      expect(await messageIn(bench, where, 'waiting')).toMatchObject({ reason: expect.stringContaining('invoice in_waited') });
      await setActive(bench, 'CUST-1001', true);
      await bench.api.call('startReplay', { body: { messages: [stopped.messageId] } });
      await messageIn(bench, where, 'posted');
      const [invoiced] = inBooks(bench, 'in_waited');
      expect(invoiced).toMatchObject({ open: '0.00' });
      expect((await bench.sandbox.books.state.documents.filter((d) => d.kind === 'payment')).map((d) => d.applications)).toEqual([
        [{ document: invoiced!.id, amount: '100.00' }],
      ]);
    });

    it('posts a payment at once when its invoice is there', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_there' })));
      await messageIn(bench, { key: 'in_there' }, 'posted');
      await deliver(bench, event(payment('inpay_2', 'in_there'), { type: 'invoice_payment.paid' }));
      const { id } = await messageIn(bench, { flow: 'erp-us-payments', key: 'inpay_2' }, 'posted');
      const { history } = await bench.api.call('getMessage', { params: { id } });
      expect(history.map((move) => move.to)).not.toContain('waiting');
    });

    it('makes an exception of a wait that lasts too long', async () => {
      const bench = on();
      await deliver(bench, event(payment('inpay_3', 'in_never'), { type: 'invoice_payment.paid' }));
      const where = { flow: 'erp-us-payments', key: 'inpay_3' };
      const { id } = await messageIn(bench, where, 'waiting');
      await bench.sql("update message set depends_until = now() - interval '1 second' where id = $1", [id]);
      await bench.sweep();
      expect(await exceptionOf(bench, where)).toMatchObject({
        category: 'master-data',
        code: 'WAIT_EXPIRED',
        cause: expect.stringContaining('in_never'),
      });
      expect((await newest(bench, 'erp-us-payments', 'inpay_3'))!.attempts).toBe(0);
    });

    it('holds an invoice that bills otherwise than the contract in force, says what differs, and lets it go when the contract is amended', async () => {
      const bench = on();
      await withContracts(bench);
      for (const number of ['cus_terms', 'cus_ended']) await makeCustomer(bench, { number });
      await deliver(bench, underContract('cus_terms', '24.99'));
      await deliver(bench, underContract('cus_ended', '24.99', '2026-10-31'));
      for (const key of ['cus_terms', 'cus_ended']) await messageIn(bench, { flow: 'test-contracts', key }, 'posted');

      await deliver(bench, invoiceOf('cus_terms', 'in_agreed', 2499));
      await deliver(bench, invoiceOf('cus_terms', 'in_dearer', 2999));
      await messageIn(bench, { key: 'in_agreed' }, 'posted');
      const stopped = await exceptionOf(bench, { key: 'in_dearer' });
      expect(stopped).toMatchObject({
        category: 'master-data',
        code: 'POLICY_HOLD',
        cause: 'Product prod_x costs 24.99 by contract C-cus_terms, and 29.99 on the document.',
      });
      expect(inBooks(bench, 'in_dearer')).toEqual([]);
      const { stages } = await bench.api.call('getMessage', { params: { id: stopped.messageId } });
      expect(JSON.stringify(stages)).toContain('C-cus_terms');

      // The contract of cus_ended is none of that day: the rule asks only where there is one.
      await deliver(bench, invoiceOf('cus_ended', 'in_ended', 9900));
      await messageIn(bench, { key: 'in_ended' }, 'posted');

      await deliver(bench, underContract('cus_terms', '29.99', '2026-12-31', firstOfNovember + 60));
      await eventually(async () => {
        const { items } = await bench.api.call('listMessages', { query: { flow: 'test-contracts', key: 'cus_terms' } });
        return items.filter(({ state }) => state === 'posted').length === 2 || undefined;
      });
      await bench.api.call('startReplay', { body: { messages: [stopped.messageId] } });
      await messageIn(bench, { key: 'in_dearer' }, 'posted');
      expect(inBooks(bench, 'in_dearer')).toHaveLength(1);
    });
  },
  { prepare: withPayments },
);

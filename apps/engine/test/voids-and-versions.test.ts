// Versions of one document in every order: a void reverses once, or ends both where nothing has left; newer never overtakes older.
import { expect, it, jest } from '@jest/globals';
import { onBothQueues } from './both-queues.js';
import {
  erp,
  exceptionOf,
  faults,
  inBooks,
  makeCustomer,
  messageIn,
  newest,
  noFaults,
  setActive,
  setUpCompany,
  stripeSettings,
} from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import type { Bench } from './test-bench.js';

jest.setTimeout(120_000);
const messagesOf = async (bench: Bench, key: string, flow = 'erp-us-invoices') =>
  (await bench.api.call('listMessages', { query: { flow, key } })).items.reverse();
const statesOf = async (bench: Bench, key: string, flow?: string) => (await messagesOf(bench, key, flow)).map((message) => message.state);

onBothQueues(
  'versions of a document',
  (on) => {
    it('reverses a posted invoice once when it is voided, also when the void comes again', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_void' })));
      await messageIn(bench, { key: 'in_void' }, 'posted');
      const void_ = () => event(invoice({ id: 'in_void', status: 'void' }));
      await deliver(bench, void_());
      await eventually(async () => (await statesOf(bench, 'in_void')).join() === 'posted,posted');
      await deliver(bench, void_());
      await eventually(async () => (await statesOf(bench, 'in_void', 'stripe-invoices')).length === 3);
      await messageIn(bench, { flow: 'stripe-invoices', key: 'in_void' }, 'posted', 'superseded');
      expect(inBooks(bench, 'in_void').map(({ kind, status }) => `${kind} ${status}`)).toEqual(['invoice voided', 'void posted']);
      expect(await statesOf(bench, 'in_void')).toEqual(['posted', 'posted']);
    });

    it('takes a void into a closed month back by a credit memo in the next open one', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_closed', finalized: 1788264000 }))); // 1 September 2026
      await messageIn(bench, { key: 'in_closed' }, 'posted');
      await erp(bench, 'PATCH', '/periods/US/2026-09', { status: 'closed' });
      await deliver(bench, event(invoice({ id: 'in_closed', status: 'void', finalized: 1788264000 })));
      await eventually(async () => (await statesOf(bench, 'in_closed')).join() === 'posted,posted');
      const documents = bench.sandbox.books.state.documents.filter((d) => d.origin?.startsWith('in_closed'));
      expect(documents.map(({ kind, status, postingDate, open }) => ({ kind, status, postingDate, open }))).toEqual([
        { kind: 'invoice', status: 'posted', postingDate: '2026-09-01', open: '0.00' },
        { kind: 'credit-memo', status: 'posted', postingDate: '2026-10-01', open: '0.00' },
      ]);
    });

    it('ends both superseded and the exception resolved when the void comes before the posting', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_sleeping', active: false });
      await deliver(bench, event(invoice({ id: 'in_early', customer: 'cus_sleeping' })));
      const exception = await exceptionOf(bench, { key: 'in_early' });
      expect(exception).toMatchObject({
        category: 'master-data',
        code: 'CUSTOMER_INACTIVE',
        fix: { kind: 'target', connection: 'erp-us' },
      });
      await deliver(bench, event(invoice({ id: 'in_early', customer: 'cus_sleeping', status: 'void' })));
      await eventually(async () => (await statesOf(bench, 'in_early')).join() === 'superseded,superseded');
      expect(await bench.api.call('getException', { params: { id: exception.id } })).toMatchObject({
        state: 'resolved',
        closedBy: 'Waybill',
      });
      await setActive(bench, 'cus_sleeping', true);
      await bench.sweep();
      expect(inBooks(bench, 'in_early')).toEqual([]);
    });

    it('does not take a void for a withdrawal while the posting may be in the target', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_unsure' })));
      const { id } = await messageIn(bench, { key: 'in_unsure' }, 'posted');
      // What three look-ups without a decision leave behind.
      await bench.sql('alter table message disable trigger message_moves');
      await bench.sql("update message set state = 'exception', settled_at = null where id = $1", [id]);
      await bench.sql('alter table message enable trigger message_moves');
      await bench.sql(
        "update posting set state = 'in_doubt', document_id = null, document_number = null, receipt = null where message_id = $1",
        [id],
      );
      await bench.sql(
        "insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix) values ('exc_00000000000000000000000000', $1, 'erp-us-invoices', 'api-failure', 'TARGET_UNCLEAR', 'unclear', 'unclear', 'look', 'send', '{\"kind\":\"target\",\"connection\":\"erp-us\"}')",
        [id],
      );
      await deliver(bench, event(invoice({ id: 'in_unsure', status: 'void' })));
      await eventually(async () => (await statesOf(bench, 'in_unsure')).length === 2);
      await bench.sweep();
      expect(await statesOf(bench, 'in_unsure')).toEqual(['exception', 'blocked']);
      // A person looked, found nothing and replays: the ERP knows its own, so it is the same document, and then it is reversed.
      await bench.api.call('startReplay', { body: { messages: [id] } });
      await eventually(async () => (await statesOf(bench, 'in_unsure')).join() === 'posted,posted');
      expect(inBooks(bench, 'in_unsure').map((d) => d.kind)).toEqual(['invoice', 'void']);
    });

    it('posts nothing of a create that comes after its void', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_late', status: 'void' })));
      expect(await messageIn(bench, { key: 'in_late' }, 'superseded')).toMatchObject({
        effect: 'void',
        reason: expect.stringContaining('never posted'),
      });
      await deliver(bench, event(invoice({ id: 'in_late' })));
      expect(await messageIn(bench, { flow: 'stripe-invoices', key: 'in_late' }, 'superseded')).toMatchObject({ effect: 'create' });
      expect(await statesOf(bench, 'in_late')).toEqual(['superseded']);
      expect(inBooks(bench, 'in_late')).toEqual([]);
    });

    it('refuses the same version with other content, for a person to look at', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_twofold' }), { id: 'evt_twofold' }));
      await messageIn(bench, { key: 'in_twofold' }, 'posted');
      // By another door the same event shows another amount; the delivery id differs, the version does not.
      await bench.sql(
        "insert into inbox (id, connection, delivery_id, via, raw) values ('inb_00000000000000000000000000', 'stripe', 'evt_twofold_other', 'webhook', convert_to($1, 'UTF8'))",
        [JSON.stringify(event(invoice({ id: 'in_twofold', amounts: [99_900] }), { id: 'evt_twofold' }))],
      );
      expect(await exceptionOf(bench, { flow: 'stripe-invoices', key: 'in_twofold' })).toMatchObject({
        category: 'duplicate',
        code: 'REVISION_CONFLICT',
      });
      expect(inBooks(bench, 'in_twofold').map((d) => d.total)).toEqual(['100.00']);
    });

    it('links what is paid later to what is posted, and posts nothing again', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_paid' })));
      await messageIn(bench, { key: 'in_paid' }, 'posted');
      await deliver(bench, event(invoice({ id: 'in_paid', status: 'paid' })));
      await eventually(async () => (await statesOf(bench, 'in_paid')).join() === 'posted,duplicate');
      const [first, second] = await messagesOf(bench, 'in_paid');
      expect(second!.documentNumber).toBe(first!.documentNumber);
      expect(inBooks(bench, 'in_paid')).toHaveLength(1);
    });

    it('makes an exception of a later version with another amount', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_grown' })));
      await messageIn(bench, { key: 'in_grown' }, 'posted');
      await deliver(bench, event(invoice({ id: 'in_grown', status: 'paid', amounts: [10_100] })));
      expect(await exceptionOf(bench, { key: 'in_grown' })).toMatchObject({
        category: 'duplicate',
        code: 'POSTED_DIFFERENTLY',
        cause: expect.stringContaining('101'),
      });
      expect(inBooks(bench, 'in_grown').map((d) => d.total)).toEqual(['100.00']);
    });

    it('stops for a person when the target says another amount, and posts nothing a second time', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'misstated-total', path: '/erp/v1/invoices', times: 1 }]);
      await deliver(bench, event(invoice({ id: 'in_misstated' })));
      const { messageId, ...exception } = await exceptionOf(bench, { key: 'in_misstated' });
      await noFaults(bench);
      expect(exception).toMatchObject({ category: 'posting-rejection', code: 'BOOKED_DIFFERENTLY', cause: expect.stringMatching(/100\.01 USD .* says 100\.00/) }); // prettier-ignore
      await bench.api.call('startReplay', { body: { messages: [messageId], reason: 'The books are right' } });
      await eventually(async () => (await statesOf(bench, 'in_misstated')).join() === 'duplicate');
      expect(await bench.api.call('getException', { params: { id: exception.id } })).toMatchObject({ state: 'resolved' });
      expect(inBooks(bench, 'in_misstated').map((d) => d.total)).toEqual(['100.00']);
    });

    it('reverses what the target booked with another amount when the document is voided', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'rounded', path: '/erp/v1/invoices', times: 1 }]);
      await deliver(bench, event(invoice({ id: 'in_rounded' })));
      const { code } = await exceptionOf(bench, { key: 'in_rounded' });
      await noFaults(bench);
      expect([code, inBooks(bench, 'in_rounded').map((d) => d.total)]).toEqual(['BOOKED_DIFFERENTLY', ['100.01']]);
      await deliver(bench, event(invoice({ id: 'in_rounded', status: 'void' })));
      await eventually(async () => (await statesOf(bench, 'in_rounded')).join() === 'superseded,posted');
      expect(inBooks(bench, 'in_rounded').map(({ kind, status }) => `${kind} ${status}`)).toEqual(['invoice voided', 'void posted']);
    });

    it('keeps the invoice of another account apart, under the same id', async () => {
      const bench = on();
      await bench.api.call('putConnection', {
        params: { name: 'stripe-two' },
        body: { connector: 'stripe', settings: stripeSettings(bench, 'acct_two') },
      });
      const { yaml } = await bench.api.call('getFlow', { params: { name: 'stripe-invoices' } });
      await bench.api.call('putFlow', {
        params: { name: 'stripe-two-invoices' },
        body: {
          yaml: yaml
            .replace('flow: stripe-invoices', 'flow: stripe-two-invoices')
            .replaceAll('connection: stripe', 'connection: stripe-two'),
        },
      });
      await deliver(bench, event(invoice({ id: 'in_shared', number: 'A-1' })));
      await messageIn(bench, { key: 'in_shared' }, 'posted');
      await deliver(bench, event(invoice({ id: 'in_shared', number: 'B-1' })), 'stripe-two');
      await eventually(async () => (await statesOf(bench, 'in_shared')).join() === 'posted,posted');
      expect(inBooks(bench, 'in_shared').map((d) => d.reference)).toEqual(['A-1', 'B-1']);
      const [a, b] = await messagesOf(bench, 'in_shared');
      expect([a!.sourceSystem, b!.sourceSystem]).toEqual(['stripe/acct_bench', 'stripe/acct_two']);
    });

    it('does not link the invoice of another account to a document that is ours already', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_number_a', number: 'SAME-1' })));
      await messageIn(bench, { key: 'in_number_a' }, 'posted');
      await deliver(bench, event(invoice({ id: 'in_number_b', number: 'SAME-1' })), 'stripe-two');
      expect(await exceptionOf(bench, { key: 'in_number_b' })).toMatchObject({ category: 'duplicate', code: 'DUPLICATE_REFERENCE' });
    });

    it('lets no version overtake an older one that is on its way', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'throttle', path: '/erp/v1/invoices', retryAfterSeconds: 1 }]);
      await deliver(bench, event(invoice({ id: 'in_slow' })));
      await eventually(async () => (await newest(bench, 'erp-us-invoices', 'in_slow'))?.attempts);
      await deliver(bench, event(invoice({ id: 'in_slow', status: 'void' })));
      await messageIn(bench, { flow: 'stripe-invoices', key: 'in_slow' }, 'posted');
      await noFaults(bench);
      await eventually(async () => {
        const states = await statesOf(bench, 'in_slow');
        return states.length === 2 && states.every((state) => ['posted', 'superseded'].includes(state));
      });
      // Either the void met it on the way and reversed it, or it came before anything had left and ended both.
      expect(['posted,posted', 'superseded,superseded']).toContain((await statesOf(bench, 'in_slow')).join());
      expect(
        inBooks(bench, 'in_slow')
          .map((d) => d.kind)
          .join(),
      ).toMatch(/^$|^invoice,void$/);
    });
  },
  { prepare: setUpCompany },
);

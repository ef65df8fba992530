// An exception is put right once and replayed once: the preview says what will happen, nothing is posted twice, every version is shown.
import { expect, it, jest } from '@jest/globals';
import { onBothQueues } from './both-queues.js';
import { exceptionOf, inBooks, makeCustomer, messageIn, setActive, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';

jest.setTimeout(120_000);

onBothQueues(
  'exceptions and replay',
  (on) => {
    it('puts an inactive customer right in the ERP and posts by one replay, once', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_idle', active: false });
      await deliver(bench, event(invoice({ id: 'in_idle', customer: 'cus_idle' })));
      const exception = await exceptionOf(bench, { key: 'in_idle' });
      expect(exception).toMatchObject({
        category: 'master-data',
        code: 'CUSTOMER_INACTIVE',
        vendorWords: expect.stringContaining('cus_idle'),
        fix: { kind: 'target', connection: 'erp-us' },
        amount: { amount: '100.00', currency: 'USD' },
      });
      const selection = { messages: [exception.messageId] };
      await setActive(bench, 'cus_idle', true);
      const preview = await bench.api.call('previewReplay', { body: selection });
      expect(preview).toMatchObject({
        count: 1,
        verdicts: { sends: 1 },
        amounts: [{ amount: '100.00', currency: 'USD' }],
        items: [{ verdict: 'sends', versions: { release: 1, mapping: { name: 'erp-invoice', version: 1 } } }],
      });
      expect(preview.items[0]!.after).toEqual(preview.items[0]!.before);
      const started = await bench.api.call('startReplay', { body: { ...selection, reason: 'the customer is active again' } });
      expect(started).toMatchObject({ accepted: 1, refused: [] });
      const posted = await messageIn(bench, { key: 'in_idle' }, 'posted');
      expect(posted.runId).toBe(started.runId);
      expect(
        await eventually(async () => {
          const run = await bench.api.call('getRun', { params: { id: started.runId } });
          return run.state === 'succeeded' && run;
        }),
      ).toMatchObject({ kind: 'replay', read: 1, added: 1, messages: { posted: 1 }, note: 'the customer is active again' });
      expect(await bench.api.call('getException', { params: { id: exception.id } })).toMatchObject({
        state: 'resolved',
        closedBy: 'Waybill',
        closedRun: started.runId,
        closedAttempt: posted.attempts,
        resolution: `posted as ${posted.documentNumber} by attempt ${posted.attempts} of the replay ${started.runId}`,
      });
      expect(inBooks(bench, 'in_idle')).toHaveLength(1);

      const again = await bench.api.call('previewReplay', { body: selection });
      expect(again).toMatchObject({
        verdicts: { 'posts-nothing': 1 },
        items: [{ reason: expect.stringContaining(posted.documentNumber!) }],
      });
      expect(await bench.api.call('startReplay', { body: selection })).toMatchObject({
        accepted: 0,
        refused: [{ messageId: posted.id, reason: expect.stringContaining('already posted') }],
      });
      expect(inBooks(bench, 'in_idle')).toHaveLength(1);
      expect((await bench.api.call('listAudit', { query: { action: 'message.replayed' } })).items).toContainEqual(
        expect.objectContaining({ reason: 'the customer is active again', after: expect.objectContaining({ messages: [posted.id] }) }),
      );
    });

    it('names the row that a table misses, takes it, and replays with the table as it is then', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_brazil', country: 'BR' })));
      const where = { flow: 'stripe-invoices', key: 'in_brazil' };
      const exception = await exceptionOf(bench, where);
      expect(exception).toMatchObject({
        category: 'master-data',
        fix: { kind: 'table', table: 'legal-entity', by: { country: 'BR' } },
        remedy: expect.stringContaining('legal-entity'),
      });
      const selection = { messages: [exception.messageId] };
      expect(await bench.api.call('previewReplay', { body: selection })).toMatchObject({ verdicts: { 'still-fails': 1 } });
      const before = await bench.api.call('getTable', { params: { name: 'legal-entity' } });
      const written = await bench.api.call('changeTableRows', {
        params: { name: 'legal-entity' },
        body: {
          put: [{ key: { country: 'BR' }, values: { entity: 'US', zone: 'America/Sao_Paulo', functionalCurrency: 'USD' } }],
          reason: 'billed from the US',
        },
      });
      expect(written).toMatchObject({ version: before.version + 1, added: 1, mayClear: 1 });
      const preview = await bench.api.call('previewReplay', { body: selection });
      expect(preview.items[0]).toMatchObject({
        verdict: 'sends',
        versions: { tables: expect.arrayContaining([{ name: 'legal-entity', used: before.version, current: before.version + 1 }]) },
      });
      const { runId } = await bench.api.call('startReplay', { body: selection });
      await messageIn(bench, where, 'posted');
      await messageIn(bench, { key: 'in_brazil' }, 'posted');
      expect(await bench.api.call('getException', { params: { id: exception.id } })).toMatchObject({
        state: 'resolved',
        closedRun: runId,
        closedAttempt: null,
        resolution: `taken into the hub by the replay ${runId}`,
      });
      // Whose it is was not known when it stopped; it belongs to them since.
      expect(await bench.sql(`select held_entity from exception where id = '${exception.id}'`)).toEqual([{ held_entity: 'US' }]);
      const { versions } = await bench.api.call('getMessage', { params: { id: exception.messageId } });
      expect(versions.tables).toContainEqual({ name: 'legal-entity', version: before.version + 1 });
      expect(inBooks(bench, 'in_brazil')).toHaveLength(1);
    });

    it('groups exceptions by cause and releases all of them by one replay', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_group', active: false });
      for (const n of [1, 2, 3]) await deliver(bench, event(invoice({ id: `in_group_${n}`, customer: 'cus_group', amounts: [1_000 * n] })));
      const group = await eventually(async () =>
        (await bench.api.call('listExceptionGroups')).items.find((one) => one.cause.includes('cus_group') && one.count === 3),
      );
      expect(group.amounts).toEqual([{ currency: 'USD', amount: '60.00' }]);
      await setActive(bench, 'cus_group', true);
      expect(await bench.api.call('startReplay', { body: { causeKey: group.causeKey } })).toMatchObject({ accepted: 3, refused: [] });
      for (const n of [1, 2, 3]) await messageIn(bench, { key: `in_group_${n}` }, 'posted');
      expect((await bench.api.call('listExceptionGroups')).items.some((one) => one.causeKey === group.causeKey)).toBe(false);
    });

    it('replays under the release it came in with, after the mapping has changed', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_release', active: false });
      await deliver(bench, event(invoice({ id: 'in_release', customer: 'cus_release' })));
      const { messageId } = await exceptionOf(bench, { key: 'in_release' });
      const { source, version } = await bench.api.call('getMapping', { params: { name: 'erp-invoice' } });
      await bench.api.call('putMapping', {
        params: { name: 'erp-invoice' },
        body: { source: source.replace('"description": $text(memo)', '"description": "changed"'), expectedVersion: version },
      });
      await setActive(bench, 'cus_release', true);
      await bench.api.call('startReplay', { body: { messages: [messageId] } });
      await messageIn(bench, { key: 'in_release' }, 'posted');
      expect(inBooks(bench, 'in_release')[0]!.description).toBeNull();
      await deliver(bench, event(invoice({ id: 'in_release_2', customer: 'cus_release' })));
      await messageIn(bench, { key: 'in_release_2' }, 'posted');
      expect(inBooks(bench, 'in_release_2')[0]!.description).toBe('changed');
    });

    it('lets a person resolve: later versions post nothing either, until a replay says otherwise', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_waived', active: false });
      await deliver(bench, event(invoice({ id: 'in_waived', customer: 'cus_waived' })));
      const exception = await exceptionOf(bench, { key: 'in_waived' });
      await deliver(bench, event(invoice({ id: 'in_waived', customer: 'cus_waived', status: 'paid' })));
      await messageIn(bench, { key: 'in_waived' }, 'blocked');
      await bench.api.call('resolveException', { params: { id: exception.id }, body: { reason: 'booked by hand' } });
      await setActive(bench, 'cus_waived', true);
      expect(await messageIn(bench, { key: 'in_waived' }, 'skipped')).toMatchObject({ reason: expect.stringContaining('resolved') });
      expect(inBooks(bench, 'in_waived')).toEqual([]);
      expect(await bench.api.problem('resolveException', { params: { id: exception.id }, body: { reason: 'once more' } })).toMatchObject({
        status: 409,
        code: 'EXCEPTION_CLOSED',
      });
      await bench.api.call('startReplay', { body: { messages: [exception.messageId] } });
      await eventually(() => inBooks(bench, 'in_waived').length === 1);
    });

    it('never leaves a message waiting for a posting that a person has resolved', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_stuck', active: false });
      await deliver(bench, event(invoice({ id: 'in_stuck', customer: 'cus_stuck' })));
      const exception = await exceptionOf(bench, { key: 'in_stuck' });
      // The end of three look-ups that decided nothing.
      await bench.sql("update posting set state = 'in_doubt' where message_id = $1", [exception.messageId]);
      await deliver(bench, event(invoice({ id: 'in_stuck', customer: 'cus_stuck', status: 'paid' })));
      await messageIn(bench, { key: 'in_stuck' }, 'blocked');
      await bench.api.call('resolveException', { params: { id: exception.id }, body: { reason: 'it is there' } });
      expect(await messageIn(bench, { key: 'in_stuck' }, 'skipped')).toMatchObject({ reason: expect.stringContaining('resolved') });
    });

    it('puts right what crossed: a version that was written while the one before it stopped, and one while it went on', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_cross', active: false });
      await deliver(bench, event(invoice({ id: 'in_cross', customer: 'cus_cross' })));
      const exception = await exceptionOf(bench, { key: 'in_cross' });
      await deliver(bench, event(invoice({ id: 'in_cross', customer: 'cus_cross', status: 'paid' })));
      const { id } = await messageIn(bench, { key: 'in_cross' }, 'blocked');
      const age = "updated_at = now() - interval '1 minute', due_at = now() - interval '1 minute'";
      // As its writer would have left it that did not see the stop.
      await bench.sql(`update message set state = 'ready', ${age} where id = $1`, [id]);
      await bench.sweep();
      expect(await bench.sql('select state, reason from message where id = $1', [id])).toEqual([
        { state: 'blocked', reason: 'an earlier version of the document has stopped' },
      ]);
      // And as one would have left it that did not see that the stop is over: behind nothing that has not ended, and nobody comes to free it.
      await setActive(bench, 'cus_cross', true);
      await bench.api.call('resolveException', { params: { id: exception.id }, body: { reason: 'booked by hand' } });
      await messageIn(bench, { key: 'in_cross' }, 'skipped');
      await deliver(bench, event(invoice({ id: 'in_cross_2', customer: 'cus_cross' })));
      const posted = await messageIn(bench, { key: 'in_cross_2' }, 'posted');
      await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
      await deliver(bench, event(invoice({ id: 'in_cross_2', customer: 'cus_cross', status: 'paid' })));
      const [later] = await eventually(async () => {
        const found = await bench.sql<{ id: string }>(
          "select id from message where flow = 'erp-us-invoices' and key = 'in_cross_2' and id <> $1 and state = 'ready'",
          [posted.id],
        );
        return found.length > 0 ? found : undefined;
      });
      await bench.sql(`update message set state = 'blocked', ${age} where id = $1`, [later!.id]);
      await bench.api.call('resumeFlow', { params: { name: 'erp-us-invoices' } });
      await bench.sweep();
      await eventually(
        async () => (await bench.sql<{ state: string }>('select state from message where id = $1', [later!.id]))[0]!.state !== 'blocked',
      );
    });

    it('refuses a replay that names nothing, and one of a message that is not there', async () => {
      expect(await on().api.problem('startReplay', { body: {} })).toMatchObject({ status: 422, code: 'REPLAY_EMPTY' });
      expect(await on().api.problem('startReplay', { body: { messages: ['msg_00000000000000000000000000'] } })).toMatchObject({
        status: 404,
      });
      const runs = async () => (await on().sql<{ n: number }>("select count(*)::int as n from run where kind = 'replay'"))[0]!.n;
      const before = await runs();
      expect(await on().api.problem('startReplay', { body: { causeKey: 'nothing of the kind' } })).toMatchObject({
        status: 422,
        code: 'REPLAY_EMPTY',
        path: '/causeKey',
        detail: expect.stringContaining('nothing of the kind'),
      });
      for (const call of ['startReplay', 'previewReplay'] as const)
        expect(
          await on().api.problem(call, { body: { causeKey: 'this one', messages: ['msg_00000000000000000000000000'] } }),
        ).toMatchObject({ status: 400, code: 'REQUEST_INVALID', path: '/causeKey' });
      expect(await runs()).toBe(before);
    });

    it('of one message by many at the same moment, one is accepted, and each of the others is told who was faster', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_hurry', active: false });
      await deliver(bench, event(invoice({ id: 'in_hurry', customer: 'cus_hurry' })));
      const { messageId } = await exceptionOf(bench, { key: 'in_hurry' });
      await setActive(bench, 'cus_hurry', true);
      const started = await Promise.all(
        [1, 2, 3, 4, 5].map(() => bench.api.call('startReplay', { body: { messages: [messageId], reason: 'in a hurry' } })),
      );
      expect(started.map(({ accepted }) => accepted).sort()).toEqual([0, 0, 0, 0, 1]);
      for (const { runId, accepted, refused } of started) {
        expect(accepted + refused.length).toBe(1);
        expect((await bench.api.call('getReplay', { params: { id: runId } })).total).toBe(1);
      }
      await messageIn(bench, { key: 'in_hurry' }, 'posted');
      expect(inBooks(bench, 'in_hurry')).toHaveLength(1);
    });

    it('sends no more a minute than a person says, oldest first, and what rests can be taken back', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_slow', active: false });
      const keys = ['in_slow_1', 'in_slow_2', 'in_slow_3'];
      const messages: string[] = [];
      for (const key of keys) {
        await deliver(bench, event(invoice({ id: key, customer: 'cus_slow' })));
        messages.push((await exceptionOf(bench, { key })).messageId);
      }
      await setActive(bench, 'cus_slow', true);
      const refused = await bench.api.problem('startReplay', { body: { messages, perMinute: 0 } });
      expect(refused).toMatchObject({ code: 'REQUEST_INVALID', path: '/perMinute' });
      const asked = Date.now();
      const { runId, accepted } = await bench.api.call('startReplay', { body: { messages, perMinute: 1 } });
      expect(accepted).toBe(3);
      await messageIn(bench, { key: 'in_slow_1' }, 'posted');
      const replay = await bench.api.call('getReplay', { params: { id: runId } });
      expect(replay).toMatchObject({ outcomes: { posted: 1, 'under-way': 2 }, mayCancel: true });
      expect(Math.round((Date.parse(replay.lastBeginsAt!) - asked) / 60_000)).toBe(2);
      expect((await bench.api.call('listAudit', { query: { action: 'message.replayed' } })).items[0]).toMatchObject({
        after: { perMinute: 1 },
      });
      expect(await bench.api.call('cancelReplay', { params: { id: runId } })).toMatchObject({ calledBack: 2 });
      expect(await bench.api.call('getReplay', { params: { id: runId } })).toMatchObject({
        outcomes: { posted: 1, 'called-back': 2 },
        lastBeginsAt: null,
      });
      expect(inBooks(bench, 'in_slow_3')).toHaveLength(0);
    });

    it('ends a replay by itself when too many stop again, and the rest is back as it was', async () => {
      const bench = on();
      await makeCustomer(bench, { number: 'cus_never', active: false });
      const messages: string[] = [];
      for (const key of ['in_never_1', 'in_never_2', 'in_never_3']) {
        await deliver(bench, event(invoice({ id: key, customer: 'cus_never' })));
        messages.push((await exceptionOf(bench, { key })).messageId);
      }
      const { runId } = await bench.api.call('startReplay', { body: { messages, perMinute: 1, stopAfter: 1 } });
      const ended = await eventually(async () => {
        const replay = await bench.api.call('getReplay', { params: { id: runId } });
        return replay.cancelled && replay;
      });
      expect(ended).toMatchObject({ outcomes: { 'stopped-again': 1, 'called-back': 2 }, stopAfter: 1, mayCancel: false });
      expect((await bench.api.call('listAudit', { query: { action: 'replay.cancelled' } })).items[0]).toMatchObject({
        actor: 'Waybill',
        summary: `The replay ${runId} ended by itself, for 1 of its messages stopped again: 2 taken back, 0 under way`,
      });
      for (const id of messages) expect(await bench.api.call('getMessage', { params: { id } })).toMatchObject({ state: 'exception' });
      expect(await bench.sql('select 1 as one from run where watched')).toEqual([]);
    });
  },
  { prepare: setUpCompany },
);

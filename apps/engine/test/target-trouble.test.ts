// A target that is down, slow or silent: nothing is lost, nothing is posted twice, what waits says why.
import { expect, it, jest } from '@jest/globals';
import { postingKey } from '@waybill/sdk';
import { startSandbox, type Sandbox } from '@waybill/sandbox';
import { onBothQueues } from './both-queues.js';
import { erpSettings, faults, inBooks, makeCustomer, messageIn, newest, noFaults, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import { sandboxSecrets, type Bench } from './test-bench.js';
import { freePort } from './test-redis.js';

jest.setTimeout(180_000);
/** The quiet time before a look-up passes. */
const quietEnds = (bench: Bench, id: string) => bench.sql("update message set due_at = now() where id = $1 and state = 'in_doubt'", [id]);
const leaseEnds = (bench: Bench, id: string) =>
  bench.sql("update message set lease_until = now() - interval '1 second' where id = $1", [id]);
const detail = (bench: Bench, id: string) => bench.api.call('getMessage', { params: { id } });
const onInvoices = { path: '/erp/v1/invoices', methods: ['POST'] };

onBothQueues(
  'a target in trouble',
  (on) => {
    it('finds a document whose answer was lost, and posts it once', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'lost-answer', times: 1, ...onInvoices }]);
      await deliver(bench, event(invoice({ id: 'in_lost' })));
      const doubtful = await messageIn(bench, { key: 'in_lost' }, 'in_doubt');
      expect(doubtful.reason).toContain('unknown');
      expect(Date.parse(doubtful.dueAt!) - Date.now()).toBeGreaterThan(30_000);
      expect(inBooks(bench, 'in_lost')).toHaveLength(1);
      await quietEnds(bench, doubtful.id);
      const posted = await messageIn(bench, { key: 'in_lost' }, 'posted');
      expect(posted).toMatchObject({ documentNumber: inBooks(bench, 'in_lost')[0]!.number, attempts: 1 });
      expect((await detail(bench, posted.id)).history.map((move) => move.to)).toEqual(['ready', 'in_flight', 'in_doubt', 'posted']);
      expect(inBooks(bench, 'in_lost')).toHaveLength(1);
    });

    it('sends again what certainly did not arrive, under the same key', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'reset', times: 1, ...onInvoices }]);
      await deliver(bench, event(invoice({ id: 'in_reset' })));
      const doubtful = await messageIn(bench, { key: 'in_reset' }, 'in_doubt');
      expect(inBooks(bench, 'in_reset')).toEqual([]);
      await quietEnds(bench, doubtful.id);
      const posted = await messageIn(bench, { key: 'in_reset' }, 'posted');
      const { attemptsMade, posting } = await detail(bench, posted.id);
      expect(attemptsMade.map((attempt) => attempt.outcome)).toEqual(['in-doubt', 'posted']);
      expect(inBooks(bench, 'in_reset').map((d) => d.externalId)).toEqual([posting!.externalId]);
    });

    it('takes a 500 on a write for a doubt, never for a failure', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'error500', times: 1, ...onInvoices }]);
      await deliver(bench, event(invoice({ id: 'in_500' })));
      const doubtful = await messageIn(bench, { key: 'in_500' }, 'in_doubt');
      await quietEnds(bench, doubtful.id);
      await messageIn(bench, { key: 'in_500' }, 'posted');
      expect(inBooks(bench, 'in_500')).toHaveLength(1);
    });

    it('takes a sign-in page with status 200 for a doubt, never for a posting', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'nonsense', times: 1, ...onInvoices }]);
      await deliver(bench, event(invoice({ id: 'in_nonsense' })));
      const doubtful = await messageIn(bench, { key: 'in_nonsense' }, 'in_doubt');
      expect(doubtful.documentNumber).toBeNull();
      await quietEnds(bench, doubtful.id);
      await messageIn(bench, { key: 'in_nonsense' }, 'posted');
    });

    it('keeps looking while the target is away, and posts it when it is back', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'down', path: '/erp/' }]);
      await deliver(bench, event(invoice({ id: 'in_away' })));
      const doubtful = await messageIn(bench, { key: 'in_away' }, 'in_doubt');
      await quietEnds(bench, doubtful.id);
      await eventually(async () => (await newest(bench, 'erp-us-invoices', 'in_away'))?.reason?.includes('could not be looked up'));
      expect((await newest(bench, 'erp-us-invoices', 'in_away'))!.state).toBe('in_doubt');
      await noFaults(bench);
      await eventually(async () => {
        await quietEnds(bench, doubtful.id);
        return (await newest(bench, 'erp-us-invoices', 'in_away'))!.state === 'posted';
      });
      expect(inBooks(bench, 'in_away')).toHaveLength(1);
    });

    it('slows down as it is asked to, and uses up no attempt', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'throttle', retryAfterSeconds: 2, times: 2, path: '/erp/v1/invoices' }]);
      await deliver(bench, event(invoice({ id: 'in_throttle' })));
      expect(
        await eventually(async () => {
          const message = await newest(bench, 'erp-us-invoices', 'in_throttle');
          return message !== undefined && message.attempts > 0 && message.state === 'ready' && message;
        }),
      ).toMatchObject({ reason: expect.stringContaining('slow down') });
      const posted = await messageIn(bench, { key: 'in_throttle' }, 'posted');
      const { attemptsMade } = await detail(bench, posted.id);
      expect(attemptsMade.map((attempt) => attempt.outcome)).toEqual(['throttled', 'throttled', 'posted']);
      for (const [earlier, later] of [attemptsMade.slice(0, 2), attemptsMade.slice(1, 3)] as const)
        expect(Date.parse(later!.sentAt) - Date.parse(earlier!.endedAt!)).toBeGreaterThan(1_900);
      expect(await bench.sql('select failures from message where id = $1', [posted.id])).toEqual([{ failures: 0 }]);
    });

    it('waits visibly while nobody answers at all, uses up no attempt, makes no exception, and leaves when somebody does', async () => {
      const bench = on();
      const port = await freePort();
      await bench.api.call('putConnection', {
        params: { name: 'erp-us' },
        body: { connector: 'sandbox-erp', settings: { ...erpSettings(bench), baseUrl: `http://127.0.0.1:${port}` } },
      });
      let back: Sandbox | undefined;
      try {
        const keys = Array.from({ length: 12 }, (_, n) => `in_refused_${n}`);
        for (const key of keys) await deliver(bench, event(invoice({ id: key })));
        const waiting = () =>
          bench.sql<{ state: string; reason: string | null }>(
            "select state, reason from message where flow = 'erp-us-invoices' and key like 'in_refused%'",
          );
        let seen: Awaited<ReturnType<typeof waiting>> = [];
        await eventually(
          async () => {
            seen = await waiting();
            return seen.length === keys.length && seen.every(({ state, reason }) => state === 'ready' && reason?.includes('erp-us'));
          },
          { what: 'twelve messages that wait and say why' },
        ).catch((error: unknown) => {
          throw new Error(`${(error as Error).message}: ${JSON.stringify(seen)}`);
        });
        expect(
          await bench.sql(
            "select max(failures)::int as failures, count(e.id)::int as exceptions from message m left join exception e on e.message_id = m.id where m.key like 'in_refused%'",
          ),
        ).toEqual([{ failures: 0, exceptions: 0 }]);
        await eventually(async () => (await bench.api.call('getConnection', { params: { name: 'erp-us' } })).health.state === 'open');
        back = await startSandbox({ port, ...sandboxSecrets });
        await makeCustomer({ ...bench, sandbox: back });
        for (const key of keys) await messageIn(bench, { key }, 'posted');
        expect(back.books.state.documents.map((document) => document.origin).sort()).toEqual([...keys].sort());
      } finally {
        await bench.api.call('putConnection', {
          params: { name: 'erp-us' },
          body: { connector: 'sandbox-erp', settings: erpSettings(bench) },
        });
        await back?.close();
      }
    });

    it('gives up after the attempts of the flow when reads fail, as an exception of the connection', async () => {
      const bench = on();
      const { yaml } = await bench.api.call('getFlow', { params: { name: 'erp-us-invoices' } });
      const retried = yaml.replace(
        'map: erp-invoice',
        "enrich:\n  customer: { connection: erp-us, lookup: customer, by: { number: 'customer.number' } }\nretry: { attempts: 2, from: 1ms, to: 2ms }\nmap: erp-invoice",
      );
      await bench.api.call('putFlow', { params: { name: 'erp-us-invoices' }, body: { yaml: retried } });
      await faults(bench, [{ kind: 'error500', path: '/erp/v1/customers', methods: ['GET'] }]);
      await deliver(bench, event(invoice({ id: 'in_reads' })));
      const stopped = await messageIn(bench, { key: 'in_reads' }, 'exception');
      await noFaults(bench);
      expect(await bench.api.call('getException', { params: { id: stopped.exceptionId! } })).toMatchObject({
        category: 'api-failure',
        stage: 'enrich',
        remedy: expect.stringContaining('2 times'),
      });
      await bench.api.call('putFlow', { params: { name: 'erp-us-invoices' }, body: { yaml } });
    });

    it('returns a claimed message whose worker went away, and looks up one that was in flight', async () => {
      const bench = on();
      await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
      for (const key of ['in_claimed', 'in_flight']) await deliver(bench, event(invoice({ id: key })));
      const claimed = await messageIn(bench, { key: 'in_claimed' }, 'ready');
      const flying = await messageIn(bench, { key: 'in_flight' }, 'ready');
      await bench.sql(
        "update message set state = 'claimed', epoch = epoch + 1, lease_until = now() + interval '1 hour' where id = any($1)",
        [[claimed.id, flying.id]],
      );
      const key = postingKey({
        ledger: 'sandbox-erp/US',
        effect: 'create',
        sourceSystem: 'stripe/acct_bench',
        kind: 'invoice',
        sourceId: 'in_flight',
        effectNumber: 1,
      });
      const request = { effect: 'create', key, document: {}, attempt: 1 };
      await bench.sql(
        "insert into posting (id, ledger, effect, source_system, kind, source_id, external_key, connection, operation, message_id, state, sent_at, quiet_ms) values ('pst_00000000000000000000000000', 'sandbox-erp/US', 'create', 'stripe/acct_bench', 'invoice', 'in_flight', $2, 'erp-us', 'invoice', $1, 'in_flight', now() - interval '1 minute', 1000)",
        [flying.id, request.key],
      );
      await bench.sql("insert into message_body (message_id, stage, body, hash) values ($1, 'send', $2, '\\x00')", [
        flying.id,
        JSON.stringify(request),
      ]);
      await bench.sql(
        "update message set state = 'in_flight', stage = 'send', posting_id = 'pst_00000000000000000000000000' where id = $1",
        [flying.id],
      );
      await bench.sweep();
      expect([(await detail(bench, claimed.id)).state, (await detail(bench, flying.id)).state]).toEqual(['claimed', 'in_flight']); // their leases hold
      for (const { id } of [claimed, flying]) await leaseEnds(bench, id);
      await bench.sweep();
      expect((await detail(bench, claimed.id)).state).toBe('ready');
      expect((await detail(bench, flying.id)).state).toBe('in_doubt');
      await bench.api.call('resumeFlow', { params: { name: 'erp-us-invoices' } });
      await messageIn(bench, { key: 'in_claimed' }, 'posted');
      const { history } = await detail(bench, (await messageIn(bench, { key: 'in_flight' }, 'posted')).id);
      expect(history.map((move) => move.to)).toEqual(expect.arrayContaining(['in_doubt', 'posted']));
      expect(inBooks(bench, 'in_flight')).toHaveLength(1);
    });

    it('wakes a message that waits for another message of its document, when that one was refused', async () => {
      const bench = on();
      await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
      await deliver(bench, event(invoice({ id: 'in_two_ways' })));
      const { id } = await messageIn(bench, { key: 'in_two_ways' }, 'ready');
      // Another flow has the document under way.
      const { posting } = await detail(bench, (await messageIn(bench, { key: 'in_claimed' }, 'posted')).id);
      await bench.sql(
        "insert into posting select 'pst_00000000000000000000000001', ledger, effect, source_system, kind, 'in_two_ways', effect_number, 'elsewhere', connection, operation, 'msg_00000000000000000000000001', 'rejected', 1, now() from posting where id = $1",
        [posting!.id],
      );
      await bench.sql("update message set state = 'claimed', epoch = epoch + 1 where id = $1", [id]);
      await bench.sql(
        "update message set state = 'waiting', depends_on = 'elsewhere', reason = 'another message of the same document is being posted' where id = $1",
        [id],
      );
      await bench.api.call('resumeFlow', { params: { name: 'erp-us-invoices' } });
      await eventually(async () => (await detail(bench, id)).state !== 'waiting', { what: 'its end of waiting', withinMs: 12_000 });
    });

    it('sweeps up what no doorbell told of', async () => {
      const bench = on();
      await bench.api.call('pauseFlow', { params: { name: 'erp-us-invoices' } });
      await deliver(bench, event(invoice({ id: 'in_unheard' })));
      await messageIn(bench, { key: 'in_unheard' }, 'ready');
      await eventually(async () => (await bench.sql('select 1 from lane where lease_until > now()')).length === 0);
      await bench.sql("update flow set state = 'on' where name = 'erp-us-invoices'"); // nobody rings
      await messageIn(bench, { key: 'in_unheard' }, 'posted');
    });
  },
  { prepare: setUpCompany },
);

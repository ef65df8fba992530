// Flows take turns, high priority goes first, a drained flow stops by itself, and a message that ends its workers leaves the others alone.
import { expect, it, jest } from '@jest/globals';
import { onBothQueues } from './both-queues.js';
import { erpSettings, exceptionOf, faults, messageIn, noFaults, setUpCompany } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import type { Bench } from './test-bench.js';

jest.setTimeout(180_000);
const flow = 'erp-us-invoices';
const onInvoices = { path: '/erp/v1/invoices', methods: ['POST'] };
const stateOf = async (bench: Bench, name = flow) => (await bench.api.call('getFlow', { params: { name } })).state;

/** A second flow into the same target; `priority` of the first stays normal. */
async function secondFlow(bench: Bench, name: string, priority: string): Promise<void> {
  const { yaml } = await bench.api.call('getFlow', { params: { name: flow } });
  const copy = `${yaml.replace(`flow: ${flow}`, `flow: ${name}`).replace(/^when:.*\n/m, '')}\npriority: ${priority}\nwhen: 'false'\n`;
  await bench.api.call('putFlow', { params: { name }, body: { yaml: copy } });
}

/** So many messages like a posted one, as if as many documents had come; over all lanes. Nobody rings for them. */
async function documents(bench: Bench, like: string, name: string, prefix: string, count: number): Promise<void> {
  await bench.sql(
    `with made as (
       insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, source_system, correlation_id, occurred_at, canonical_id, canonical_version)
       select 'msg_' || rpad(replace($3, '-', ''), 20, 'q') || lpad(n::text, 6, '0'), $2, f.release_id, n % 8, 'of ' || $3 || n, $3 || n, m.revision, m.content_hash, m.effect, 'ready', m.source_system, m.correlation_id, m.occurred_at, m.canonical_id, m.canonical_version
       from message m, flow f, generate_series(1, $4::int) n where m.id = $1 and f.name = $2 returning id, key)
     insert into message_body (message_id, stage, body, hash) select made.id, b.stage, replace(b.body, 'NUM-in_template', 'NUM-' || made.key), b.hash from made, message_body b where b.message_id = $1 and b.stage in ('accept','delivery')`,
    [like, name, prefix, count],
  );
}
const posted = async (bench: Bench, prefix: string) =>
  (
    await bench.sql<{ key: string }>("select key from message where key like $1 and state = 'posted' order by settled_at, seq", [
      `${prefix}%`,
    ])
  ).length;
const setFlow = (bench: Bench, name: string, state: 'on' | 'paused') =>
  bench.sql('update flow set state = $2 where name = $1', [name, state]);

let template: string;
onBothQueues(
  'turns, priorities, drains and poison',
  (on) => {
    it('shows and changes the limits of a connection, and writes that down', async () => {
      const bench = on();
      const { api } = bench;
      const params = { name: 'erp-us' };
      expect((await api.call('getConnection', { params })).limits).toEqual({ concurrency: 8, perSecond: 100, perDay: null, own: [] });
      const body = { connector: 'sandbox-erp', settings: erpSettings(bench) };
      const set = await api.call('putConnection', { params, body: { ...body, limits: { concurrency: 2, perDay: 5_000 } } });
      expect(set.limits).toEqual({ concurrency: 2, perSecond: 100, perDay: 5_000, own: ['concurrency', 'perDay'] });
      expect((await api.call('putConnection', { params, body })).limits).toEqual(set.limits);
      const none = await api.problem('putConnection', { params, body: { ...body, limits: { concurrency: 0 } } });
      expect(none).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
      const [entry] = await bench.sql<{ before: object; after: object }>(
        "select before, after from audit_entry where object_id = 'erp-us' and after->'limits'->>'concurrency' = '2' order by at limit 1",
      );
      expect(entry).toMatchObject({ before: { limits: {} }, after: { limits: { concurrency: 2, perDay: 5_000 } } });
      expect((await api.call('putConnection', { params, body: { ...body, limits: { concurrency: null } } })).limits.own).toEqual([]);
    });

    it('posts the one document of another flow while eight lanes of a busy one are far from done', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_template' })));
      template = (await messageIn(bench, { key: 'in_template' }, 'posted')).id;
      await secondFlow(bench, 'erp-us-second', 'normal');
      await limit(bench, { concurrency: 1, perSecond: 1_000 });
      for (const name of [flow, 'erp-us-second']) await setFlow(bench, name, 'paused');
      await documents(bench, template, flow, 'busy-', 400);
      await documents(bench, template, 'erp-us-second', 'lonely-', 1);
      await setFlow(bench, flow, 'on');
      await bench.sweep();
      await eventually(async () => (await posted(bench, 'busy-')) > 0);
      await setFlow(bench, 'erp-us-second', 'on');
      await bench.sweep();
      const before = await posted(bench, 'busy-');
      await eventually(async () => (await posted(bench, 'lonely-')) === 1, { withinMs: 90_000 });
      const meanwhile = await bench.sql<{ n: number }>(
        "select count(*)::int as n from message m where key like 'busy-%' and state = 'posted' and settled_at < (select settled_at from message where key like 'lonely-%')",
      );
      // Eight visits of five batches of four, one that was under way, and one between the bell and the count.
      expect(meanwhile[0]!.n - before).toBeLessThanOrEqual(200);
      await setFlow(bench, flow, 'paused');
      await bench.sql("update message set state = 'superseded' where key like 'busy-%' and state = 'ready'");
      await setFlow(bench, flow, 'on');
    });

    it('gives a flow of high priority its turns whole and the others short ones, and the others go on', async () => {
      const bench = on();
      await secondFlow(bench, 'erp-us-second', 'high');
      await limit(bench, { concurrency: 1, perSecond: 1_000 });
      for (const name of [flow, 'erp-us-second']) await setFlow(bench, name, 'paused');
      await documents(bench, template, flow, 'plain-', 160);
      await documents(bench, template, 'erp-us-second', 'urgent-', 160);
      for (const name of [flow, 'erp-us-second']) await setFlow(bench, name, 'on');
      await bench.sweep();
      await eventually(async () => (await posted(bench, 'urgent-')) === 160, { withinMs: 90_000 });
      const [between] = await bench.sql<{ n: number }>(
        "select count(*)::int as n from message m where key like 'plain-%' and state = 'posted' and settled_at < (select max(settled_at) from message where key like 'urgent-%')",
      );
      expect(between!.n).toBeGreaterThan(0);
      expect(between!.n).toBeLessThan(60);
      await eventually(async () => (await posted(bench, 'plain-')) === 160, { withinMs: 90_000 });
      expect(await bench.sql("select 1 from message where key like 'plain-%' and failures > 0")).toEqual([]);
    });

    it('drains: what is in goes out, what comes later waits, and then it is paused by itself', async () => {
      const bench = on();
      await limit(bench, {});
      const params = { name: flow };
      await bench.api.call('pauseFlow', { params });
      for (const key of ['in_before_1', 'in_before_2']) await deliver(bench, event(invoice({ id: key })));
      for (const key of ['in_before_1', 'in_before_2']) await messageIn(bench, { key }, 'ready');
      await faults(bench, [{ kind: 'reset', times: 1, ...onInvoices }]); // one of them becomes a doubt, which must end too
      expect((await bench.api.call('drainFlow', { params })).state).toBe('draining');
      await deliver(bench, event(invoice({ id: 'in_after' })));
      await messageIn(bench, { key: 'in_after' }, 'ready');
      const doubtful = await eventually(
        async () => (await bench.sql<{ id: string }>("select id from message where key like 'in_before%' and state = 'in_doubt'"))[0],
      );
      await bench.sweep();
      expect(await stateOf(bench)).toBe('draining');
      await bench.sql("update message set due_at = now() where id = $1 and state = 'in_doubt'", [doubtful.id]);
      for (const key of ['in_before_1', 'in_before_2']) await messageIn(bench, { key }, 'posted');
      await eventually(async () => (await stateOf(bench)) === 'paused');
      expect((await messageIn(bench, { key: 'in_after' }, 'ready')).attempts).toBe(0);
      const acts = await bench.sql<{ action: string }>("select action from audit_entry where object_id = $1 and action like 'flow.drain%' order by at", [flow]); // prettier-ignore
      expect(acts.map(({ action }) => action)).toEqual(['flow.draining', 'flow.drained']);
      await bench.api.call('resumeFlow', { params });
      await messageIn(bench, { key: 'in_after' }, 'posted');
      await noFaults(bench);
    });

    it('counts the end of a worker, claims the message alone, and after four more makes it an exception that can be replayed', async () => {
      const bench = on();
      await setFlow(bench, flow, 'paused');
      for (const key of ['in_poison', 'in_neighbour']) await deliver(bench, event(invoice({ id: key })));
      const [poison, neighbour] = [
        await messageIn(bench, { key: 'in_poison' }, 'ready'),
        await messageIn(bench, { key: 'in_neighbour' }, 'ready'),
      ];
      const workerDies = async (ids: string[]) => {
        await bench.sql(
          "update message set state = 'claimed', epoch = epoch + 1, lease_until = now() - interval '1 second' where id = any($1)",
          [ids],
        );
        await bench.sweep();
      };
      await workerDies([poison.id, neighbour.id]);
      for (let n = 0; n < 4; n += 1) await workerDies([poison.id]);
      expect(await bench.sql('select key, crashes from message where id = any($1) order by crashes', [[poison.id, neighbour.id]])).toEqual([
        { key: 'in_neighbour', crashes: 1 },
        { key: 'in_poison', crashes: 5 },
      ]);
      await setFlow(bench, flow, 'on');
      await bench.sweep();
      await messageIn(bench, { key: 'in_neighbour' }, 'posted');
      const exception = await exceptionOf(bench, { key: 'in_poison' });
      expect(exception).toMatchObject({ code: 'POISON', category: 'transformation', cause: expect.stringContaining('5 times') });
      expect(exception.remedy).toContain('replay');
      await bench.api.call('startReplay', { body: { messages: [poison.id] } });
      await messageIn(bench, { key: 'in_poison' }, 'posted');
    });

    it('counts nothing when a process is stopped in good order', async () => {
      const bench = on();
      await deliver(bench, event(invoice({ id: 'in_stopped' })));
      await bench.restart();
      await messageIn(bench, { key: 'in_stopped' }, 'posted');
      expect(await bench.sql("select key from message where crashes > 0 and key = 'in_stopped'")).toEqual([]);
    });
  },
  { prepare: setUpCompany, settings: { workers: 2 } },
);

const limit = (bench: Bench, limits: { concurrency?: number; perSecond?: number }) =>
  bench.api.call('putConnection', {
    params: { name: 'erp-us' },
    body: { connector: 'sandbox-erp', settings: erpSettings(bench), limits },
  });

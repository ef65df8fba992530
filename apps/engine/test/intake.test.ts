// What comes in: refused at the door and counted, or stored and never lost; one bad record stops nobody else.
import { expect, it, jest } from '@jest/globals';
import { InboxStore } from '../src/intake/inbox.store.js';
import { Unpacker } from '../src/intake/index.js';
import { Database } from '../src/platform/database/index.js';
import { onBothQueues } from './both-queues.js';
import { erp, exceptionOf, faults, inBooks, messageIn, newest, noFaults, setUpCompany, stripeSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice, postHook, signature } from './stripe-events.js';
import { problemIn } from './api-caller.js';
import { sandboxSecrets, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const stored = async (bench: Bench) => (await bench.sql<{ n: number }>('select count(*)::int as n from inbox'))[0]!.n;
const refusals = async (bench: Bench, connection: string, code: string) =>
  (
    await bench.sql<{ n: number }>('select coalesce(sum(count), 0)::int as n from hook_refusal where connection = $1 and code = $2', [
      connection,
      code,
    ])
  )[0]!.n;

/** What stands at the door of the webhooks and is refused: the body, its header, the answer. */
const refused: [string, () => { body: string; connection?: string; header?: string | null }, number, string][] = [
  ['a malformed body, signed', () => ({ body: '{"id":"evt_x",' }), 400, 'BODY_NOT_JSON'],
  ['a body nested too deep, signed', () => ({ body: `{"id":"evt_deep","a":${'['.repeat(70)}${']'.repeat(70)}}` }), 400, 'BODY_TOO_DEEP'],
  ['a key that reaches a prototype, signed', () => ({ body: '{"id":"evt_proto","__proto__":{}}' }), 400, 'BODY_KEY_REFUSED'],
  ['a body larger than 256 kB', () => ({ body: JSON.stringify({ id: 'evt_big', pad: 'x'.repeat(256 * 1024) }) }), 413, 'BODY_TOO_LARGE'],
  ['a wrong signature', () => ({ body: '{"id":"evt_forged"}', header: signature('{"id":"evt_other"}') }), 401, 'HOOK_SIGNATURE'],
  [
    'an old signature',
    () => ({ body: '{"id":"evt_old"}', header: signature('{"id":"evt_old"}', { at: Math.floor(Date.now() / 1000) - 301 }) }),
    401,
    'HOOK_SIGNATURE',
  ],
  ['no signature', () => ({ body: '{"id":"evt_bare"}', header: null }), 401, 'HOOK_SIGNATURE'],
  [
    'a signature with an empty secret',
    () => ({ body: '{"id":"evt_empty"}', connection: 'stripe-unsigned', header: signature('{"id":"evt_empty"}', { secret: '' }) }),
    401,
    'HOOK_SIGNATURE',
  ],
];

onBothQueues(
  'intake',
  (on) => {
    it.each(refused)('refuses %s, stores nothing and counts it', async (_, make, status, code) => {
      const bench = on();
      const { api, ...settings } = { api: bench.api, ...stripeSettings(bench, 'acct_unsigned') };
      const { webhookSecret: __, ...unsigned } = settings;
      await api.call('putConnection', { params: { name: 'stripe-unsigned' }, body: { connector: 'stripe', settings: unsigned } });
      const { body, ...options } = make();
      const connection = options.connection ?? 'stripe';
      const [before, counted] = [await stored(bench), await refusals(bench, connection, code)];
      expect(await problemIn(await postHook(bench, body, options))).toMatchObject({ status, code });
      expect(await stored(bench)).toBe(before);
      expect(await eventually(async () => (await refusals(bench, connection, code)) > counted && refusals(bench, connection, code))).toBe(
        counted + 1,
      );
    });

    it('gives the text of a vendor that asks the address first back as plain text, and stores nothing', async () => {
      const bench = on();
      const guid = '11111111-2222-3333-4444-555555555555';
      const settings = {
        tenantId: 'contoso',
        environment: 'Production',
        companyId: guid,
        clientId: guid,
        clientSecret: 'a',
        clientState: 'a-state',
      };
      await bench.api.call('putConnection', { params: { name: 'bc' }, body: { connector: 'business-central', settings } });
      const ask = (connection: string, token: string) =>
        fetch(`${bench.api.url}/v1/hooks/${connection}?validationToken=${encodeURIComponent(token)}`, { method: 'POST', body: '' });
      const before = await stored(bench);
      const answer = await ask('bc', '5f3c2b1a-0c4e.token~1');
      expect([
        answer.status,
        answer.headers.get('content-type'),
        answer.headers.get('x-content-type-options'),
        await answer.text(),
      ]).toEqual([200, 'text/plain; charset=utf-8', 'nosniff', '5f3c2b1a-0c4e.token~1']);
      for (const [connection, token] of [
        ['bc', '<script>alert(1)</script>'],
        ['stripe', 'token'],
      ] as const) {
        const refusal = await ask(connection, token);
        expect(refusal.headers.get('content-type')).toContain('json');
        expect(await problemIn(refusal)).toMatchObject({ status: 401, code: 'HOOK_SIGNATURE' });
      }
      expect(await stored(bench)).toBe(before);
    });

    it('does not know webhooks of what is not there, and of what takes none', async () => {
      const bench = on();
      for (const connection of ['nobody', 'erp-us'])
        expect(await problemIn(await postHook(bench, '{}', { connection }))).toMatchObject({ status: 404, code: 'HOOK_UNKNOWN' });
    });

    it('keeps a record that does not fit its schema, and shows where', async () => {
      const bench = on();
      const { customer: _, ...record } = invoice({ id: 'in_schema' });
      await deliver(bench, event(record));
      const exception = await exceptionOf(bench, { flow: 'stripe-invoices', key: 'in_schema' });
      expect(exception).toMatchObject({
        category: 'transformation',
        code: 'RECORD_INVALID',
        stage: 'accept',
        cause: expect.stringContaining('customer'),
        fix: { kind: 'source' },
      });
      const { stages } = await bench.api.call('getMessage', { params: { id: exception.messageId } });
      expect(stages.accept.payload).toEqual(record);
      const wrongType = invoice({ id: 'in_type' });
      await deliver(bench, event({ ...wrongType, total: 'one hundred' }));
      expect(await exceptionOf(bench, { flow: 'stripe-invoices', key: 'in_type' })).toMatchObject({
        code: 'RECORD_INVALID',
        path: '/total',
      });
    });

    it.each([
      ['loops', '($f := function($n) { $f($n) }; $f(1))'],
      ['floods', '$map([1..99999], function($n) { $pad("", 100, "x") })'],
      ['crashes its process', '$pad("x", 500000000)'],
    ])('isolates a mapping that %s on one record; its neighbours are posted', async (name, poison) => {
      const bench = on();
      const word = name.split(' ')[0]!;
      const { source } = await bench.api.call('getMapping', { params: { name: 'stripe-invoice' } });
      await bench.api.call('putMapping', {
        params: { name: 'stripe-invoice' },
        body: { source: `$contains(id, "poison_${word}") ? ${poison} : ${source}` },
      });
      try {
        const ids = [`in_before_${word}`, `in_poison_${word}`, `in_after_${word}`];
        for (const id of ids) await deliver(bench, event(invoice({ id })));
        const exception = await exceptionOf(bench, { flow: 'stripe-invoices', key: `in_poison_${word}` });
        expect(exception).toMatchObject({
          category: 'transformation',
          stage: 'map',
          fix: { kind: 'mapping', mapping: 'stripe-invoice' },
          code: expect.stringMatching(/^(MAPPING_|D)/),
        });
        for (const id of [ids[0]!, ids[2]!]) await messageIn(bench, { key: id }, 'posted');
      } finally {
        await bench.api.call('putMapping', { params: { name: 'stripe-invoice' }, body: { source } });
      }
    });

    it('keeps what comes in while a flow is paused, and goes on when it is resumed', async () => {
      const bench = on();
      expect(await bench.api.call('pauseFlow', { params: { name: 'stripe-invoices' } })).toMatchObject({ state: 'paused' });
      await deliver(bench, event(invoice({ id: 'in_paused' })));
      await messageIn(bench, { flow: 'stripe-invoices', key: 'in_paused' }, 'ready');
      await bench.sweep();
      expect((await newest(bench, 'stripe-invoices', 'in_paused'))!.state).toBe('ready');
      await bench.api.call('resumeFlow', { params: { name: 'stripe-invoices' } });
      await messageIn(bench, { key: 'in_paused' }, 'posted');
    });

    it('takes webhooks and calls nobody while a connection is paused, says so, and goes on when it is resumed', async () => {
      const bench = on();
      await bench.api.call('pauseConnection', { params: { name: 'erp-us' } });
      await deliver(bench, event(invoice({ id: 'in_rest' })));
      await eventually(async () => (await newest(bench, 'erp-us-invoices', 'in_rest'))?.reason?.includes('paused'));
      expect(await newest(bench, 'erp-us-invoices', 'in_rest')).toMatchObject({ state: 'ready', attempts: 0 });
      await bench.api.call('resumeConnection', { params: { name: 'erp-us' } });
      await messageIn(bench, { key: 'in_rest' }, 'posted');
    });

    it('repairs a missed webhook by a poll, and a webhook after the poll is the same delivery', async () => {
      const bench = on();
      const { billing } = bench.sandbox;
      await fetch(`${bench.sandbox.url}/v1/customers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: 'name=Polled&email=a@b.example&address[country]=US',
      });
      const post = async (path: string, form = '') =>
        (await (
          await fetch(`${bench.sandbox.url}/v1${path}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${sandboxSecrets.billingKey}`, 'content-type': 'application/x-www-form-urlencoded' },
            body: form,
          })
        ).json()) as { id: string };
      const customer = billing.state.customers.at(-1)!.id;
      await erp(bench, 'PUT', `/customers/${customer}`, { entity: 'US', name: 'Polled' });
      await post('/invoiceitems', `customer=${customer}&amount=4200&currency=usd&description=Help`);
      const { id } = await post('/invoices', `customer=${customer}&collection_method=send_invoice&days_until_due=30`);
      await post(`/invoices/${id}/finalize`);
      const run = await bench.api.call('startRun', { params: { name: 'stripe-invoices' }, body: { kind: 'poll' } });
      const ended = await eventually(async () => {
        const now = await bench.api.call('getRun', { params: { id: run.id } });
        return now.state !== 'running' && now;
      });
      expect(ended).toMatchObject({ state: 'succeeded', error: null });
      expect(ended.added).toBeGreaterThan(0);
      await messageIn(bench, { key: id }, 'posted');
      const told = billing.state.events.find((one) => one.type === 'invoice.finalized' && (one.data.object as { id: string }).id === id)!;
      expect(await deliver(bench, told as never)).toMatchObject({ duplicate: true });
      expect(inBooks(bench, id).map((document) => document.total)).toEqual(['42.00']);
    });

    it('fills a flow that came later: from the hub, and from the source', async () => {
      const bench = on();
      const { yaml } = await bench.api.call('getFlow', { params: { name: 'erp-us-invoices' } });
      await bench.api.call('putConnection', {
        params: { name: 'erp-later' },
        body: { connector: 'sandbox-erp', settings: { baseUrl: bench.sandbox.url, token: sandboxSecrets.erpToken, entity: 'DE' } },
      });
      await erp(bench, 'PUT', '/customers/CUST-1001', { entity: 'DE', name: 'Globex' });
      await bench.api.call('putFlow', {
        params: { name: 'later-invoices' },
        body: {
          yaml: yaml.replace('flow: erp-us-invoices', 'flow: later-invoices').replace('connection: erp-us', 'connection: erp-later'),
        },
      });
      const { count } = await bench.api.call('listCanonical', { params: { type: 'invoice' }, query: { count: true } });
      const over = async (days: { since?: string; until?: string }) => {
        const { id } = await bench.api.call('startRun', { params: { name: 'later-invoices' }, body: { kind: 'backfill', ...days } });
        await eventually(async () => (await bench.api.call('getRun', { params: { id } })).state === 'succeeded');
        return bench.api.call('getRun', { params: { id } });
      };
      // Days on which nothing of the hub occurred bring nothing of it; a later run says which it was asked for.
      expect(await over({ since: '2019-01-01', until: '2019-12-31' })).toMatchObject({ read: 0, added: 0, since: '2019-01-01', until: '2019-12-31' }); // prettier-ignore
      expect(await over({ since: '2099-01-01' })).toMatchObject({ read: 0, added: 0, until: null });
      for (const [body, path] of [
        [{ kind: 'backfill', since: '2026-11-20', until: '2026-11-10' }, '/until'],
        [{ kind: 'poll', since: '2026-11-20' }, '/since'],
      ] as const) {
        const params = { name: body.kind === 'poll' ? 'stripe-invoices' : 'later-invoices' };
        expect(await bench.api.problem('startRun', { params, body })).toMatchObject({ status: 400, code: 'REQUEST_INVALID', path });
      }
      const run = await bench.api.call('startRun', { params: { name: 'later-invoices' }, body: { kind: 'backfill' } });
      await eventually(async () => (await bench.api.call('getRun', { params: { id: run.id } })).state === 'succeeded');
      expect(await bench.api.call('getRun', { params: { id: run.id } })).toMatchObject({ read: count, added: count });
      await messageIn(bench, { flow: 'later-invoices', key: 'in_paused' }, 'posted');
      expect(
        inBooks(bench, 'in_paused')
          .map((document) => document.entity)
          .sort(),
      ).toEqual(['DE', 'US']);
      const again = await bench.api.call('startRun', { params: { name: 'later-invoices' }, body: { kind: 'backfill' } });
      await eventually(async () => (await bench.api.call('getRun', { params: { id: again.id } })).state === 'succeeded');
      expect((await bench.api.call('getRun', { params: { id: again.id } })).added).toBe(0);

      const inbound = await bench.api.call('getFlow', { params: { name: 'stripe-invoices' } });
      await bench.api.call('putFlow', {
        params: { name: 'stripe-again' },
        body: { yaml: inbound.yaml.replace('flow: stripe-invoices', 'flow: stripe-again') },
      });
      const days = await bench.api.call('startRun', {
        params: { name: 'stripe-again' },
        body: { kind: 'backfill', since: '2026-01-01', until: '2030-01-01' },
      });
      await eventually(async () => (await bench.api.call('getRun', { params: { id: days.id } })).state === 'succeeded');
      expect((await bench.api.call('getRun', { params: { id: days.id } })).added).toBeGreaterThan(0);
      expect(await bench.api.problem('startRun', { params: { name: 'later-invoices' }, body: { kind: 'poll' } })).toMatchObject({
        status: 422,
        code: 'RUN_NOT_POSSIBLE',
      });
    });

    it('tells a poll that failed, and polls again later', async () => {
      const bench = on();
      await faults(bench, [{ kind: 'down', path: '/billing/v1' }]);
      const run = await bench.api.call('startRun', { params: { name: 'stripe-invoices' }, body: { kind: 'poll' } });
      expect(
        await eventually(async () => {
          const now = await bench.api.call('getRun', { params: { id: run.id } });
          return now.state !== 'running' && now;
        }),
      ).toMatchObject({ state: 'failed', error: expect.any(String) });
      await noFaults(bench);
    });

    it('reads a delivery that was put off when it is due, and not before; each time it waits twice as long, a minute at most', async () => {
      const bench = on();
      const body = JSON.stringify(event(invoice({ id: 'in_late' })));
      await bench.sql(
        "insert into inbox (id, connection, delivery_id, via, raw, due_at) values ('inb_late', 'stripe', 'late', 'webhook', convert_to($1, 'UTF8'), now() + interval '1 hour')",
        [body],
      );
      const state = async () => (await bench.sql<{ state: string }>("select state from inbox where id = 'inb_late'"))[0]!.state;
      const read = () => bench.engine.app.get(Unpacker).unpackNew();
      await read();
      expect(await state()).toBe('new');
      const db = bench.engine.app.get(Database);
      const waits: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        await db.transaction((tx) => bench.engine.app.get(InboxStore).putOff(tx, ['inb_late']));
        const [row] = await bench.sql<{ s: number }>(
          "select extract(epoch from due_at - now())::float8 as s from inbox where id = 'inb_late'",
        );
        waits.push(Math.round(row!.s));
      }
      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
      await bench.sql("update inbox set due_at = now() - interval '1 second' where id = 'inb_late'");
      await eventually(async () => (await read(), (await state()) === 'done'));
      await messageIn(bench, { key: 'in_late' }, 'posted');
    });
  },
  { prepare: setUpCompany },
);

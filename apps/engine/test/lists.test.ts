// What lists are narrowed by: values counted under the other filters, each as many as the list then has; and a piece of JSON that recorded payloads are searched for, within what a person may open.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { money } from '@waybill/sdk';
import { exceptionFields } from '../src/exceptions/fields.js';
import { runFields } from '../src/intake/run-fields.js';
import { MessageFacets } from '../src/pipeline/index.js';
import { messageFields } from '../src/pipeline/facets/facets.js';
import { pieceOf } from '../src/pipeline/payload-search/payload-search.js';
import { PayloadSearch, type StepLimits } from '../src/pipeline/payload-search/payload-search.store.js';
import { everything } from '../src/platform/database/index.js';
import { exceptionOf, makeCustomer, messageIn, setUpCompany } from './demo-company.js';
import { person, type Person } from './people.js';
import { deliver, event, invoice } from './stripe-events.js';
import { openBench, type Bench } from './test-bench.js';

jest.setTimeout(300_000);
const flow = 'erp-us-invoices';
/** Messages that are there as if they had come in, one a minute; each has a record of its own. */
const many = 60;
const idOf = (n: number) => `msg_${`s${n}`.padStart(26, '0')}`;

describe('lists', () => {
  let bench: Bench;
  let ada: Person;
  let german: Person;
  beforeAll(async () => {
    bench = await openBench();
    await setUpCompany(bench);
    ada = await person(bench, { roles: ['finance-operator'], name: 'Ada' });
    german = await person(bench, { roles: ['viewer'], legalEntities: ['DE'] });
    await deliver(bench, event(invoice({ id: 'in_one' })));
    await messageIn(bench, { key: 'in_one' }, 'posted');
    await makeCustomer(bench, { number: 'cus_stopped', active: false });
    await deliver(bench, event(invoice({ id: 'in_stopped', customer: 'cus_stopped' })));
    await exceptionOf(bench, { key: 'in_stopped' });
    // A message travels under a release of its own flow.
    await bench.sql("insert into release (id, flow, version, yaml, definition, mapping_name, mapping_version, hash, created_by) select 'rel_of_de', 'erp-de-invoices', 1, yaml, definition, mapping_name, mapping_version, hash, created_by from release where flow = $1", [flow]); // prettier-ignore
    await bench.sql(
      `with one as (select * from message where flow = $1 and key = 'in_one'),
       made as (insert into message (id, flow, release_id, lane, ordering_key, key, revision, content_hash, effect, state, stage, source_system, correlation_id, occurred_at, received_at, title, customer, legal_entity, amount, currency)
         select 'msg_' || lpad('s' || n, 26, '0'), case when n % 4 = 0 then 'erp-de-invoices' else flow end, case when n % 4 = 0 then 'rel_of_de' else release_id end, n % 8, 'seeded ' || n, 'in_seeded_' || n, '1', content_hash, effect,
           (array['posted','skipped','held','posted'])[1 + n % 4], 'send', source_system, 'cor_' || n, occurred_at, now() - n * interval '1 minute', 'SEED-' || n, 'Customer ' || n % 3,
           case when n % 4 = 0 then 'DE' when n % 7 = 0 then null else 'US' end, case when n % 5 > 0 then n end, case when n % 5 > 0 then (array['USD','EUR'])[1 + n % 2] end
         from one, generate_series(1, $2::int) n returning id, key)
       insert into message_body (message_id, stage, body, hash)
       select made.id, s.stage, replace(replace(s.body, '@', n::text), '#', (n % 3)::text), sha256(made.id::bytea) from made, lateral (select substr(made.key, 11)::int as n) i,
         (values ('accept', '{"customer": "C-#", "lines": [{"sku": "A"}, {"sku": "B", "n": @}], "total": 12345678901234567890.10}'), ('map', '{"debitor": "C-#"}'), ('delivery', '{"hidden": true}')) as s(stage, body)`,
      [flow, many],
    );
  });
  afterAll(() => bench?.stop());

  describe('facets', () => {
    const filters = [
      {},
      { flow },
      { state: 'held,exception' },
      { currency: 'EUR', legalEntity: 'US' },
      { q: 'SEED-1', age: '0-1' },
      { unposted: true },
      { flow: '-erp-de-invoices', state: '-posted', amount: '>=10' },
      { age: '<=40m', currency: '-EUR,-none', legalEntity: '-DE' },
    ] as const;

    it.each(filters.map((filter) => [filter]))('of messages have for each value as many as the list then has: %j', async (filter) => {
      for (const field of messageFields) {
        const { [field as never]: _, ...others } = filter;
        const { items, more, atLeast } = await ada.call('getMessageFacet', { query: { field, ...filter } });
        expect([more, atLeast]).toEqual([false, false]);
        const counts = await Promise.all(
          items.map(async ({ value }) => (await ada.call('listMessages', { query: { ...others, [field]: value, count: true, limit: 1 } })).count),
        );
        expect(items.map(({ count }) => count)).toEqual(counts);
        expect(counts).toEqual(counts.toSorted((a, b) => b! - a!));
        const [all] = [(await ada.call('listMessages', { query: { ...others, count: true, limit: 1 } })).count!];
        const sum = items.reduce((total, { count }) => total + count, 0);
        // A document without a legal entity has no value that a filter could ask for.
        if (field !== 'legalEntity') expect([field, sum]).toEqual([field, all]);
      }
    }); // prettier-ignore

    it('of what is not, and what is, are all there is, also where a message has no value', async () => {
      const count = async (query: object) => (await ada.call('listMessages', { query: { ...query, count: true, limit: 1 } })).count!;
      const all = await count({});
      const release = (await ada.call('getMessageFacet', { query: { field: 'release', flow } })).items[0]!.value;
      expect(release).toMatch(/^[a-z-]+@\d+$/);
      for (const [field, value] of [['flow', flow], ['state', 'posted'], ['legalEntity', 'US'], ['currency', 'EUR'], ['currency', 'none'], ['release', release]] as const) {
        const [is, not] = [await count({ [field]: value }), await count({ [field]: `-${value}` })];
        expect([field, value, is > 0, not > 0, is + not]).toEqual([field, value, true, true, all]);
      }
      expect(await count({ currency: '-EUR,-USD' })).toBe(await count({ currency: 'none' }));
      expect(await count({ state: '-posted,-skipped', q: 'SEED-' })).toBe(await count({ state: 'held', q: 'SEED-' }));
      const { items } = await ada.call('listMessages', { query: { flow: `-${flow}`, legalEntity: '-US' } });
      expect(new Set(items.map((item) => item.flow))).not.toContain(flow);
    }); // prettier-ignore

    it('of how much are compared as numbers to the last digit, in the currency of each unless one is asked for', async () => {
      const seeded = async (query: object) => (await ada.call('listMessages', { query: { q: 'SEED-', limit: 200, ...query } })).items.map(({ title }) => Number(title!.slice('SEED-'.length)));
      const withAmount = Array.from({ length: many }, (_, at) => at + 1).filter((n) => n % 5 > 0);
      // As text 9 is more than 10.
      expect(await seeded({ amount: '9..11.0' })).toEqual([9, 11]);
      expect(await seeded({ amount: '>57' })).toEqual([58, 59]);
      expect(await seeded({ amount: '>57.9999999999', currency: 'EUR' })).toEqual(withAmount.filter((n) => n > 57 && n % 2 === 1));
      expect(await seeded({ amount: '<=3' })).toEqual([1, 2, 3]);
      expect(await seeded({ amount: '7.00' })).toEqual([7]);
      expect(await seeded({ amount: '56.5..58' })).toEqual([57, 58]);
      expect(await seeded({ amount: '<3.5' })).toEqual([1, 2, 3]);
      expect(await seeded({ amount: '-0.5..1.5' })).toEqual(withAmount.filter((n) => n <= 1));
      // Beyond what a bigint holds.
      expect(await seeded({ amount: '<99999999999999999999' })).toEqual(withAmount);
      expect(await seeded({ amount: '>99999999999999999999' })).toEqual([]);
      expect(await seeded({ amount: '>-1' })).toEqual(withAmount);
    }); // prettier-ignore

    it('of an age are of when it was received', async () => {
      const seeded = async (age: string) => (await ada.call('listMessages', { query: { q: 'SEED-', age, count: true, limit: 1 } })).count;
      expect([await seeded('<10m'), await seeded('>=10m'), await seeded('10m..20m'), await seeded('>1d')]).toEqual([9, many - 9, 10, 0]);
    });

    it('refuse what they do not understand, and say what they would', async () => {
      for (const [path, value, detail] of [
        ['age', '>yesterday', '>yesterday is no age.'],
        ['amount', '>abc', '>abc is no amount.'],
        ['release', '-3', '3 is no release.'],
        ['state', '-odd', 'There is no state odd.'],
        ['flow', 'a,-b', 'flow is both one value and others that it is not.'],
      ] as const) {
        const refusal = { status: 400, code: 'REQUEST_INVALID', path: `/${path}`, detail, remedy: expect.any(String) };
        expect(await ada.problem('listMessages', { query: { [path]: value } })).toMatchObject(refusal);
        expect(await ada.problem('getMessageFacet', { query: { field: 'flow', ...(path === 'flow' ? { field: 'state' as const } : {}), [path]: value } })).toMatchObject(refusal);
        expect(await ada.problem('searchPayloads', { body: { payload: '{"a": 1}', [path]: value } })).toMatchObject(refusal);
      }
      expect(await ada.problem('listExceptions', { query: { category: '-odd' } })).toMatchObject({ status: 400, path: '/category' });
      expect(await ada.problem('listRuns', { query: { age: 'soon' } })).toMatchObject({ status: 400, path: '/age' });
    }); // prettier-ignore

    it('of exceptions do too', async () => {
      for (const filter of [{}, { flow }, { q: 'in_stopped' }, { state: 'all', owner: 'nobody' }, { flow: '-nowhere', owner: '-me', amount: '>0', age: '<1d', state: '-resolved' }] as const)
        for (const field of exceptionFields) {
          const { items } = await ada.call('getExceptionFacet', { query: { field, ...filter } });
          expect([field, items.length]).toEqual([field, 1]);
          for (const { value, count } of items)
            expect([field, count]).toEqual([field, (await ada.call('listExceptions', { query: { ...filter, [field]: value, count: true, limit: 1 } })).count]);
        }
    }); // prettier-ignore

    it('are of what a person sees', async () => {
      const { items } = await german.call('getMessageFacet', { query: { field: 'legalEntity' } });
      expect(items).toEqual([{ value: 'DE', count: many / 4 }]);
      expect((await german.call('getMessageFacet', { query: { field: 'flow' } })).items).toEqual([{ value: 'erp-de-invoices', count: many / 4 }]);
      expect((await german.call('getExceptionFacet', { query: { field: 'category' } })).items).toEqual([]);
    }); // prettier-ignore

    it('are found by letters, and refuse a field that no filter has', async () => {
      expect((await ada.call('getMessageFacet', { query: { field: 'flow', find: 'DE-' } })).items).toEqual([{ value: 'erp-de-invoices', count: many / 4 }]);
      expect(await ada.problem('getMessageFacet', { query: { field: 'payload' as never } })).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    }); // prettier-ignore

    it('are at least so many where there are more rows than are counted: the newest of what one index finds', async () => {
      const facets = bench.engine.app.get(MessageFacets);
      const few = await facets.count('state', { flow: 'erp-de-invoices', currency: 'EUR' }, everything, 4);
      // The newest five of the flow, of which none but the filter's own count: 4, 8, 12, 16, 20 are even, and 20 has no amount.
      expect(few).toEqual({ values: [], atLeast: true, asOf: expect.any(String) });
      const dollars = await facets.count('state', { flow: 'erp-de-invoices', currency: 'USD' }, everything, 4);
      expect(dollars).toEqual({ values: [{ value: 'posted', count: 4 }], atLeast: true, asOf: expect.any(String) });
      expect(await facets.count('flow', { state: 'held' }, everything, 1)).toMatchObject({ values: [{ value: flow, count: 2 }], atLeast: true });
    }); // prettier-ignore

    it('are kept for a short while, and say as of when', async () => {
      const ask = () => ada.call('getMessageFacet', { query: { field: 'state', q: 'SEED-2' } });
      const before = await ask();
      await bench.sql("update message set title = 'OTHER' where id = $1", [idOf(2)]);
      try {
        expect(await ask()).toEqual(before);
        expect(Date.parse(before.asOf)).toBeGreaterThan(Date.now() - 60_000);
      } finally {
        await bench.sql("update message set title = 'SEED-2' where id = $1", [idOf(2)]);
      }
    });
  });

  describe('runs', () => {
    it('have the state that is shown, and know whether their messages were sent again; both are filters that are counted', async () => {
      await bench.sql("insert into run (id, kind, flow, state, started_by, ended_at) values ($1, 'poll', 'one', 'succeeded', 'test', now()), ($2, 'poll', 'two', 'failed', 'test', now())", [
        'run_00000000000000000000000001',
        'run_00000000000000000000000002',
      ]);
      const stopped = await exceptionOf(bench, { key: 'in_stopped' });
      await bench.sql('update message set run_id = $2 where id = $1', [stopped.messageId, 'run_00000000000000000000000001']);
      const { runId } = await ada.call('startReplay', { body: { messages: [stopped.messageId], reason: 'it is tried' } });
      await exceptionOf(bench, { key: 'in_stopped' });
      const ids = async (query: object) => (await ada.call('listRuns', { query })).items.map(({ id }) => id);
      expect(await ids({ replayed: true })).toEqual(['run_00000000000000000000000001']);
      expect(await ids({ kind: 'replay', state: 'running' })).toEqual([]);
      expect(await ids({ kind: 'replay', state: 'succeeded' })).toEqual([runId]);
      // A run without a flow is of none that is left out.
      expect(await ids({ kind: '-poll', flow: '-one', age: '<1d' })).toContain(runId);
      expect(await ids({ state: '-succeeded' })).toEqual(['run_00000000000000000000000002']);
      expect(await ids({ age: '>1h' })).toEqual([]);
      expect(await ada.call('getRun', { params: { id: runId } })).toMatchObject({ state: 'succeeded', replayed: false });
      for (const field of runFields)
        for (const filter of [{}, { kind: 'poll' }, { replayed: false }, { kind: '-replay', flow: '-two', age: '<1d' }] as const) {
          const { items } = await ada.call('getRunFacet', { query: { field, ...filter } });
          expect([field, items.length > 0]).toEqual([field, true]);
          for (const { value, count } of items)
            expect([field, value, count]).toEqual([field, value, (await ada.call('listRuns', { query: { ...filter, [field]: value, count: true, limit: 1 } })).count]);
        }
    });
  }); // prettier-ignore

  describe('a search of payloads', () => {
    const search = (who: Person, payload: string, more: object = {}) =>
      who.call('searchPayloads', { body: { payload, q: 'SEED-', ...more } });
    const numbers = (answer: { items: { key: string }[] }) => answer.items.map(({ key }) => Number(key.slice('in_seeded_'.length)));
    const all = Array.from({ length: many }, (_, at) => at + 1);

    it('finds what contains the piece, newest first, whatever else is there and in whatever order', async () => {
      const found = await search(ada, '{"lines": [{"sku": "B"}, {"sku": "A"}], "customer": "C-1"}');
      expect(found).toMatchObject({ next: null, looked: many, of: many, ofMore: false, unreadable: 0 });
      expect(numbers(found)).toEqual(all.filter((n) => n % 3 === 1));
      expect(numbers(await search(ada, '{"lines": [{"n": 7}]}'))).toEqual([7]);
      expect(numbers(await search(ada, '{"lines": [{"sku": "A", "n": 7}]}'))).toEqual([]);
    });

    it('compares numbers to the last digit', async () => {
      expect((await search(ada, '{"total": 12345678901234567890.1}')).items).toHaveLength(50);
      expect((await search(ada, '{"total": 12345678901234567890.11}')).items).toEqual([]);
    });

    it('reads the payload of every stage or of one, as it is shown; what is no payload of a stage is not read', async () => {
      expect(numbers(await search(ada, '{"debitor": "C-2"}'))).toEqual(all.filter((n) => n % 3 === 2));
      expect(numbers(await search(ada, '{"debitor": "C-2"}', { stage: 'accept' }))).toEqual([]);
      expect(numbers(await search(ada, '{"hidden": true}'))).toEqual([]);
      // A corrected record stands behind the one that came in.
      await bench.sql(`insert into message_body (message_id, stage, body, hash) values ($1, 'accept', '{"customer": "C-9"}', '')`, [idOf(1)]);
      expect(numbers(await search(ada, '{"customer": "C-9"}'))).toEqual([1]);
      expect(numbers(await search(ada, '{"customer": "C-1"}'))).toEqual(all.filter((n) => n % 3 === 1 && n !== 1));
    }); // prettier-ignore

    it('is not ended by a payload that the database does not read, and says that there is one', async () => {
      for (const odd of ['{"customer": "\\u0000"}', '{"customer": 1e999999}', 'no JSON'])
        await bench.sql("insert into message_body (message_id, stage, body, hash) values ($1, 'accept', $2, '')", [idOf(2), odd]);
      const found = await search(ada, '{"customer": "C-0"}');
      expect([found.unreadable, numbers(found).length]).toEqual([1, many / 3]);
    });

    it('finds nothing in what was erased, and nothing outside of its time: the last day unless told', async () => {
      await bench.sql("update message set erasure = 'era_1' where id = $1", [idOf(3)]);
      await bench.sql("update message set received_at = now() - interval '26 hours' where id = $1", [idOf(6)]);
      const lastDay = await search(ada, '{"customer": "C-0"}');
      expect(numbers(lastDay)).toEqual(all.filter((n) => n % 3 === 0 && n !== 3 && n !== 6));
      expect(Date.parse(lastDay.to) - Date.parse(lastDay.from)).toBe(24 * 3_600_000);
      const from = new Date(Date.now() - 30 * 3_600_000).toISOString();
      const to = new Date(Date.now() - 25 * 3_600_000).toISOString();
      expect(await search(ada, '{"customer": "C-0"}', { from, to })).toMatchObject({ looked: 1, of: 1, from, to, items: [{ id: idOf(6) }] });
    }); // prettier-ignore

    it('finds what a person may open, and no more', async () => {
      const found = await search(german, '{"customer": "C-0"}');
      expect(numbers(found)).toEqual(all.filter((n) => n % 12 === 0));
      expect(found.of).toBe(many / 4);
    });

    it('goes on in steps to its end, each with an end of its own', async () => {
      const store = bench.engine.app.get(PayloadSearch);
      const steps = async (limits: StepLimits) => {
        const told: { found: number[]; looked: number; of: number; ofMore: boolean }[] = [];
        for (let cursor: string | undefined; ; ) {
          const step = await store.step(pieceOf('{"debitor": "C-2"}'), { q: 'SEED-', cursor }, everything, limits);
          told.push({ found: numbers(step), looked: step.looked, of: step.of, ofMore: step.ofMore });
          if (step.next === null) return told;
          cursor = step.next;
        }
      };
      const whole = await steps({ candidates: 1_000, messages: 25, found: 50, batch: 10 });
      expect(whole.map(({ looked }) => looked)).toEqual([25, 50, many - 2]);
      expect(whole.flatMap(({ found }) => found)).toEqual(all.filter((n) => n % 3 === 2));
      // It stops where enough is found, and loses nothing behind it.
      const byTwo = await steps({ candidates: 1_000, messages: 1_000, found: 2, batch: 10 });
      expect(byTwo.flatMap(({ found }) => found)).toEqual(all.filter((n) => n % 3 === 2));
      expect(Math.max(...byTwo.map(({ found }) => found.length))).toBe(2);
      const short = await steps({ candidates: 20, messages: 15, found: 50, batch: 10 });
      expect(short.map(({ looked, of, ofMore }) => [looked, of, ofMore])).toEqual([[15, 20, true], [20, 20, true]]);
    }); // prettier-ignore

    it('refuses a piece that is no JSON, a time that is too long, and a cursor that is not its own', async () => {
      expect(await ada.problem('searchPayloads', { body: { payload: '{"customer": C-1}' } })).toMatchObject({
        status: 400,
        code: 'PAYLOAD_FILTER_INVALID',
        detail: 'Line 1, column 14: unexpected "C".',
        problems: [expect.objectContaining({ line: 1, column: 14 })],
      });
      expect(await ada.problem('searchPayloads', { body: { payload: '{"a": 1}', from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' } })).toMatchObject({ status: 400, code: 'PAYLOAD_RANGE_TOO_LONG' });
      expect(await ada.problem('searchPayloads', { body: { payload: '{"a": 1}', cursor: 'WyJhIl0' } })).toMatchObject({ code: 'REQUEST_INVALID', path: '/cursor' });
    }); // prettier-ignore

    it('is entered in the audit log by its fields, never by a value; each message that is found as if it had been opened', async () => {
      const eve = await person(bench, { roles: ['auditor'], name: 'Eve' });
      const entries = async () =>
        (await bench.api.call('listAudit', { query: { limit: 200 } })).items.filter(({ actor, action }) => actor === 'Eve' && action.startsWith('message.')).map(({ action, objectKind, objectId, summary }) => ({ action, object: `${objectKind}/${objectId}`, summary })); // prettier-ignore
      const ask = (value: string) => search(eve, `{"debitor": "C-2", "lines": [{"sku": "${value}"}]}`);
      await ask('nobody-has-it');
      const one = expect.objectContaining({
        action: 'message.payloads-searched',
        summary: expect.stringMatching(/^Eve looked at payloads received from \S+Z to \S+Z for the fields debitor, lines\[\]\.sku$/),
      });
      expect(await entries()).toEqual([one]);
      expect(JSON.stringify(await entries())).not.toContain('nobody-has-it');
      await search(eve, '{"lines": [{"n": 8}]}', { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' });
      await search(eve, '{"lines": [{"n": 8}]}');
      expect((await entries()).filter(({ action }) => action === 'message.payload-read')).toEqual([
        { action: 'message.payload-read', object: `message/${idOf(8)}`, summary: `Eve looked at the payloads of message ${idOf(8)}` },
      ]);
      const before = (await entries()).length;
      const time = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
      for (const value of [10, 10, 11]) await search(eve, `{"lines": [{"n": ${value}}]}`, time);
      // The same again is one; another value is another look, and what it finds is read.
      expect((await entries()).length - before).toBe(4);
    }); // prettier-ignore
  });

  describe('what is left out', () => {
    it('is in no list, no group, no file and no selection of exceptions: each has exactly what the list shows', async () => {
      await bench.sql(
        `insert into exception (id, message_id, flow, category, code, cause, cause_key, remedy, stage, fix, state, assignee, assignee_id, opened_at)
         select 'exc_' || lpad('s' || n, 26, '0'), m.id, m.flow, (array['master-data', 'api-failure', 'duplicate'])[1 + n % 3], 'SEEDED', 'it was seeded', 'seeded ' || n % 2, 'wait', 'send', '{"kind": "decision"}',
           (array['open', 'in-progress', 'replaying', 'open'])[1 + n % 4], case when n % 4 = 1 then 'Ada' end, case when n % 4 = 1 then $2 end, now() - n * interval '1 hour'
         from generate_series(1, $1::int) n join message m on m.id = 'msg_' || lpad('s' || n, 26, '0')`,
        [many, ada.id],
      );
      const left = async (filter: object, out: (item: { flow: string; category: string; state: string; assigneeId: string | null; amount: { amount: string; currency: string } | null }) => boolean) => {
        const query = { ...filter, limit: 200 };
        const { items, count } = await ada.call('listExceptions', { query: { ...query, count: true } });
        expect([filter, items.length > 0, items.filter(out), count]).toEqual([filter, true, [], items.length]);
        const toDo = items.filter(({ state }) => state === 'open' || state === 'in-progress').map(({ id }) => id).sort();
        const selection = await ada.call('makeSelection', { body: { filter } });
        const members = await bench.sql<{ id: string }>('select exception_id as id from selection_member where selection_id = $1 order by 1', [selection.id]);
        expect([filter, members.map(({ id }) => id), selection.count]).toEqual([filter, toDo, toDo.length]);
        const groups = await ada.call('listExceptionGroups', { query: filter });
        expect([filter, groups.items.reduce((sum, group) => sum + group.count, 0)]).toEqual([filter, items.length]);
        const ageing = await ada.call('getExceptionAgeing', { query: filter });
        expect([filter, ageing.items.reduce((sum, line) => sum + line.count, 0)]).toEqual([filter, items.length]);
        const file = await (await ada.send('exportExceptions', { query: filter })).text();
        expect([filter, file.trim().split('\r\n').length - 1]).toEqual([filter, items.length]);
      };
      await left({ flow: '-erp-de-invoices' }, (item) => item.flow === 'erp-de-invoices');
      await left({ category: '-api-failure,-duplicate' }, (item) => item.category !== 'master-data' && item.category !== 'posting-rejection');
      await left({ owner: '-me' }, (item) => item.assigneeId === ada.id);
      await left({ owner: '-nobody' }, (item) => item.assigneeId === null);
      await left({ state: '-open,-resolved' }, (item) => item.state === 'open');
      await left({ state: '-replaying', legalEntity: '-DE' }, (item) => item.state === 'replaying' || item.flow === 'erp-de-invoices');
      await left({ currency: '-EUR,-none' }, (item) => item.amount?.currency !== 'USD');
      await left({ amount: '10..20', due: '-breached', age: '<30h' }, (item) => item.amount === null || money.compare(item.amount.amount, '10') < 0 || money.compare(item.amount.amount, '20') > 0);
      expect((await ada.call('listExceptions', { query: { age: '>58h', state: 'all', count: true } })).count).toBe(3);
    });

    it('is not narrowed by less when it cannot be understood: nothing is chosen', async () => {
      for (const filter of [{ flow: 'a,-b' }, { state: '-odd' }, { category: '-odd' }, { age: 'soon' }, { amount: '>abc' }, { currency: '-euro' }])
        expect(await ada.problem('makeSelection', { body: { filter } })).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    });
  }); // prettier-ignore
});

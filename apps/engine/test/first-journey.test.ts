// From nothing to a posted invoice by HTTP only, on both queues; then the same document in every way it can come again.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { erpSettings, inBooks, makeCustomer, messageIn, newest, stripeSettings } from './demo-company.js';
import { eventually } from './eventually.js';
import { deliver, event, invoice } from './stripe-events.js';
import { missingQueue, openBench, queues, type Bench } from './test-bench.js';

jest.setTimeout(120_000);
const packs = join(import.meta.dirname, '../../../mappings');
const file = (path: string): string => readFileSync(join(packs, path), 'utf8');
const contracts = contractsOf('stripe');

interface Overlays {
  fixtures: Record<string, string>;
  overlays: Record<string, { resource: string; event: string; set: JsonObject }>;
}

/** The invoice of a generation of Stripe's fixtures, finished by the overlay. */
function fixtureInvoice(generation: string, id: string): JsonObject {
  const { fixtures, overlays } = JSON.parse(file('stripe/fixture-overlays.json')) as Overlays;
  const { resource, set } = overlays['invoice']!;
  const object = (contracts.json(fixtures[generation]!) as { resources: Record<string, JsonObject> }).resources[resource]!;
  for (const [pointer, value] of Object.entries(set)) {
    const path = pointer.slice(1).split('/');
    const holder = path.slice(0, -1).reduce<JsonObject>((at, part) => (at[part] ??= {}) as JsonObject, object);
    holder[path.at(-1)!] = value;
  }
  return { ...object, id };
}

async function writePack(bench: Bench, pack: string): Promise<void> {
  const { tables } = parse(file(`${pack}/tables/tables.yaml`)) as {
    tables: { name: string; title: string; key: string[]; columns: { name: string; type: string }[] }[];
  };
  for (const { name, title, key, columns } of tables) {
    await bench.api.call('putTable', { params: { name }, body: { title, key, columns } as never });
    await bench.api.call('importTableRows', { params: { name }, text: file(`${pack}/tables/${name}.csv`), type: 'text/csv' });
  }
}

for (const queue of queues) {
  const missing = missingQueue(queue);
  (missing ? describe.skip : describe)(`the first journey, queue on ${queue}${missing ? ` (skipped: ${missing})` : ''}`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await openBench({ queue });
    });
    afterAll(() => bench.stop());

    it('is set up by HTTP only: connections, tables, mappings, flows', async () => {
      const { api } = bench;
      await api.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', settings: stripeSettings(bench) } });
      await api.call('putConnection', { params: { name: 'erp-us' }, body: { connector: 'sandbox-erp', settings: erpSettings(bench) } });
      expect(await api.call('checkConnection', { params: { name: 'erp-us' } })).toMatchObject({ ok: true });
      await writePack(bench, 'stripe');
      await writePack(bench, 'sandbox-erp');
      for (const [mapping, path] of [
        ['stripe-invoice', 'stripe'],
        ['erp-invoice', 'sandbox-erp'],
      ] as const)
        expect(await api.call('putMapping', { params: { name: mapping }, text: file(`${path}/${mapping}.jsonata`) })).toMatchObject({
          version: 1,
          unchanged: false,
        });
      for (const [flow, path] of [
        ['stripe-invoices', 'stripe'],
        ['erp-us-invoices', 'sandbox-erp'],
      ] as const)
        expect(
          await api.call('putFlow', { params: { name: flow }, text: file(`${path}/${flow}.flow.yaml`), type: 'application/yaml' }),
        ).toMatchObject({ state: 'on', release: { version: 1 } });
      await makeCustomer(bench);
    });

    it('posts a signed invoice and shows the payload of every stage', async () => {
      await deliver(bench, event(invoice({ id: 'in_first', amounts: [10_000, 2_345] })));
      const inbound = await messageIn(bench, { flow: 'stripe-invoices', key: 'in_first' }, 'posted');
      const outbound = await messageIn(bench, { key: 'in_first' }, 'posted');
      const [document, ...more] = inBooks(bench, 'in_first');
      expect(more).toEqual([]);
      expect(document).toMatchObject({
        kind: 'invoice',
        total: '123.45',
        currency: 'USD',
        customer: 'CUST-1001',
        number: outbound.documentNumber,
      });
      const { stages, posting, attemptsMade, versions, related } = await bench.api.call('getMessage', { params: { id: outbound.id } });
      for (const stage of ['accept', 'dedupe', 'enrich', 'map', 'permit', 'send', 'settle'] as const)
        expect([stage, stages[stage].payload]).toEqual([stage, expect.anything()]);
      expect(stages.accept.payload).toMatchObject({
        sourceId: 'in_first',
        total: '123.45',
        lines: [{ amount: '100.00' }, { amount: '23.45' }],
      });
      expect(stages.map.payload).toMatchObject({ origin: 'in_first', total: '123.45' });
      expect(stages.send.payload).toMatchObject({ effect: 'create', key: posting!.externalId });
      expect(stages.settle.payload).toMatchObject({ documentId: document!.id });
      expect(posting).toMatchObject({ state: 'posted', ledger: 'sandbox-erp/US', totals: { total: '123.45' } });
      expect(attemptsMade).toMatchObject([{ number: 1, outcome: 'posted', exchanges: [{ method: 'POST', status: 201 }] }]);
      expect(versions.mapping).toEqual({ name: 'erp-invoice', version: 1 });
      expect(related).toContainEqual(expect.objectContaining({ id: inbound.id, relation: 'caused-by' }));
      expect(outbound.correlationId).toBe(inbound.correlationId);
    });

    it('keeps the digits of every stage text and its hash', async () => {
      const { id } = (await newest(bench, 'stripe-invoices', 'in_first'))!;
      const text = await (await bench.api.send('getStagePayload', { params: { id, stage: 'accept' } })).text();
      const [row] = await bench.sql<{ body: string; fits: boolean }>(
        "select body, sha256(convert_to(body, 'UTF8')) = hash as fits from message_body where message_id = $1 and stage = 'accept'",
        [id],
      );
      expect(row).toEqual({ body: text, fits: true });
    });

    it('makes one document of five parallel deliveries of one event, and of five events', async () => {
      const same = event(invoice({ id: 'in_same' }));
      const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(bench, same)));
      expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
      await Promise.all(Array.from({ length: 5 }, () => deliver(bench, event(invoice({ id: 'in_many' })))));
      await messageIn(bench, { key: 'in_same' }, 'posted');
      await eventually(async () => {
        const { items } = await bench.api.call('listMessages', { query: { flow: 'stripe-invoices', key: 'in_many' } });
        return items.length === 5 && items.every((item) => ['posted', 'superseded', 'duplicate'].includes(item.state));
      });
      await messageIn(bench, { key: 'in_many' }, 'posted');
      expect(inBooks(bench, 'in_same')).toHaveLength(1);
      expect(inBooks(bench, 'in_many')).toHaveLength(1);
    });

    it('makes nothing new when the same comes after a restart', async () => {
      const same = event(invoice({ id: 'in_again' }), { id: 'evt_again' });
      await deliver(bench, same);
      await messageIn(bench, { key: 'in_again' }, 'posted');
      await bench.restart();
      expect(await deliver(bench, same)).toMatchObject({ duplicate: true });
      await deliver(bench, event(invoice({ id: 'in_again' })));
      await eventually(
        async () =>
          (await bench.api.call('listMessages', { query: { flow: 'stripe-invoices', key: 'in_again', state: 'posted,superseded' } })).items
            .length === 2,
      );
      expect(inBooks(bench, 'in_again')).toHaveLength(1);
      await deliver(bench, event(invoice({ id: 'in_after' })));
      await messageIn(bench, { key: 'in_after' }, 'posted');
    });

    (contracts.missing ? it.skip : it)(
      `gives one canonical document for Stripe's fixtures of 2023 and of 2026${contracts.missing ? ` (skipped: ${contracts.missing})` : ''}`,
      async () => {
        const generations = Object.keys((JSON.parse(file('stripe/fixture-overlays.json')) as Overlays).fixtures);
        const contents = [];
        for (const [n, generation] of generations.entries()) {
          const connection = `stripe-${n}`;
          await bench.api.call('putConnection', {
            params: { name: connection },
            body: { connector: 'stripe', settings: stripeSettings(bench, `acct_gen${n}`) },
          });
          const yaml = file('stripe/stripe-invoices.flow.yaml')
            .replace('flow: stripe-invoices', `flow: ${connection}-invoices`)
            .replaceAll('connection: stripe', `connection: ${connection}`);
          await bench.api.call('putFlow', { params: { name: `${connection}-invoices` }, body: { yaml } });
          await deliver(bench, event(fixtureInvoice(generation, 'in_overlay_0001'), { id: `evt_generation_${n}` }), connection);
          await messageIn(bench, { flow: `${connection}-invoices`, key: 'in_overlay_0001' }, 'posted');
          const { items } = await bench.api.call('listCanonical', {
            params: { type: 'invoice' },
            query: { sourceId: 'in_overlay_0001', sourceSystem: `stripe/acct_gen${n}` },
          });
          const { content } = await bench.api.call('getCanonical', { params: { type: 'invoice', id: items[0]!.id } });
          const { sourceSystem, sourceRevision, correlationId, ...same } = content as JsonObject;
          expect([sourceSystem, typeof sourceRevision, typeof correlationId]).toEqual([`stripe/acct_gen${n}`, 'string', 'string']);
          contents.push(JSON.stringify(same));
        }
        expect(contents).toHaveLength(2);
        expect(contents[1]).toBe(contents[0]);
      },
    );
  });
}

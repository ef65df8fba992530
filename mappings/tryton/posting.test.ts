// From a Stripe record to Tryton's books: the pack of the one, the pack of the other, a real server, and the same cents.
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { tryton } from '@waybill/connector-tryton';
import { compile } from '@waybill/mapping-language';
import { postingKey, type JsonObject } from '@waybill/sdk';
import { fetchHttp, testContext } from '@waybill/sdk/conformance';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { takeTurn, trytonForTests } from '../../tools/tryton-for-tests.mjs';

jest.setTimeout(60_000);
const server = await trytonForTests();
const endTurn = 'skipped' in server ? undefined : await takeTurn();
afterAll(() => endTurn?.());
const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
const canonicalOf = (file: string): JsonObject[] =>
  (parse(read(`../stripe/${file}.cases.yaml`)) as { cases: { expect?: JsonObject }[] }).cases.flatMap((one) =>
    one.expect ? [one.expect] : [],
  );

if ('skipped' in server) {
  it.skip(`Stripe to Tryton (skipped: ${server.skipped})`, () => undefined);
} else {
  const context = testContext({
    settings: { baseUrl: server.url, database: server.database, username: server.user, password: server.password, company: '2' },
    http: fetchHttp(),
  });
  const post = async (mapping: 'tryton-invoice' | 'tryton-credit-memo', document: JsonObject, unique: string) => {
    const output = (await compile(read(`${mapping}.jsonata`)).evaluate(document, {
      source: document,
      tables: {},
      asOf: '2026-11-01',
    })) as JsonObject;
    const kind = mapping === 'tryton-invoice' ? 'invoice' : 'credit-memo';
    const key = postingKey({
      ledger: 'tryton/test',
      effect: 'create',
      sourceSystem: 'stripe/test',
      kind,
      sourceId: unique,
      effectNumber: 1,
    });
    return tryton.operations[kind].send(context, {
      effect: 'create',
      key,
      document: JSON.parse(JSON.stringify(output)) as JsonObject,
      attempt: 1,
    });
  };

  describe('what the Stripe pack gives for the German entity posts with the totals it says', () => {
    for (const [file, mapping] of [
      ['stripe-invoice', 'tryton-invoice'],
      ['stripe-credit-note', 'tryton-credit-memo'],
    ] as const)
      it(file, async () => {
        const documents = canonicalOf(file).filter(
          (one) => one['legalEntity'] === 'DE' && one['currency'] === 'EUR' && one['status'] !== 'void',
        );
        expect(documents.length).toBeGreaterThan(3);
        for (const [n, document] of documents.entries()) {
          const unique = `${file}-${Date.now()}-${n}`;
          const receipt = await post(mapping, { ...document, number: unique, invoice: undefined }, unique);
          expect(receipt.totals).toEqual({ currency: document['currency'], total: document['total'], tax: document['taxTotal'] });
        }
      });
  });
}

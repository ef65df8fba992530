import type { Connector, Receipt, SendRequest } from '../connector.js';
import type { HttpClient } from '../http.js';
import type { JsonObject } from '../json.js';
import { isDecimal } from '../money.js';
import type { Effect } from '../posting-key.js';
import { answeringHttp, losingAnswers, onWrite, unreachableHttp } from './http-clients.js';
import {
  casesOf,
  operationOf,
  outcomeOf,
  recoveryOf,
  sharedLogins,
  testContext,
  type Harness,
  type SchemaCompiler,
  type Skips,
} from './harness.js';

export interface OperationSuite extends Harness {
  ajv: SchemaCompiler;
  /** Default `create`. */
  effect?: Effect;
  /** A running target that the tests may fill. Called once a test. */
  target(): Promise<{ settings: JsonObject; http: HttpClient; now?: () => Date }>;
  /** A document the target takes; `unique` differs from test to test. */
  document(unique: string): JsonObject | Promise<JsonObject>;
  /** For void, apply, refund and write-off: makes the posting that the effect acts on. */
  original?(unique: string): Promise<Receipt & { key: string }>;
  /** How many documents the target holds under our key, counted past the connector. */
  count?(key: string): Promise<number>;
  skip?: Skips;
}

let serial = 0;

/**
 * The promise of a financial posting, against a live target: one document per key, found by that key, and every failure
 * classed by what may be done next. `describeOperation(erp, 'invoice', { describe, it, expect, ajv, target, document, count })`.
 */
export function describeOperation(connector: Connector, name: string, suite: OperationSuite): void {
  const { describe, expect, ajv, effect = 'create' } = suite;
  const operation = operationOf(connector, name);
  const once = operation.writes === 'once';
  const reliably = operation.idempotency.mode !== 'lookup-only';

  /** A request with a key of its own, and a way to run it over any client. */
  async function prepare(): Promise<{ request: SendRequest; http: HttpClient; over: (http: HttpClient) => Calls }> {
    const unique = `conf${process.pid.toString(36)}${Date.now().toString(36)}${(serial += 1)}`;
    const { settings, http, now } = await suite.target();
    const original = effect === 'create' ? undefined : await suite.original?.(unique);
    const document = await suite.document(unique);
    const request: SendRequest = { effect, key: `wb-${unique.toLowerCase()}`, document, attempt: 1, ...(original ? { original } : {}) };
    const logins = sharedLogins();
    const over = (client: HttpClient): Calls => {
      const context = testContext({ settings, http: client, logins, ...(now ? { now } : {}) });
      return { send: (r = request) => operation.send(context, r), find: (r = request) => operation.find!(context, r) };
    };
    return { request, http, over };
  }

  describe(`operation ${connector.name}/${name}, ${effect}`, () => {
    const { test, end } = casesOf(suite, suite.skip);
    const countIs = async (key: string, expected: number): Promise<void> => {
      if (suite.count) expect(await suite.count(key)).toBe(expected);
    };

    test('takes the sample document and declares the effect', async () => {
      const valid = ajv.compile(operation.input);
      expect(valid((await prepare()).request.document) ? [] : valid.errors).toEqual([]);
      expect(operation.effects).toContain(effect);
    });
    test('sends, and the receipt names the document', async () => {
      const { request, http, over } = await prepare();
      const receipt = await over(http).send();
      expect(receipt.documentId).not.toBe('');
      if (receipt.totals) expect(isDecimal(receipt.totals.total)).toBe(true);
      await countIs(request.key, 1);
    });
    test('sent again with the same key, it is the same document', async () => {
      const { request, http, over } = await prepare();
      const first = await over(http).send();
      const second = await over(http).send({ ...request, attempt: 2 });
      expect(second.documentId).toBe(first.documentId);
      await countIs(request.key, 1);
    });
    test('a target that cannot be reached was told nothing', async () => {
      const { request, over } = await prepare();
      expect(await recoveryOf(() => over(unreachableHttp()).send())).toBe('retryable');
      await countIs(request.key, 0);
    });
    test('being told to slow down is not a failure', async () => {
      const { http, over } = await prepare();
      const slow = onWrite(http, () =>
        answeringHttp({ status: 429, headers: { 'retry-after': '7' }, text: '{}' }).request({ method: 'GET', url: '' }),
      );
      const outcome = await outcomeOf(() => over(slow).send());
      expect('recovery' in outcome && outcome.recovery).toBe('throttled');
    });
    if (once) {
      test('finds what it sent by the key alone', async () => {
        const { http, over } = await prepare();
        const receipt = await over(http).send();
        expect((await over(http).find())?.documentId).toBe(receipt.documentId);
      });
      test('a key that was never sent is certainly absent', async () => {
        const { http, over } = await prepare();
        expect(await over(http).find()).toBe(null);
      });
      test('a lost answer is in doubt, and the look-up finds the document', async () => {
        const { request, http, over } = await prepare();
        expect(await recoveryOf(() => over(losingAnswers(http)).send())).toBe('in-doubt');
        expect((await over(http).find())?.documentId).not.toBe(undefined);
        await countIs(request.key, 1);
      });
      test('a server error, a broken gateway and an answer that makes no sense are in doubt, never posted and never retried', async () => {
        const { http, over } = await prepare();
        const answers = [
          { status: 500, text: '{"error":"boom"}' },
          { status: 502, text: '<html>Bad gateway</html>' },
          { status: 503, text: '' },
          { status: 504, text: '' },
          { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Sign in</html>' },
          { status: 201, headers: { 'content-type': 'application/json' }, text: '{}' },
        ];
        for (const answer of answers) {
          const broken = onWrite(http, () => answeringHttp(answer).request({ method: 'GET', url: '' }));
          expect(`${answer.status} ${await recoveryOf(() => over(broken).send())}`).toBe(`${answer.status} in-doubt`);
        }
      });
      test('an inconclusive look-up throws instead of saying absent', async () => {
        const { over } = await prepare();
        for (const client of [unreachableHttp(), answeringHttp({ status: 500 }), answeringHttp({ status: 200, text: '<html>' })]) {
          const outcome = await outcomeOf(() => over(client).find());
          expect('value' in outcome ? outcome.value : 'thrown').toBe('thrown');
          expect('recovery' in outcome && outcome.recovery).not.toBe('unclassified');
        }
      });
      if (reliably)
        test('sent twice at the same moment, one document exists', async () => {
          const { request, http, over } = await prepare();
          const both = await Promise.all([outcomeOf(() => over(http).send()), outcomeOf(() => over(http).send())]);
          expect(both.some((outcome) => 'value' in outcome)).toBe(true);
          expect(both.filter((outcome) => 'recovery' in outcome && outcome.recovery === 'unclassified')).toEqual([]);
          await countIs(request.key, 1);
        });
    }
    end();
  });
}

interface Calls {
  send(request?: SendRequest): Promise<Receipt>;
  find(request?: SendRequest): Promise<Receipt | null>;
}

import type { Connector, ConnectorContext, Operation, Receipt, SendRequest } from '../connector.js';
import type { HttpClient } from '../http.js';
import type { JsonObject } from '../json.js';
import { postingKey, type Effect } from '../posting-key.js';
import {
  casesOf,
  operationOf,
  sharedLogins,
  testContext,
  type Harness,
  type SchemaCompiler,
  type SharedLogins,
  type Skips,
} from './harness.js';

/** How the engine's rules ended one posting. */
export interface PostingTrip {
  end: 'posted' | 'exception' | 'given-up';
  receipt?: Receipt;
  exception?: { category: string; code: string; cause: string; remedy: string };
  /** Where it was, in order: `in_flight`, `in_doubt`, `ready` …, and why. */
  steps: { to: string; reason: string }[];
  /** Calls of `send`. */
  sends: number;
  /** Tries that counted against the flow's attempts. */
  counted: number;
}

/**
 * The engine's posting rules, as they are: post, class the failure, look up a doubt after the quiet time, send again where that is allowed. The SDK
 * knows nothing of the engine, so its tests hand them in. `lateMs`: how long after the send a doubt is looked at; default the quiet time.
 */
export type PostingRules = (ask: {
  connection: string;
  operation: Operation;
  context: () => ConnectorContext;
  request: SendRequest;
  settings: JsonObject;
  lateMs?: number;
}) => Promise<PostingTrip>;

/** A vendor's double as the suite needs it; `startDouble` of `@waybill/sdk/double` makes one. */
export interface ErpDouble {
  http: HttpClient;
  breaches: string[];
  fault(
    kind: 'throttle' | 'token-over' | 'lost-before' | 'lost-after' | 'error-before' | 'error-after',
    options?: { skip?: number; times?: number },
  ): void;
  chaos(options: { seed: number; share: number; kinds: readonly ('lost-before' | 'lost-after')[] }): void;
  calm(): void;
  situation(name: 'closed-period' | 'inactive-customer'): () => void;
}

export interface ErpOperation {
  /** Default `create`. */
  effect?: Effect;
  /** A document that the target takes; `unique` differs from test to test. */
  document(unique: string): JsonObject;
  /** Operations posted before, whose receipt is the original (void, apply, refund, write-off). */
  after?: string;
  /** For a void in place: what is counted are the documents under the original's key. */
  countsOriginal?: boolean;
  /** Requests that change books in one `send`; each is cut before and after. Default 1. */
  writes?: number;
  /** Default true: it meets a closed period and an inactive customer. */
  closedPeriod?: boolean;
  inactiveCustomer?: boolean;
}

export interface ErpSuite extends Harness {
  ajv: SchemaCompiler;
  rules: PostingRules;
  settings: JsonObject;
  now: () => Date;
  /** A fresh double for each test, and a way to count documents in it past the connector. */
  target(): { double: ErpDouble; count(document: string, key: string): number; total(document: string): number };
  /** By the name of the operation; several for one, of other effects, as `invoice:void`. */
  operations: Record<string, ErpOperation>;
  /** Default 1,000 documents of the first operation, 5 % of all writes lost, half of them before the vendor did anything. */
  long?: { operation?: string; documents?: number; share?: number; seed?: number };
  /** By the name of the case. */
  skip?: Skips;
}

/**
 * What an ERP's connector owes under everything that an ERP does, by the engine's own posting rules: one document per key, whatever happens, and each
 * end with a reason. `erpConformance(xero, { describe, it, expect, ajv, rules, settings, now, target, operations })`.
 */
export function erpConformance(connector: Connector, suite: ErpSuite): void {
  const { describe, expect, rules, settings, now } = suite;
  const { test, end } = casesOf(suite, suite.skip);
  const entries = Object.entries(suite.operations);
  if (entries.length === 0) throw new Error('name at least one operation');

  interface Run {
    target: ReturnType<ErpSuite['target']>;
    logins: SharedLogins;
    post(name: string, unique: string, options?: { lateMs?: number; attempt?: number }): Promise<PostingTrip>;
    /** What the operation acts on is posted; nothing to do for most. */
    prepare(name: string, unique: string): Promise<unknown>;
    key(name: string, unique: string): string;
    counts(name: string, unique: string): number;
  }

  function start(): Run {
    const target = suite.target();
    const logins = sharedLogins();
    const spec = (name: string): ErpOperation => suite.operations[name]!;
    const operationNameOf = (name: string): string => name.split(':')[0]!;
    const key = (name: string, unique: string): string =>
      postingKey({
        ledger: connector.account?.(settings) ?? connector.name,
        effect: spec(name).effect ?? 'create',
        sourceSystem: 'conformance',
        kind: operationOf(connector, operationNameOf(name)).document,
        sourceId: `${name}/${unique}`,
        effectNumber: 1,
      });
    const run: Run = {
      target,
      logins,
      key,
      counts(name, unique) {
        const { countsOriginal, after } = spec(name);
        return target.count(operationOf(connector, operationNameOf(name)).document, key(countsOriginal && after ? after : name, unique));
      },
      prepare(name, unique) {
        const { after } = spec(name);
        return after === undefined ? Promise.resolve() : originalOf(after, unique);
      },
      async post(name, unique, { lateMs, attempt = 1 } = {}) {
        const { effect = 'create', document, after } = spec(name);
        const original = after === undefined ? undefined : await originalOf(after, unique);
        const request: SendRequest = {
          effect,
          key: key(name, unique),
          document: document(unique),
          attempt,
          ...(original ? { original } : {}),
        };
        const context = () => testContext({ settings, http: target.double.http, now, logins });
        return rules({
          connection: connector.name,
          operation: operationOf(connector, operationNameOf(name)),
          context,
          request,
          settings,
          ...(lateMs === undefined ? {} : { lateMs }),
        });
      },
    };
    /** The document that this one acts on; posted in calm, and found again when it is there. */
    const originals = new Map<string, Promise<Receipt & { key: string }>>();
    function originalOf(name: string, unique: string): Promise<Receipt & { key: string }> {
      const id = `${name}/${unique}`;
      const made =
        originals.get(id) ??
        run.post(name, unique).then((trip) => {
          if (!trip.receipt) throw new Error(`${name} was not posted: ${JSON.stringify(trip)}`);
          return { ...trip.receipt, key: key(name, unique) };
        });
      originals.set(id, made);
      return made;
    }
    return run;
  }

  /** The original of the operation stands before the faults begin. */
  async function ready(name: string, unique: string): Promise<Run> {
    const run = start();
    await run.prepare(name, unique);
    return run;
  }

  const notPosted = (run: Run, name: string, unique: string): void => {
    if (!suite.operations[name]!.countsOriginal) expect(`${name} ${run.counts(name, unique)}`).toBe(`${name} 0`);
  };

  const postedOnce = (run: Run, name: string, unique: string, trip: PostingTrip): void => {
    expect(`${name} ${trip.end} ${JSON.stringify(trip.exception ?? '')}`).toBe(`${name} posted ""`);
    expect(trip.receipt?.documentId ?? '').not.toBe('');
    expect(`${name} ${run.counts(name, unique)}`).toBe(`${name} 1`);
    expect(run.target.double.breaches).toEqual([]);
  };

  describe(`ERP ${connector.name} by the posting rules`, () => {
    test('every operation takes its sample', () => {
      for (const [name, { document, effect = 'create' }] of entries) {
        const operation = operationOf(connector, name.split(':')[0]!);
        const valid = suite.ajv.compile(operation.input);
        expect(`${name} ${valid(document('sample')) ? '' : JSON.stringify(valid.errors)}`).toBe(`${name} `);
        expect(operation.effects).toContain(effect);
      }
    });
    for (const [name, spec] of entries) {
      const upsert = operationOf(connector, name.split(':')[0]!).writes === 'upsert';
      test(`${name}: is posted, and again it is the same document`, async () => {
        const run = await ready(name, 'a');
        const first = await run.post(name, 'a');
        postedOnce(run, name, 'a', first);
        const second = await run.post(name, 'a', { attempt: 2 });
        postedOnce(run, name, 'a', second);
        expect(second.receipt?.documentId).toBe(first.receipt?.documentId);
      });
      test(`${name}: cut at every write, before and after, it is posted once`, async () => {
        for (let skip = 0; skip < (spec.writes ?? 1); skip += 1)
          for (const kind of ['lost-before', 'lost-after', 'error-before', 'error-after'] as const)
            for (const lateMs of [undefined, 40 * 86_400_000]) {
              const run = await ready(name, 'a');
              run.target.double.fault(kind, { skip });
              const trip = await run.post(name, 'a', lateMs === undefined ? {} : { lateMs });
              postedOnce(run, name, 'a', trip);
              const doubted = trip.steps.some(({ to }) => to === 'in_doubt');
              expect(`${name} ${kind} ${skip} in doubt ${doubted}`).toBe(`${name} ${kind} ${skip} in doubt ${!upsert}`);
            }
      });
      test(`${name}: told to slow down, it waits and no try counts`, async () => {
        const run = await ready(name, 'a');
        run.target.double.fault('throttle', { times: 2 });
        const trip = await run.post(name, 'a');
        postedOnce(run, name, 'a', trip);
        expect(trip.counted).toBe(0);
      });
      test(`${name}: a token that is over is renewed once, and the same request goes again`, async () => {
        const run = await ready(name, 'a');
        await run.post(name, 'warm');
        const before = run.logins.renewals;
        run.target.double.fault('token-over');
        const trip = await run.post(name, 'a');
        postedOnce(run, name, 'a', trip);
        expect(trip.sends).toBe(1);
        expect(run.logins.renewals).toBe(before + 1);
      });
      test(`${name}: a fresh token that is refused is an exception of the connection`, async () => {
        const run = await ready(name, 'a');
        run.target.double.fault('token-over', { times: 10 });
        const trip = await run.post(name, 'a');
        expect(trip.end).toBe('exception');
        expect(trip.exception?.category).toBe('api-failure');
        notPosted(run, name, 'a');
      });
      if (!upsert && spec.inactiveCustomer !== false)
        test(`${name}: an inactive customer is master data, and once put right it is posted`, () =>
          stopped(name, 'inactive-customer', 'master-data'));
      if (!upsert && spec.closedPeriod !== false)
        test(`${name}: a closed period is a rejection, and once open it is posted`, () =>
          stopped(name, 'closed-period', 'posting-rejection'));
    }
    test('the long form: lost answers in a thousand documents, and not one twice', async () => {
      const { documents = 1_000, share = 0.05, seed = 20261127, operation = entries[0]![0] } = suite.long ?? {};
      const run = start();
      run.target.double.chaos({ seed, share, kinds: ['lost-before', 'lost-after'] });
      const trips: PostingTrip[] = [];
      const queue = Array.from({ length: documents }, (_, at) => `n${at}`);
      const worker = async (): Promise<void> => {
        for (let unique = queue.shift(); unique !== undefined; unique = queue.shift()) trips.push(await run.post(operation, unique));
      };
      await Promise.all(Array.from({ length: 4 }, worker));
      run.target.double.calm();
      const doubts = trips.filter(({ steps }) => steps.some(({ to }) => to === 'in_doubt')).length;
      const twice = Array.from({ length: documents }, (_, at) => run.counts(operation, `n${at}`)).filter((count) => count !== 1).length;
      const kind = operationOf(connector, operation.split(':')[0]!).document;
      expect({ posted: trips.filter((trip) => trip.end === 'posted').length, notOnce: twice, total: run.target.total(kind) }).toEqual({
        posted: documents,
        notOnce: 0,
        total: documents,
      });
      expect(`${doubts > documents * share * 0.5}`).toBe('true'); // the faults did happen
      expect(run.target.double.breaches).toEqual([]);
    });
    end();
  });

  async function stopped(name: string, situation: 'closed-period' | 'inactive-customer', category: string): Promise<void> {
    const run = await ready(name, 'a');
    const putRight = run.target.double.situation(situation);
    const trip = await run.post(name, 'a');
    expect(`${name} ${trip.end} ${trip.exception?.category ?? JSON.stringify(trip.steps)}`).toBe(`${name} exception ${category}`);
    expect((trip.exception?.remedy ?? '').length > 10).toBe(true);
    notPosted(run, name, 'a');
    putRight();
    postedOnce(run, name, 'a', await run.post(name, 'a', { attempt: 2 }));
  }
}

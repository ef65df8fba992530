import { bookedStream, type BookedDocument, type BookedPart } from '../booked-document.js';
import type { Connector, ConnectorContext, Receipt } from '../connector.js';
import type { HttpClient } from '../http.js';
import type { JsonObject } from '../json.js';
import * as money from '../money.js';
import type { Effect } from '../posting-key.js';
import { casesOf, operationOf, sharedLogins, testContext, type Harness, type SchemaCompiler, type Skips } from './harness.js';

export interface ReadBackPost {
  operation: string;
  /** Default `create`. */
  effect?: Effect;
  /** A document that the target takes, dated on the suite's day. */
  document(unique: string): JsonObject;
  original?(unique: string): Promise<Receipt & { key: string }>;
  /** What the books say of it afterwards. */
  told: Pick<BookedDocument, 'type' | 'total' | 'tax' | 'currency'>;
}

export interface DocumentsSuite extends Harness {
  ajv: SchemaCompiler;
  target(): Promise<{ settings: JsonObject; http: HttpClient }>;
  /** The accounting date of what is posted. */
  day: string;
  posts: ReadBackPost[];
  skip?: Skips;
}

let serial = 0;
const pagesMax = 10_000;

/**
 * What a control relies on, against a live target: what was posted is read back with its key, amount, tax, currency and date, whatever the size of a page,
 * and a range of days holds its own documents only. `describeDocuments(erp, { describe, it, expect, ajv, target, day, posts })`.
 */
export function describeDocuments(connector: Connector, suite: DocumentsSuite): void {
  const { describe, expect, ajv, day, posts } = suite;
  const stream = connector.streams[bookedStream];
  if (!stream?.poll || stream.readsBack !== true) throw new Error(`${connector.name} has no stream ${bookedStream} that reads back`);
  const { read } = stream.poll;

  async function readAll(context: ConnectorContext, range: { since: string; until: string }, limit: number) {
    const found: BookedDocument[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = null, pages = 0; ; pages += 1) {
      if (pages > pagesMax) throw new Error(`the stream does not end within ${pagesMax} pages`);
      const page = await read(context, { stream: bookedStream, cursor, limit, ...range });
      for (const delivery of page.deliveries)
        for (const record of connector.unpack!(delivery, context.settings)) found.push(record.body as unknown as BookedDocument);
      sizes.push(page.deliveries.length);
      if (!page.more) return { found, sizes };
      cursor = page.cursor;
    }
  }

  async function posted(): Promise<{ context: ConnectorContext; keys: { key: string; post: ReadBackPost }[] }> {
    const { settings, http } = await suite.target();
    const context = testContext({ settings, http, logins: sharedLogins() });
    const keys = [];
    for (const post of posts) {
      const unique = `back${process.pid.toString(36)}${Date.now().toString(36)}${(serial += 1)}`;
      const { effect = 'create' } = post;
      const original = await post.original?.(unique);
      const key = `wb-${unique.toLowerCase()}`;
      await operationOf(connector, post.operation).send(context, { effect, key, document: post.document(unique), attempt: 1, ...(original ? { original } : {}) }); // prettier-ignore
      keys.push({ key, post });
    }
    return { context, keys };
  }

  describe(`${connector.name} reads its books back`, () => {
    const { test, end } = casesOf(suite, suite.skip);

    test('what was posted is told once, with its key, amount, tax, currency and date', async () => {
      const { context, keys } = await posted();
      const { found } = await readAll(context, { since: day, until: day }, 1000);
      const fits = ajv.compile(stream.schema);
      expect(found.filter((one) => !fits(one))).toEqual([]);
      for (const { key, post } of keys)
        expect(
          found.filter((one) => one.key === key).map(({ type, total, tax, currency, date, state }) => ({ type, total, tax, currency, date, state })),
        ).toEqual([{ ...post.told, date: day, state: 'posted' }]); // prettier-ignore
    });

    if (stream.tellsEntries)
      test('each comes with its journal entry: the lines balance, and what the customer owes and the tax are those of the document', async () => {
        const { context, keys } = await posted();
        const { found } = await readAll(context, { since: day, until: day }, 1000);
        for (const { key, post } of keys) {
          const { entry } = found.find((one) => one.key === key)!;
          const sum = (values: string[]) => money.sum(values.length === 0 ? ['0'] : values);
          const of = (part: BookedPart) =>
            money.absolute(sum(entry!.lines.filter((line) => line.part === part).map((line) => line.amount)));
          expect(money.subtract(sum(entry!.lines.map(({ debit }) => debit)), sum(entry!.lines.map(({ credit }) => credit)))).toMatch(
            /^0(\.0+)?$/,
          );
          expect(money.equals(of('customer'), post.told.total)).toBe(true);
          expect(money.equals(of('tax'), post.told.tax ?? '0')).toBe(true);
          expect(new Set(entry!.lines.map(({ id }) => id)).size).toBe(entry!.lines.length);
        }
      });

    test('small pages tell the same as one page, and none is longer than asked for', async () => {
      const { context } = await posted();
      const whole = await readAll(context, { since: day, until: day }, 1000);
      // Two in a page; a fortieth in books that live on, where a day holds what earlier runs posted.
      const most = Math.max(2, Math.ceil(whole.found.length / 40));
      const parts = await readAll(context, { since: day, until: day }, most);
      const ids = (all: BookedDocument[]) => all.map(({ type, id }) => `${type} ${id}`).sort();
      expect(ids(parts.found)).toEqual(ids(whole.found));
      expect(new Set(ids(parts.found)).size).toBe(parts.found.length);
      expect(parts.sizes.filter((size) => size > most)).toEqual([]);
      expect(parts.sizes.length > 1).toBe(true);
    });

    test('another day holds none of them', async () => {
      const { context, keys } = await posted();
      const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
      const { found } = await readAll(context, { since: '1990-01-01', until: before }, 1000);
      expect(keys.filter(({ key }) => found.some((one) => one.key === key))).toEqual([]);
    });
    end();
  });
}

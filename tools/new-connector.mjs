// `npm run new-connector -- acme "Acme Books"` writes a connector that builds and passes its tests: one stream and one operation against a double that is to be
// made like the vendor. It installs nothing and knows no vendor; docs/guides/write-a-connector.md goes on from here.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname, '..');

/** The files of a new connector, by their path in its folder. Pure. */
export function skeleton({ name, title, sdk }) {
  const value = name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const json = (data) => `${JSON.stringify(data, null, 2)}\n`;
  return {
    'package.json': json({
      name: `@waybill/connector-${name}`,
      version: '0.1.0',
      private: true,
      description: `${title}.`,
      license: 'Apache-2.0',
      type: 'module',
      exports: {
        '.': { 'waybill-source': './src/index.ts', default: './dist/index.js' },
        './double': { 'waybill-source': './test/double.ts' },
      },
      scripts: { build: 'node ../../tools/compile.mjs' },
      dependencies: { '@waybill/sdk': sdk },
    }),
    'tsconfig.json': `{
  "extends": "../../tsconfig.base.json",
  "include": ["src", "test"]
}
`,
    'README.md': `# ${title}\n\nWhat comes in and what goes out. The reference page is \`src/documentation.ts\`.\n`,
    'src/documentation.ts': `/** The connector's reference page. */
export const documentation = \`
What this connects to, in one sentence.

## Set-up at ${title}
1. **Key.** Where a person makes it, and which rights it needs.
2. **Address.** Where the API is.

## How it posts
* What carries our key, and what the vendor does with a key that it has.
* What is known to be odd.

## What failures mean
The table above is made of \\\`errors.ts\\\`. What a person must know besides.
\`.trim();
`,
    'src/errors.ts': `import type { ErrorRow } from '@waybill/sdk';

/** The vendor's codes. Source: name the page. */
export const errorTable: readonly ErrorRow[] = [
  { code: 'unknown_customer', class: 'master-data', reason: 'The customer is not there.', remedy: 'Create the customer, then replay.' },
  { code: 'period_closed', class: 'period-closed', reason: 'The period is closed.', remedy: 'Reopen the period, then replay.' },
];
`,
    'src/index.ts': `import { defineConnector, ownErrorRows, pauseAsked, secret, Type, type JsonObject } from '@waybill/sdk';
import { list } from './client.js';
import { customers, unpack } from './customers.js';
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';
import { invoice } from './invoice.js';

const settings = Type.Object(
  {
    baseUrl: Type.String({ title: 'Address', format: 'uri', pattern: '^https?://', maxLength: 500 }),
    token: Type.Unsafe<string>(secret('Token')),
    company: Type.String({ title: 'Company', minLength: 1, maxLength: 100 }),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

export const ${value} = defineConnector({
  name: '${name}',
  title: '${title}',
  summary: 'Customers in; invoices out.',
  documentation,
  vendorApi: 'v1',
  settings,
  account: (given) => (typeof given['company'] === 'string' ? \`${name}/\${given['company']}\` : undefined),
  streams: { customers },
  unpack,
  operations: { invoice },
  lookups: {},
  errors: errorTable,
  limits: { concurrency: 4, perSecond: 5, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 10_000 }) },
  async check(context) {
    const name = 'Reach and sign in';
    try {
      await list(context, '/customers', { limit: 1 }, 'list customers');
      return [{ name, ok: true, detail: String(context.settings['baseUrl']) }];
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return [{ name, ok: false, detail, remedy: 'Check the address, the egress rules and the token.' }];
    }
  },
});

export default ${value};
`,
    'src/client.ts': `import {
  classedFailure, isJsonObject, ownRowsOf, readExact, reading, retryable, retryAfterMs,
  type ConnectorContext, type HttpRequest, type HttpResponse, type JsonObject,
} from '@waybill/sdk'; // prettier-ignore
import { errorTable } from './errors.js';

/** Numbers as the text that they are written as: as doubles, amounts would lose digits. */
function bodyOf(response: HttpResponse): JsonObject | undefined {
  try {
    const body = readExact(response.text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

type Call = Pick<HttpRequest, 'method' | 'query'> & { path: string; body?: JsonObject };

/** One call; a status that is no success is a failure by the table. \`what\` finishes the sentence "${title} refused to …". */
export async function call(context: ConnectorContext, { method, path, ...rest }: Call, what: string): Promise<JsonObject> {
  const response = await context.http.request({
    ...rest,
    method,
    url: \`\${String(context.settings['baseUrl']).replace(/\\/+$/, '')}\${path}\`,
    headers: { authorization: \`Bearer \${String(context.settings['token'])}\` },
  });
  const body = bodyOf(response);
  if (response.status >= 200 && response.status < 300 && body) return body;
  const waitMs = retryAfterMs(response);
  throw classedFailure(
    errorTable,
    {
      system: '${title}', what, writes: method !== 'GET', httpStatus: response.status, raw: response.text,
      codes: typeof body?.['code'] === 'string' ? [body['code']] : [],
      words: typeof body?.['message'] === 'string' ? body['message'] : '',
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    },
    ownRowsOf(context.settings),
  ); // prettier-ignore
}

/** One page of a list. An answer without its rows is no empty page: that would move a cursor, or say that a document is absent. */
export async function list(context: ConnectorContext, path: string, query: NonNullable<HttpRequest['query']>, what: string) {
  const { items, next } = await reading(what, () => call(context, { method: 'GET', path, query }, what));
  if (!Array.isArray(items) || !items.every(isJsonObject) || !(next === null || typeof next === 'string'))
    throw retryable({ code: 'answer-without-list', message: \`${title} gave no list when asked to \${what}.\` });
  return { items, next };
}
`,
    'src/customers.ts': `import {
  isJsonObject, readExact, rejected, Type,
  type ConnectorContext, type Delivery, type JsonObject, type Page, type SourceRecord, type Stream,
} from '@waybill/sdk'; // prettier-ignore
import { list } from './client.js';

type Ask = Parameters<NonNullable<Stream['poll']>['read']>[1];

/** The cursor: where this reading began, the vendor's place in the list, the newest change seen. Between two readings \`since\` alone. */
interface Place {
  since?: string;
  after?: string;
  newest?: string;
}

/** What was committed late carries an older time; what comes twice is folded by the delivery's id. */
const overlapMs = 5 * 60_000;
const dayMs = 86_400_000;
const later = (a: string, b: string): string => (a > b ? a : b);

async function read(context: ConnectorContext, ask: Ask): Promise<Page> {
  const at = (ask.cursor === null ? {} : JSON.parse(ask.cursor)) as Place;
  const since = at.since ?? (ask.since === undefined ? '' : new Date(ask.since).toISOString());
  const query = { changedSince: since === '' ? undefined : since, after: at.after, limit: Math.min(ask.limit, 100) };
  const { items, next } = await list(context, '/customers', query, 'list customers');
  // A backfill names a last day, which is part of it.
  const end = ask.until === undefined ? '9999' : new Date(Date.parse(ask.until) + dayMs).toISOString();
  const rows = items.map((row) => ({ ...versionOf(row), body: JSON.stringify(row) })).filter(({ changed }) => changed < end);
  const newest = rows.map(({ changed }) => changed).reduce(later, at.newest ?? '');
  const place: Place = next === null ? { since: goOnFrom(since, newest) } : { since, after: next, newest };
  const deliveries = rows.map(({ id, body }): Delivery => ({ id, body, via: 'poll', stream: ask.stream }));
  return { deliveries, cursor: JSON.stringify(place), more: next !== null };
}

/** The overlap before the newest change, never before where the reading began. */
const goOnFrom = (since: string, newest: string): string =>
  newest === '' ? since : later(since, new Date(Date.parse(newest) - overlapMs).toISOString());

/** The delivery's id: record and version. A webhook that tells the same change takes it from here too. */
function versionOf(row: JsonObject): { id: string; changed: string } {
  const { id, changedAt } = row;
  if (typeof id !== 'string' || id === '' || typeof changedAt !== 'string' || Number.isNaN(Date.parse(changedAt))) throw noRow(row);
  const changed = new Date(changedAt).toISOString();
  return { id: \`customers/\${id}/\${changed}\`, changed };
}

const noRow = (row: unknown) =>
  rejected({
    code: 'not-a-row',
    category: 'transformation',
    message: 'A customer of ${title} has no id or no time of change.',
    vendorWords: JSON.stringify(row),
  });

export function unpack({ body }: Delivery): SourceRecord[] {
  const row = parsed(body);
  if (!isJsonObject(row)) throw noRow(body);
  const { changed } = versionOf(row);
  return [{ stream: 'customers', body: row, revision: changed, occurredAt: changed }];
}

function parsed(body: string): unknown {
  try {
    return readExact(body);
  } catch {
    return undefined;
  }
}

export const customers = {
  title: 'Customers',
  summary: 'As they are now, by the time of their last change.',
  kind: 'operational',
  schema: Type.Object({ id: Type.String(), name: Type.String(), changedAt: Type.String() }),
  key: 'id',
  poll: { everySeconds: 60, read },
  hydrate: 'never',
} satisfies Stream;
`,
    'src/invoice.ts': `import { inDoubt, rejected, Type, type ConnectorContext, type Operation, type Receipt, type SendRequest } from '@waybill/sdk';
import { call, list } from './client.js';

async function send(context: ConnectorContext, { key, document }: SendRequest): Promise<Receipt> {
  const made = await call(context, { method: 'POST', path: '/invoices', body: { ...document, externalId: key } }, \`post \${key}\`);
  if (typeof made['id'] === 'string') return { documentId: made['id'] };
  throw inDoubt({ code: 'answer-without-id', message: '${title} did not name what it made.' });
}

async function find(context: ConnectorContext, { key }: SendRequest): Promise<Receipt | null> {
  const { items } = await list(context, '/invoices', { externalId: key }, 'look for an invoice');
  if (items.length === 0) return null;
  // A vendor that does not know the parameter lists everything: only a row with our key is ours, and anything else decides nothing.
  const found = items.find((row) => row['externalId'] === key);
  if (typeof found?.['id'] === 'string') return { documentId: found['id'] };
  throw rejected({ code: 'answer-makes-no-sense', category: 'api-failure', message: '${title} listed what was not asked for.' });
}

export const invoice = {
  title: 'Invoice',
  summary: 'Posts a receivable.',
  kind: 'financial-posting',
  document: 'invoice',
  effects: ['create'],
  input: Type.Object({ number: Type.String(), total: Type.String({ pattern: '^-?\\\\d+(\\\\.\\\\d+)?$' }) }, { additionalProperties: false }),
  writes: 'once',
  // What the vendor does with a key that it has: see IdempotencyMode.
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 60,
  send,
  find,
} satisfies Operation;
`,
    'test/double.ts': `import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';

/** ${title} in memory, as far as the connector goes. */
export interface State {
  customers: { id: string; name: string; changedAt: string; creditLimit: number }[];
  invoices: { id: string; number: string; total: string; externalId: string }[];
}

export const settings = { baseUrl: 'https://books.example', token: 'a-token-of-the-company', company: 'ACME' };

const refusal = (status: number, code: string, message: string): DoubleResponse => ({ status, body: { code, message } });

/** What breaks the vendor's contract. Where the vendor publishes one, it decides: \`openApiContract(document)\` or \`xsdContract(files)\`. */
function contract({ method, path, json }: DoubleRequest): string[] {
  if (method === 'GET' && ['/customers', '/invoices'].includes(path)) return [];
  if (method !== 'POST' || path !== '/invoices') return ['there is no such call'];
  const body = (json ?? {}) as Record<string, unknown>;
  return ['number', 'total', 'externalId'].filter((name) => typeof body[name] !== 'string').map((name) => \`\${name} is no text\`);
}

function page<Row>({ query }: DoubleRequest, rows: readonly Row[]): DoubleResponse {
  const from = Number(query['after'] ?? 0);
  const to = from + Number(query['limit'] ?? 20);
  return { status: 200, body: { items: rows.slice(from, to), next: to < rows.length ? String(to) : null } };
}

/** What the vendor does with a key that it has is the most important thing here: this one gives the same document back. */
function post({ json }: DoubleRequest, { invoices }: State): DoubleResponse {
  const asked = json as Omit<State['invoices'][number], 'id'>;
  const there = invoices.find(({ externalId }) => externalId === asked.externalId);
  if (there) return { status: 200, body: there };
  if (asked.number === 'CLOSED') return refusal(422, 'period_closed', 'The period is closed.');
  const made = { ...asked, id: \`d\${invoices.length + 1}\` };
  invoices.push(made);
  return { status: 201, body: made };
}

function answer(request: DoubleRequest, state: State): DoubleResponse {
  if (request.headers['authorization'] !== \`Bearer \${settings.token}\`) return refusal(401, 'token_unknown', 'The token is not known.');
  if (request.method === 'POST') return post(request, state);
  const { changedSince = '', externalId } = request.query;
  if (request.path === '/invoices') return page(request, externalId ? state.invoices.filter((one) => one.externalId === externalId) : state.invoices); // prettier-ignore
  return page(request, state.customers.filter(({ changedAt }) => changedAt >= changedSince)); // prettier-ignore
}

export const double: VendorDouble<State> = {
  name: '${title}',
  contract,
  start: () => ({
    customers: [1, 2, 3, 4, 5].map((n) => ({ id: \`C-\${n}\`, name: \`Customer \${n}\`, changedAt: \`2026-11-0\${n}T08:00:00.000Z\`, creditLimit: 0.1 })),
    invoices: [],
  }), // prettier-ignore
  answer,
  says: {
    throttled: { ...refusal(429, 'too_many', 'Too many calls.'), headers: { 'retry-after': '3' } },
    tokenOver: refusal(401, 'token_unknown', 'The token is not known.'),
    serverError: refusal(500, 'internal', 'Something went wrong.'),
  },
};
`,
    [`src/${name}.test.ts`]: `// What every connector owes; one document per key; a stream that is read page by page and again; refusals by the table.
import { describe, expect, it } from '@jest/globals';
import type { SendRequest } from '@waybill/sdk';
import { answeringHttp, describeConnector, describeOperation, outcomeOf, recoveryOf, testContext } from '@waybill/sdk/conformance';
import { startDouble } from '@waybill/sdk/double';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { double, settings } from '../test/double.js';
import { ${value} } from './index.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const running = startDouble(double);
const context = testContext({ settings, http: running.http });
const row = JSON.stringify(double.start().customers[0]);

describeConnector(${value}, {
  describe, it, expect, ajv, settings,
  unpack: { deliveries: [{ id: 'a', via: 'poll', stream: 'customers', body: row }] },
}); // prettier-ignore

describeOperation(${value}, 'invoice', {
  describe, it, expect, ajv,
  target: () => Promise.resolve({ settings, http: running.http }),
  document: (unique) => ({ number: unique, total: '10.00' }),
  count: (key) => Promise.resolve(running.state.invoices.filter(({ externalId }) => externalId === key).length),
}); // prettier-ignore

describe('customers', () => {
  const { read } = ${value}.streams.customers.poll;
  /** Reads to the end, two rows a page. */
  async function readAll(from: { cursor: string | null; since?: string; until?: string }) {
    const ids: string[] = [];
    for (let { cursor } = from, pages = 1; ; pages += 1) {
      const page = await read(context, { stream: 'customers', limit: 2, ...from, cursor });
      ids.push(...page.deliveries.map(({ id }) => id.split('/')[1]!));
      cursor = page.cursor;
      if (!page.more) return { ids, cursor, pages };
    }
  }

  it('are read page by page, each once; the next time what is new, and the overlap for what was committed late', async () => {
    const first = await readAll({ cursor: null });
    expect(first).toMatchObject({ pages: 3, ids: ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'] });
    expect((await readAll(first)).ids).toEqual(['C-5']);
    const [one] = double.start().customers;
    running.state.customers.push(
      { ...one!, id: 'C-6', changedAt: '2026-11-05T07:57:00.000Z' },
      { ...one!, changedAt: '2026-11-06T08:00:00.000Z' },
    );
    expect((await readAll(first)).ids).toEqual(['C-5', 'C-6', 'C-1']);
  });
  it('are read for the days of a backfill, the first and the last included', async () => {
    expect((await readAll({ cursor: null, since: '2026-11-02', until: '2026-11-04' })).ids).toEqual(['C-2', 'C-3', 'C-4']);
  });
  it('keep the digits of their numbers, from the vendor to the record', async () => {
    const body = row.replace('0.1', '0.10');
    const http = answeringHttp({ status: 200, text: \`{"items":[\${body}],"next":null}\` });
    const { deliveries } = await read(testContext({ settings, http }), { stream: 'customers', cursor: null, limit: 2 });
    const limits = [...deliveries, { id: 'a', via: 'webhook' as const, body }].map((one) => ${value}.unpack(one)[0]!.body['creditLimit']);
    expect(limits).toEqual(['0.10', '0.10']);
  });
  it.each(['{}', '{"items":{},"next":null}', '{"items":[]}', '<html>'])('throw when the answer is no list: %s', async (text) => {
    const broken = testContext({ settings, http: answeringHttp({ status: 200, text }) });
    expect(await recoveryOf(() => read(broken, { stream: 'customers', cursor: null, limit: 2 }))).toBe('retryable');
  });
});

describe('an invoice', () => {
  const { send, find } = ${value}.operations.invoice;
  const request: SendRequest = { effect: 'create', key: 'wb-closed', attempt: 1, document: { number: 'CLOSED', total: '1' } };

  it('that is refused is classed by the table', async () => {
    const facts = { recovery: 'rejected', code: 'period_closed', category: 'posting-rejection', remedy: 'Reopen the period, then replay.' };
    expect(await outcomeOf(() => send(context, request))).toMatchObject({ error: { facts } });
  });
  it('is not taken for another one', async () => {
    const http = answeringHttp({ status: 200, text: '{"items":[{"id":"d9","externalId":"wb-other"}],"next":null}' });
    expect(await recoveryOf(() => find(testContext({ settings, http }), request))).toBe('rejected');
  });
});

describe('the contract', () => {
  it('holds for everything that was sent', () => {
    expect(running.requests.length).toBeGreaterThan(0);
    expect(running.breaches).toEqual([]);
  });
  it('is broken by an invoice without a number', async () => {
    const { http, breaches } = startDouble(double);
    await http.request({ method: 'POST', url: \`\${settings.baseUrl}/invoices\`, body: { total: '1', externalId: 'k' } });
    expect(breaches).toEqual(['POST /invoices: number is no text']);
  });
});
`,
  };
}

/** Writes a connector below `folder`; refuses a name that is taken or that no connector may have. */
export async function newConnector({ name, title, folder = join(root, 'connectors') }) {
  if (!/^[a-z][a-z0-9-]{1,40}$/.test(name))
    throw new Error(`${name} is no name for a connector: lower case letters, digits and "-", as in "acme-books".`);
  if (!title || /['`\\]/.test(title)) throw new Error('Give a title without quotes, as in "Acme Books".');
  const target = join(folder, name);
  if (existsSync(target)) throw new Error(`${target} is there already.`);
  const { version: sdk } = JSON.parse(await readFile(join(root, 'connectors/sdk/package.json'), 'utf8'));
  for (const [path, text] of Object.entries(skeleton({ name, title, sdk }))) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await writeFile(join(target, path), text);
  }
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name = '', title = ''] = process.argv.slice(2);
  try {
    console.log(`Wrote ${await newConnector({ name, title })}.
Next: npm install; npx jest connectors/${name}; then install it (docs/guides/write-a-connector.md).`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

// `npm run new-connector -- acme "Acme Books"` writes a connector that builds and passes its tests: one operation against a target that is to be replaced by
// the vendor's. It installs nothing and knows no vendor; docs/guides/write-a-connector.md goes on from here.
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
      exports: { '.': { 'waybill-source': './src/index.ts', default: './dist/index.js' } },
      scripts: { build: 'node ../../tools/compile.mjs' },
      dependencies: { '@waybill/sdk': sdk },
    }),
    'tsconfig.json': `{
  "extends": "../../tsconfig.base.json",
  "include": ["src"]
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
The table below is made of \\\`errors.ts\\\`.
\`.trim();
`,
    'src/errors.ts': `import type { ErrorRow } from '@waybill/sdk';

/** The vendor's codes. Source: name the page. */
export const errorTable: readonly ErrorRow[] = [
  { code: 'unknown_customer', class: 'master-data', reason: 'The customer is not there.', remedy: 'Create the customer, then replay.' },
  { code: 'period_closed', class: 'period-closed', reason: 'The period is closed.', remedy: 'Reopen the period, then replay.' },
];
`,
    'src/index.ts': `import {
  classedFailure, defineConnector, inDoubt, isJsonObject, ownErrorRows, ownRowsOf, pauseAsked, reading, rejected, retryable, retryAfterMs, secret,
  Type, type ConnectorContext, type HttpResponse, type JsonObject, type Operation, type Receipt, type SendRequest,
} from '@waybill/sdk'; // prettier-ignore
import { documentation } from './documentation.js';
import { errorTable } from './errors.js';

const settings = Type.Object(
  {
    baseUrl: Type.String({ title: 'Address', format: 'uri', pattern: '^https?://', maxLength: 500 }),
    token: Type.Unsafe<string>(secret('Token')),
    company: Type.String({ title: 'Company', minLength: 1, maxLength: 100 }),
    errors: Type.Optional(Type.Unsafe<JsonObject[]>(ownErrorRows)),
  },
  { additionalProperties: false },
);

function bodyOf(response: HttpResponse): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(response.text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** One call; a status that is no success is a failure by the table. \`what\` finishes the sentence "${title} refused to …". */
async function call(context: ConnectorContext, request: { method: 'GET' | 'POST'; path: string; body?: JsonObject }, what: string) {
  const writes = request.method !== 'GET';
  const response = await context.http.request({
    method: request.method,
    url: \`\${String(context.settings['baseUrl']).replace(/\\/+$/, '')}\${request.path}\`,
    headers: { authorization: \`Bearer \${String(context.settings['token'])}\` },
    ...(request.body ? { body: request.body } : {}),
  });
  const body = bodyOf(response);
  if (response.status >= 200 && response.status < 300 && body) return body;
  const waitMs = retryAfterMs(response);
  throw classedFailure(
    errorTable,
    {
      system: '${title}', what, writes, httpStatus: response.status, raw: response.text,
      codes: typeof body?.['code'] === 'string' ? [body['code']] : [],
      words: typeof body?.['message'] === 'string' ? body['message'] : '',
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    },
    ownRowsOf(context.settings),
  ); // prettier-ignore
}

async function send(context: ConnectorContext, { key, document }: SendRequest): Promise<Receipt> {
  const made = await call(context, { method: 'POST', path: '/invoices', body: { ...document, externalId: key } }, \`post \${key}\`);
  if (typeof made['id'] === 'string') return { documentId: made['id'] };
  throw inDoubt({ code: 'answer-without-id', message: '${title} did not name what it made.' });
}

async function find(context: ConnectorContext, { key }: SendRequest): Promise<Receipt | null> {
  const path = \`/invoices?externalId=\${key}\`;
  const { items } = await reading('look for a document', () => call(context, { method: 'GET', path }, 'list invoices'));
  if (!Array.isArray(items)) throw retryable({ code: 'answer-without-list', message: '${title} gave no list.' });
  if (items.length === 0) return null;
  // A vendor that does not know the parameter lists everything: only a row with our key is ours, and anything else decides nothing.
  const found = items.filter(isJsonObject).find((row) => row['externalId'] === key);
  if (typeof found?.['id'] === 'string') return { documentId: found['id'] };
  throw rejected({ code: 'answer-makes-no-sense', category: 'api-failure', message: '${title} listed what was not asked for.' });
}

const invoice = {
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

export const ${value} = defineConnector({
  name: '${name}',
  title: '${title}',
  summary: 'Invoices out.',
  documentation,
  vendorApi: 'v1',
  settings,
  account: (given) => (typeof given['company'] === 'string' ? \`${name}/\${given['company']}\` : undefined),
  streams: {},
  operations: { invoice },
  lookups: {},
  errors: errorTable,
  limits: { concurrency: 4, perSecond: 5, scope: 'account', pauseMs: pauseAsked({ otherwiseMs: 10_000 }) },
  async check(context) {
    const name = 'Reach and sign in';
    try {
      await reading('list invoices', () => call(context, { method: 'GET', path: '/invoices' }, 'list invoices'));
      return [{ name, ok: true, detail: String(context.settings['baseUrl']) }];
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return [{ name, ok: false, detail, remedy: 'Check the address, the egress rules and the token.' }];
    }
  },
});

export default ${value};
`,
    [`src/${name}.test.ts`]: `// What every connector owes, and one document per key against a target in memory.
import { describe, expect, it } from '@jest/globals';
import type { HttpClient, JsonObject } from '@waybill/sdk';
import { describeConnector, describeOperation } from '@waybill/sdk/conformance';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { ${value} } from './index.js';

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const settings = { baseUrl: 'https://books.example', token: 'a-token-of-the-company', company: 'ACME' };

describeConnector(${value}, { describe, it, expect, ajv, settings });

/** Replace it by a double of the vendor that holds requests against its contract: docs/guides/write-a-connector.md. */
const documents: { id: string; externalId: string }[] = [];
const http: HttpClient = {
  request({ method, url, body }) {
    const externalId = method === 'GET' ? new URL(url).searchParams.get('externalId') : String((body as JsonObject)['externalId']);
    const found = documents.filter((one) => one.externalId === externalId);
    if (method === 'GET') return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify({ items: found }) });
    const made = found[0] ?? { id: \`d\${documents.length + 1}\`, externalId: externalId! };
    if (!found[0]) documents.push(made);
    return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(made) });
  },
};

describeOperation(${value}, 'invoice', {
  describe,
  it,
  expect,
  ajv,
  target: () => Promise.resolve({ settings, http }),
  document: (unique) => ({ number: unique, total: '10.00' }),
  count: (key) => Promise.resolve(documents.filter((one) => one.externalId === key).length),
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

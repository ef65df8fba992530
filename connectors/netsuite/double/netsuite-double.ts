import { readExact, verifyJwt } from '@waybill/sdk';
import { startDouble, type DoubleRequest, type DoubleResponse, type RunningDouble, type VendorDouble } from '@waybill/sdk/double';
import { cents, decimal, openBooks, type Books, type MasterTable, type StoredRecord } from './books.js';
import { runSuiteql } from './suiteql.js';

const tokenPath = '/services/rest/auth/oauth2/v1/token';
const suiteqlPath = '/services/rest/query/v1/suiteql';
const kinds = ['invoice', 'creditMemo', 'customerPayment', 'journalEntry'];
const masterKinds: Record<string, MasterTable> = { customer: 'customer', serviceSaleItem: 'item' };

const refusal = (status: number, code: string, detail: string): DoubleResponse => ({
  status,
  headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error' },
  body: JSON.stringify({
    type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
    title: 'Bad Request',
    status,
    'o:errorDetails': [{ detail, 'o:errorCode': code }],
  }),
});
const invalid = (field: string): DoubleResponse =>
  refusal(
    400,
    'USER_ERROR',
    `Error while accessing a resource. You have entered an Invalid Field Value for the following field: ${field}.`,
  );

/** What NetSuite's REST interface demands of a request by its help pages; its schema is per account and not published. */
function contract(request: DoubleRequest): string[] {
  if (request.path === tokenPath)
    return request.form['grant_type'] === 'client_credentials' && request.form['client_assertion']
      ? []
      : ['the token endpoint takes client_credentials with an assertion'];
  const wrong: string[] = [];
  if (!/^Bearer .+/.test(request.headers['authorization'] ?? '')) wrong.push('no bearer token');
  if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json')
    wrong.push('the content type is not application/json');
  if (request.path === suiteqlPath) {
    if (request.headers['prefer'] !== 'transient') wrong.push('SuiteQL needs Prefer: transient');
    if (Number(request.query['limit']) > 1000) wrong.push('a page of SuiteQL holds 1,000 rows');
    return wrong;
  }
  const found = /^\/services\/rest\/record\/v1\/(\w+)(?:\/(eid:[^/]+|\d+))?$/.exec(request.path);
  if (!found) return [...wrong, 'no such resource'];
  const [, kind, id] = found;
  if (id?.startsWith('eid:') && !/^eid:[A-Za-z0-9_-]+$/.test(id)) wrong.push(`the external id ${id} holds what NetSuite does not take`);
  if (request.method === 'PUT' && kinds.includes(kind!)) wrong.push('a money document is never upserted');
  const externalId = (request.json as Record<string, unknown> | undefined)?.['externalId'];
  if (request.method === 'POST' && !(typeof externalId === 'string' && /^[A-Za-z0-9_-]+$/.test(externalId)))
    wrong.push('a document without external id');
  return wrong;
}

function answer(request: DoubleRequest, books: Books): DoubleResponse {
  if (request.path === tokenPath) return token(request, books);
  if (!books.tokens.has((request.headers['authorization'] ?? '').slice(7))) return refusal(401, 'INVALID_LOGIN', 'Invalid login attempt.');
  if (request.path === suiteqlPath) {
    const items = runSuiteql(String((request.json as { q?: unknown }).q), books, {
      limit: Number(request.query['limit'] ?? 1000),
      offset: Number(request.query['offset'] ?? 0),
    });
    return items
      ? { status: 200, body: { links: [], count: items.length, hasMore: false, items, offset: 0, totalResults: items.length } }
      : refusal(400, 'INVALID_PARAMETER', 'Invalid search query.');
  }
  const [, kind, id] = /\/v1\/(\w+)(?:\/(.+))?$/.exec(request.path)!;
  if (request.method === 'GET') return read(kind!, id!, books);
  const refused = books.refuse;
  if (refused) {
    books.refuse = undefined;
    return refusal(refused.status, refused.code, refused.detail);
  }
  const sent = readExact(request.text) as Record<string, unknown>;
  return request.method === 'PUT' ? upsert(kind!, id!.slice(4), sent, books) : create(kind!, sent, books);
}

function token({ form }: DoubleRequest, books: Books): DoubleResponse {
  const claims = verifyJwt(form['client_assertion'] ?? '', { publicKey: books.publicKey, algorithms: ['PS256'], now: books.now() });
  if (!claims || claims['scope'] !== 'rest_webservices' || !String(claims['aud']).endsWith(tokenPath))
    return { status: 400, body: { error: 'invalid_grant' } };
  const given = `token-${books.tokens.size + 1}`;
  books.tokens.add(given);
  return { status: 200, body: { access_token: given, expires_in: '3600', token_type: 'Bearer' } };
}

function read(kind: string, id: string, books: Books): DoubleResponse {
  const found = [...books.records.values()].find(
    (one) => one.kind === kind && (id.startsWith('eid:') ? one.externalId?.toLowerCase() === id.slice(4).toLowerCase() : one.id === id),
  );
  if (!found)
    return refusal(
      404,
      'NONEXISTENT_ID',
      `The record instance for external ID '${id}' does not exist. Provide a valid record instance ID.`,
    );
  const amount = kind === 'customerPayment' ? 'payment' : 'total';
  // amounts are JSON numbers there, so the text is put together by hand
  const amounts =
    kind === 'journalEntry'
      ? ''
      : `,"${amount}":${decimal(found.totalCents)},"taxTotal":${decimal(found.taxCents)},"amountRemaining":${decimal(found.openCents)}`;
  const head = JSON.stringify({
    id: found.id,
    tranId: found.tranId,
    externalId: found.externalId,
    tranDate: found.sent['tranDate'],
    status: { id: 'open', refName: 'Open' },
    ...(found.entity === undefined ? {} : { [kind === 'customerPayment' ? 'customer' : 'entity']: { id: found.entity } }),
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=singular' },
    body: `${head.slice(0, -1)}${amounts}}`,
  };
}

type Items = { items?: Record<string, unknown>[] } | undefined;
const idOf = (value: unknown): string | undefined => (value as { id?: string } | undefined)?.id;

function create(kind: string, sent: Record<string, unknown>, books: Books): DoubleResponse {
  const externalId = String(sent['externalId']);
  if ([...books.records.values()].some((one) => one.kind === kind && one.externalId?.toLowerCase() === externalId.toLowerCase()))
    return refusal(400, 'USER_ERROR', 'Error while accessing a resource. This record already exists.');
  const entity = idOf(sent['entity']) ?? idOf(sent['customer']);
  if (entity !== undefined || kind !== 'journalEntry') {
    const customer = books.master.customer.find(({ id }) => id === entity);
    if (!customer || customer.inactive) return invalid('entity');
  }
  if (books.closed.has(String(sent['tranDate']).slice(0, 7))) return refusal(400, 'TRAN_PRD_CLOSED', 'The posting period is closed.');
  const lines = ((sent['item'] as Items)?.items ?? []).map((line) => cents(line['amount']));
  const taxes = ((sent['taxDetails'] as Items)?.items ?? []).map((line) => cents(line['taxAmount']));
  const tax = taxes.reduce((a, b) => a + b, 0n);
  const total = kind === 'customerPayment' ? cents(sent['payment']) : lines.reduce((a, b) => a + b, tax);
  if (kind === 'journalEntry' && !balanced((sent['line'] as Items)?.items ?? []))
    return refusal(400, 'USER_ERROR', 'The amounts in a journal entry must balance.');
  for (const one of (sent['apply'] as Items)?.items ?? []) {
    const invoice = books.records.get(idOf(one['doc']) ?? '');
    if (!invoice || invoice.openCents < cents(one['amount'])) return invalid('apply');
  }
  for (const one of (sent['apply'] as Items)?.items ?? []) books.records.get(idOf(one['doc'])!)!.openCents -= cents(one['amount']);
  const id = String(books.nextId++);
  const record: StoredRecord = {
    id,
    kind,
    externalId,
    sent,
    tranId: `${kind === 'invoice' ? 'INV' : kind.slice(0, 2).toUpperCase()}${id}`,
    totalCents: total,
    taxCents: tax,
    openCents: total,
    ...(entity === undefined ? {} : { entity }),
    changedAt: books.now().toISOString().slice(0, 19),
  };
  books.records.set(id, record);
  return { status: 204, headers: { location: `https://double/services/rest/record/v1/${kind}/${id}` } };
}

function balanced(lines: Record<string, unknown>[]): boolean {
  return lines.reduce((sum, line) => sum + cents(line['debit'] ?? '0') - cents(line['credit'] ?? '0'), 0n) === 0n;
}

function upsert(kind: string, externalId: string, sent: Record<string, unknown>, books: Books): DoubleResponse {
  const rows = books.master[masterKinds[kind]!];
  const code = String(sent['entityId'] ?? sent['itemId']);
  const there = rows.find((one) => one.externalId === externalId || one.code === code);
  const row = there ?? { id: String(books.nextId++), code, inactive: false };
  Object.assign(row, { code, externalId, ...(sent['isInactive'] === true ? { inactive: true } : {}) });
  if (!there) rows.push(row);
  return { status: 204, headers: { location: `https://double/services/rest/record/v1/${kind}/${row.id}` } };
}

export function netsuiteDouble(publicKey: string, now: () => Date): RunningDouble<Books> {
  const vendor: VendorDouble<Books> = {
    name: 'NetSuite',
    contract,
    start: () => openBooks(publicKey, now),
    answer,
    says: {
      throttled: refusal(429, 'CONCURRENCY_LIMIT_EXCEEDED', 'Request limit exceeded.'),
      tokenOver: refusal(401, 'INVALID_LOGIN', 'Invalid login attempt.'),
      serverError: refusal(
        500,
        'UNEXPECTED_ERROR',
        'An unexpected error has occurred. Technical Support has been alerted to this problem.',
      ),
    },
    writes: ({ method, path }) => method !== 'GET' && path !== tokenPath && path !== suiteqlPath,
    situations: {
      'closed-period': (books) => {
        books.closed.add('2026-11');
        return () => books.closed.delete('2026-11');
      },
      'inactive-customer': (books) => {
        const customer = books.master.customer.find(({ code }) => code === 'CUST-1001')!;
        customer.inactive = true;
        return () => {
          customer.inactive = false;
        };
      },
    },
  };
  return startDouble(vendor);
}

/** Records under an external id, counted past the connector. */
export const countRecords = (books: Books, externalId: string): number =>
  [...books.records.values()].filter((one) => one.externalId === externalId).length +
  [...books.master.customer, ...books.master.item].filter((one) => one.externalId === externalId).length;

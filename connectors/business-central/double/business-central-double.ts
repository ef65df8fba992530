import { readExact } from '@waybill/sdk';
import { startDouble, type DoubleRequest, type DoubleResponse, type RunningDouble, type VendorDouble } from '@waybill/sdk/double';
import { Amount, jsonOf, newRow, openBooks, touch, type Books, type Row } from './books.js';
import {
  cancelSale,
  isRefusal,
  makeDraft,
  makeJournal,
  makePayment,
  postJournal,
  postSale,
  refusal,
  rowsOf,
  type Refusal,
} from './documents.js';
import { odataContract } from './odata-contract.js';

const isToken = ({ path }: DoubleRequest): boolean => path.endsWith('/oauth2/v2.0/token');
const refusalOf = ({ status, code, message }: Refusal): DoubleResponse => ({
  status,
  body: { error: { code, message: `${message}  CorrelationId:  33cccd63-b862-4ad6-b49a-6477225bf6da.` } },
});
const json = (status: number, value: unknown): DoubleResponse => ({
  status,
  headers: { 'content-type': 'application/json; odata.metadata=minimal' },
  body: jsonOf(value),
});

/** Asks the webhook address, as Business Central does before it makes or renews a subscription; the test says what the address answers. */
export type Handshake = (url: string, token: string) => string | undefined;

function answer(request: DoubleRequest, books: Books, handshake: Handshake): DoubleResponse {
  if (isToken(request)) return token(request, books);
  if (!books.tokens.has((request.headers['authorization'] ?? '').slice(7)))
    return refusalOf(refusal('Authentication_InvalidCredentials', 'The server has rejected the client credentials.', 401));
  const rest = /\/api\/v2\.0\/(?:companies\([^)]+\)\/)?(.*)$/.exec(request.path)![1]!;
  const [head, tail] = rest.split('/') as [string, string | undefined];
  const [, set, key] = /^(\w+)(?:\('?([^)']*)'?\))?$/.exec(head)!;
  const row = key === undefined ? undefined : rowsOf(books, set!).find((one) => one.id === key || one['subscriptionId'] === key);
  if (key !== undefined && !row)
    return refusalOf(refusal('Internal_RecordNotFound', `The record does not exist. Identification fields and values: Id='{${key}}'`, 404));
  if (tail?.startsWith('Microsoft.NAV.')) return acted(books, set!, row!, tail.slice('Microsoft.NAV.'.length));
  if (request.method === 'GET')
    return tail === undefined && row ? json(200, row) : json(200, { value: select(childrenOf(books, tail ?? set!, row), request.query) });
  const sent = (request.text === '' ? {} : readExact(request.text)) as Record<string, unknown>;
  if (request.method === 'POST') return made(books, tail ?? set!, row, sent, handshake);
  if (request.headers['if-match'] !== row!['@odata.etag'] && request.headers['if-match'] !== '*')
    return refusalOf(refusal('Request_EntityChanged', 'Another user has already changed the record.', 409));
  if (request.method === 'DELETE') {
    books.sets[set!] = rowsOf(books, set!).filter((one) => one !== row);
    if (set === 'journals') books.sets['journalLines'] = rowsOf(books, 'journalLines').filter((line) => line['journalId'] !== key);
    return { status: 204 };
  }
  if (set === 'subscriptions' && !greeted(sent, handshake))
    return refusalOf(refusal('BadRequest', 'The notification URL did not answer with the validation token.'));
  Object.assign(row!, sent, set === 'subscriptions' ? { expirationDateTime: inThreeDays(books) } : {});
  touch(books, row!);
  return json(200, row);
}

const childrenOf = (books: Books, set: string, parent: Row | undefined): Row[] =>
  parent === undefined ? rowsOf(books, set) : rowsOf(books, set).filter((one) => one['journalId'] === parent.id);

function token({ form }: DoubleRequest, books: Books): DoubleResponse {
  if (form['grant_type'] !== 'client_credentials' || form['client_secret'] !== 'a-client-secret')
    return { status: 401, body: { error: 'invalid_client' } };
  const given = `token-${books.tokens.size + 1}`;
  books.tokens.add(given);
  return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: given } };
}

function acted(books: Books, set: string, row: Row, action: string): DoubleResponse {
  const refused = set === 'journals' ? postJournal(books, row) : action === 'cancel' ? cancelSale(books, row) : postSale(books, row);
  return refused ? refusalOf(refused) : { status: 204 };
}

function made(books: Books, set: string, parent: Row | undefined, sent: Record<string, unknown>, handshake: Handshake): DoubleResponse {
  const row =
    makers[set]?.(books, sent, parent, handshake) ??
    refusal('BadRequest_MethodNotAllowed', `'POST' requests for '${set}' are not allowed.`, 405);
  return isRefusal(row) ? refusalOf(row) : json(201, row);
}

const inThreeDays = (books: Books): string => new Date(books.now().getTime() + 3 * 86_400_000).toISOString();
const greeted = (sent: Record<string, unknown>, handshake: Handshake): boolean =>
  handshake(String(sent['notificationUrl']), 'token-123') === 'token-123';

const makers: Record<
  string,
  (books: Books, sent: Record<string, unknown>, parent: Row | undefined, handshake: Handshake) => Row | Refusal
> = {
  salesInvoices: (books, sent) => makeDraft(books, 'salesInvoices', sent),
  salesCreditMemos: (books, sent) => makeDraft(books, 'salesCreditMemos', sent),
  journals: (books, sent) => makeJournal(books, sent),
  customerPayments: (books, sent, parent) => makePayment(books, parent!, sent),
  customers(books, sent) {
    if (rowsOf(books, 'customers').some((one) => one['number'] === sent['number']))
      return refusal('Internal_EntityWithSameKeyExists', 'The Customer already exists.');
    const row = newRow(books, { blocked: '_x0020_', ...sent });
    rowsOf(books, 'customers').push(row);
    return row;
  },
  subscriptions(books, sent, _parent, handshake) {
    if (!greeted(sent, handshake)) return refusal('BadRequest', 'The notification URL did not answer with the validation token.');
    const row = newRow(books, { ...sent, expirationDateTime: inThreeDays(books) });
    row['subscriptionId'] = row.id.replaceAll('-', '');
    rowsOf(books, 'subscriptions').push(row);
    return row;
  },
};

/** `$filter` of comparisons joined by `and`, `$orderby`, `$skip` and `$top`. Codes compare without case, as in Business Central. */
function select(rows: Row[], query: Record<string, string>): Row[] {
  const tests = (query['$filter'] ?? '')
    .split(' and ')
    .filter(Boolean)
    .map((part) => {
      const [, name, op, raw] = /^(\w+) (eq|ge|le|lt|gt) (.+)$/.exec(part)!;
      const value = raw!.startsWith("'") ? raw!.slice(1, -1).replaceAll("''", "'") : raw!;
      return (row: Row): boolean => {
        const [a, b] = [String(row[name!] ?? '').toUpperCase(), value.toUpperCase()];
        return op === 'eq' ? a === b : op === 'ge' ? a >= b : op === 'le' ? a <= b : op === 'lt' ? a < b : a > b;
      };
    });
  const order = (query['$orderby'] ?? '')
    .split(',')
    .filter(Boolean)
    .map((part) => part.trim().split(' '));
  const sorted = rows
    .filter((row) => tests.every((test) => test(row)))
    .sort((a, b) => {
      for (const [name, way] of order) {
        const [x, y] = [String(a[name!]), String(b[name!])];
        if (x !== y) return (x < y ? -1 : 1) * (way === 'desc' ? -1 : 1);
      }
      return 0;
    });
  const skip = Number(query['$skip'] ?? 0);
  return sorted.slice(skip, skip + Number(query['$top'] ?? 20_000));
}

/** Reading the metadata takes longer than most tests do. */
const contracts = new Map<string, ReturnType<typeof odataContract>>();
function contractOf(metadata: string): ReturnType<typeof odataContract> {
  const known = contracts.get(metadata) ?? odataContract(metadata, { apart: isToken });
  contracts.set(metadata, known);
  return known;
}

/** `metadata`: the text of the vendor's `$metadata`; every request is held against it. */
export function businessCentralDouble(
  metadata: string,
  now: () => Date,
  handshake: Handshake = (_url, token) => token,
): RunningDouble<Books> {
  const vendor: VendorDouble<Books> = {
    name: 'Business Central',
    contract: contractOf(metadata),
    start: () => openBooks(now),
    answer: (request, books) => answer(request, books, handshake),
    says: {
      throttled: {
        status: 429,
        headers: { 'retry-after': '7' },
        body: { error: { code: 'Application_TooManyRequests', message: 'Too many requests reached.' } },
      },
      tokenOver: refusalOf(refusal('Authentication_InvalidCredentials', 'The server has rejected the client credentials.', 401)),
      serverError: { status: 503, body: 'The request waited too long in the queue.' },
    },
    situations: {
      'closed-period': (books) => {
        books.allowedFrom = '2026-12-01';
        return () => {
          books.allowedFrom = '2026-01-01';
        };
      },
      'inactive-customer': (books) => {
        const customer = rowsOf(books, 'customers').find((row) => row['number'] === 'CUST-1001')!;
        customer['blocked'] = 'All';
        return () => {
          customer['blocked'] = '_x0020_';
        };
      },
    },
  };
  return startDouble(vendor);
}

export { Amount, rowsOf };
export { companyId } from './books.js';

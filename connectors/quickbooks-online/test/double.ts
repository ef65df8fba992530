import type { DoubleRequest, DoubleResponse, VendorDouble } from '@waybill/sdk/double';
import { xsdContract } from '@waybill/sdk/double';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';

type Row = Record<string, unknown>;

/** A company of QuickBooks Online in memory. */
export interface Books {
  rows: Record<string, Row[]>;
  /** What each request id was answered. */
  answered: Map<string, DoubleResponse>;
  refreshToken: string;
  accessToken: string;
  tokens: number;
  closedUntil: string | undefined;
  serial: number;
}

export const realm = '9130357';
export const settings = {
  realmId: realm,
  clientId: 'client-of-the-app',
  clientSecret: 'secret-of-the-client',
  refreshToken: 'refresh-0-of-the-consent',
};

const files = ['Finance.xsd', 'IntuitBaseTypes.xsd', 'IntuitNamesTypes.xsd'];
const { missing, text } = contractsOf('quickbooks-online');
/** Why requests are not held against Intuit's XSD; undefined when they are. */
export const contractMissing = missing;
const against = missing === undefined ? xsdContract(files.map((file) => text(`xsd/${file}`))) : undefined;

const kinds = {
  invoice: 'Invoice',
  creditmemo: 'CreditMemo',
  payment: 'Payment',
  purchase: 'Purchase',
  journalentry: 'JournalEntry',
  customer: 'Customer',
} as const;
const pathOf = /^\/v3\/company\/(\d+)\/([a-z]+)(?:\/([^/]+))?$/;

/** What Intuit's pages say of every request, and what its XSD says of the bodies. */
function contract(request: DoubleRequest): string[] {
  if (request.path.endsWith('/tokens/bearer'))
    return request.form['grant_type'] === 'refresh_token' ? [] : ['grant_type must be refresh_token'];
  const [, company, name] = pathOf.exec(request.path) ?? [];
  const problems: string[] = [];
  if (company !== realm) problems.push(`the path must name the company ${realm}`);
  if (Number(request.query['minorversion']) < 75) problems.push('minorversion must be 75 or later');
  if (!request.headers['authorization']?.startsWith('Bearer ')) problems.push('a bearer token is missing');
  if (request.headers['accept'] !== 'application/json') problems.push('accept must be application/json, else the answer is XML');
  if (request.method !== 'POST') return problems;
  const kind = kinds[name as keyof typeof kinds];
  const id = request.query['requestid'] ?? '';
  if (id === '' || id.length > 50) problems.push(`requestid must have 1 to 50 characters, not ${id.length}`);
  if (kind === undefined) return [...problems, `there is no ${String(name)} to write`];
  const { DocNumber, PaymentRefNum } = (request.json ?? {}) as Row;
  for (const number of [DocNumber, PaymentRefNum])
    if (typeof number === 'string' && number.length > 21) problems.push('a number of more than 21 characters');
  return [...problems, ...(against?.(kind, request.json) ?? [])];
}

const fault = (code: string, Message: string, Detail: string, options: { status?: number; type?: string } = {}): DoubleResponse => ({
  status: options.status ?? 400,
  body: {
    Fault: { Error: [{ Message, Detail, code, element: '' }], type: options.type ?? 'ValidationFault' },
    time: '2026-11-27T06:00:00.000-08:00',
  },
});

const refIn = (row: Row, name: string): string | undefined => (row[name] as { value?: string } | undefined)?.value;
const listIn = (row: Row, name: string): Row[] => (row[name] as Row[] | undefined) ?? [];
const cents = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

function write(kind: string, body: Row, query: Record<string, string>, books: Books): DoubleResponse {
  const rows = books.rows[kind]!;
  const existing = body['Id'] === undefined ? undefined : rows.find((row) => row['Id'] === body['Id']);
  if (body['Id'] !== undefined && !existing)
    return fault('610', 'Object Not Found', 'Object Not Found : Another user has deleted this transaction.');
  if (existing && existing['SyncToken'] !== body['SyncToken'])
    return fault('5010', 'Stale Object Error', 'Stale Object Error : You and another user were working on this at the same time.');
  const whole: Row = { ...existing, ...body };
  const refused = refusalOf(kind, whole, existing, books);
  if (refused) return refused;
  books.serial += 1;
  const voided = query['operation'] === 'void' || query['include'] === 'void';
  const row: Row = {
    ...whole,
    Id: existing?.['Id'] ?? String(books.serial),
    SyncToken: String(Number(existing?.['SyncToken'] ?? -1) + 1),
    MetaData: { LastUpdatedTime: new Date(Date.UTC(2026, 10, 27) + books.serial * 1_000).toISOString().replace('.000Z', '+00:00') },
    ...(kind === 'Customer' ? { Active: existing?.['Active'] ?? true } : { TotalAmt: voided ? 0 : totalOf(kind, whole) }),
    ...(voided ? { Balance: 0, PrivateNote: `Voided - ${String(whole['PrivateNote'] ?? '')}` } : {}),
  };
  if (existing) rows[rows.indexOf(existing)] = row;
  else rows.push(row);
  return { status: 200, body: { [kind]: row, time: '2026-11-27T06:00:00.000-08:00' } };
}

function refusalOf(kind: string, row: Row, existing: Row | undefined, books: Books): DoubleResponse | undefined {
  if (kind === 'Customer') {
    const taken = books.rows['Customer']!.find((one) => one['DisplayName'] === row['DisplayName'] && one !== existing);
    return (
      taken &&
      fault('6240', 'Duplicate Name Exists Error', 'The name supplied already exists. : Another customer is already using this name.')
    );
  }
  if (books.closedUntil !== undefined && String(row['TxnDate']) <= books.closedUntil)
    return fault(
      '6210',
      'Account Period Closed',
      'The account period has closed and the account books cannot be updated through this QuickBooks Online Services.',
    );
  const customers = [
    refIn(row, 'CustomerRef'),
    refIn(row, 'EntityRef'),
    ...listIn(row, 'Line').map((line) =>
      refIn(((line['JournalEntryLineDetail'] as Row | undefined)?.['Entity'] ?? {}) as Row, 'EntityRef'),
    ),
  ];
  for (const customer of customers.filter((id) => id !== undefined)) {
    const found = books.rows['Customer']!.find((one) => one['Id'] === customer);
    // Intuit: a fault may come with HTTP 200.
    if (!found) return fault('2500', 'Invalid Reference Id', 'Invalid Reference Id : Names element id not found', { status: 200 });
    if (found['Active'] === false)
      return fault('610', 'Object Not Found', 'Object Not Found : Something you are trying to use has been made inactive.', {
        status: 200,
      });
  }
  const number = row['DocNumber'];
  if (number !== undefined && books.rows[kind]!.some((one) => one['DocNumber'] === number && one !== existing))
    return fault('6140', 'Duplicate Document Number Error', 'Duplicate Document Number Error : You must specify a different number.');
  if (kind === 'JournalEntry') {
    const side = (type: string): number =>
      listIn(row, 'Line').reduce(
        (sum, line) => sum + ((line['JournalEntryLineDetail'] as Row)['PostingType'] === type ? cents(line['Amount']) : 0),
        0,
      );
    if (side('Debit') !== side('Credit'))
      return fault('6000', 'A business validation error has occurred', 'Business Validation Error: debits and credits are not equal.');
  }
  // Intuit: an expense on receivables needs its customer, and it is on them in its currency.
  if (kind === 'Purchase') {
    if (row['PaymentType'] !== 'Cash' || refIn(row, 'AccountRef') === undefined)
      return fault(
        '2020',
        'Required param missing, need to supply the required value for the API',
        'Required parameter AccountRef is missing',
      );
    for (const line of listIn(row, 'Line'))
      if (
        refIn((line['AccountBasedExpenseLineDetail'] ?? {}) as Row, 'AccountRef') === '84' &&
        (row['EntityRef'] as Row | undefined)?.['type'] !== 'Customer'
      )
        return fault('6000', 'A business validation error has occurred', 'Business Validation Error: choose a customer in the Name field.');
  }
  for (const line of listIn(row, 'Line')) {
    const { Qty, UnitPrice } = (line['SalesItemLineDetail'] ?? {}) as Row;
    if (Qty !== undefined && UnitPrice !== undefined && cents(Number(Qty) * Number(UnitPrice)) !== cents(line['Amount']))
      return fault('6070', 'Amount calculation incorrect in the request', 'Amount is not equal to UnitPrice * Qty.');
  }
  return undefined;
}

function totalOf(kind: string, row: Row): number {
  if (kind === 'Payment') return cents(row['TotalAmt']) / 100;
  const lines = listIn(row, 'Line').reduce((sum, line) => sum + cents(line['Amount']), 0);
  if (kind === 'JournalEntry') return lines / 2 / 100;
  return (lines + cents((row['TxnTaxDetail'] as Row | undefined)?.['TotalTax'])) / 100;
}

/** `select * from Invoice where A = 'x' and B >= 'y' orderby C startposition 1 maxresults 10`, as far as the connector asks. */
function select(statement: string, books: Books): DoubleResponse {
  const asked = /^select \* from (\w+)(?: where (.*?))?(?: orderby ([\w.]+))?(?: startposition (\d+))?(?: maxresults (\d+))?$/.exec(
    statement,
  );
  if (!asked) return fault('4000', 'Error parsing query', `QueryParserError: ${statement}`);
  const [, entity, where = '', order, start = '1', most = '100'] = asked as unknown as string[];
  const rows = books.rows[entity!] ?? [];
  const conditions = where.match(/[\w.]+ (?:=|>=|<=|in) (?:'(?:[^'\\]|\\.)*'|\([^)]*\))/g) ?? [];
  const valueAt = (row: Row, path: string): unknown => {
    const value = path.split('.').reduce<unknown>((at, name) => (at as Row | undefined)?.[name], row);
    return typeof value === 'object' && value !== null && 'value' in value ? (value as { value: unknown }).value : value;
  };
  const fits = (row: Row): boolean =>
    conditions.every((condition) => {
      const [, path, operator, given] = /^([\w.]+) (=|>=|<=|in) (.*)$/.exec(condition) as unknown as string[];
      if (operator === 'in') return true;
      const wanted = given!.slice(1, -1).replace(/\\(.)/g, '$1');
      const value = valueAt(row, path!);
      if (operator === '=') return String(value) === wanted;
      return operator === '<=' ? Date.parse(String(value)) <= Date.parse(wanted) : Date.parse(String(value)) >= Date.parse(wanted);
    });
  const active = /Active in/.test(where) || entity !== 'Customer';
  const found = rows.filter((row) => fits(row) && (active || row['Active'] !== false));
  if (order) found.sort((a, b) => String(valueAt(a, order)).localeCompare(String(valueAt(b, order))));
  const page = found.slice(Number(start) - 1, Number(start) - 1 + Number(most));
  return {
    status: 200,
    body: { QueryResponse: page.length === 0 ? {} : { [entity!]: page, startPosition: Number(start), maxResults: page.length } },
  };
}

function answer(request: DoubleRequest, books: Books): DoubleResponse {
  if (request.path.endsWith('/tokens/bearer')) {
    if (request.form['refresh_token'] !== books.refreshToken)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Token invalid' } };
    books.tokens += 1;
    books.refreshToken = `refresh-${books.tokens}-of-the-consent`;
    books.accessToken = `access-${books.tokens}`;
    return {
      status: 200,
      body: {
        access_token: books.accessToken,
        refresh_token: books.refreshToken,
        expires_in: 3600,
        x_refresh_token_expires_in: 8_726_400,
        token_type: 'bearer',
      },
    };
  }
  if (request.headers['authorization'] !== `Bearer ${books.accessToken}`) return double.says.tokenOver;
  const [, , name, id] = pathOf.exec(request.path) ?? [];
  if (request.method === 'GET') {
    if (name === 'query') return select(request.query['query'] ?? '', books);
    if (name === 'companyinfo') return { status: 200, body: { CompanyInfo: { Id: '1', CompanyName: 'Ada Ltd', Country: 'US' } } };
    if (name === 'preferences')
      return {
        status: 200,
        body: {
          Preferences: {
            SalesFormsPrefs: { CustomTxnNumbers: true },
            CurrencyPrefs: { MultiCurrencyEnabled: true, HomeCurrency: { value: 'USD' } },
            AccountingInfoPrefs: books.closedUntil === undefined ? {} : { BookCloseDate: books.closedUntil },
          },
        },
      };
    const kind = kinds[name as keyof typeof kinds];
    const found = kind && books.rows[kind]!.find((row) => row['Id'] === id);
    return found
      ? { status: 200, body: { [kind]: found } }
      : fault('610', 'Object Not Found', 'Object Not Found : Something you are trying to use has been made inactive.');
  }
  const requestId = request.query['requestid']!;
  const before = books.answered.get(requestId);
  if (before) return before;
  const made = write(kinds[name as keyof typeof kinds], request.json as Row, request.query, books);
  books.answered.set(requestId, made);
  return made;
}

export const double: VendorDouble<Books> = {
  name: 'QuickBooks Online',
  contract,
  start: () => ({
    rows: {
      Customer: [
        { Id: '1', SyncToken: '0', DisplayName: 'C-1 Ada', Active: true, MetaData: { LastUpdatedTime: '2026-11-01T00:00:00-08:00' } },
        { Id: '2', SyncToken: '0', DisplayName: 'C-2 Bob', Active: true, MetaData: { LastUpdatedTime: '2026-11-01T00:00:01-08:00' } },
      ],
      // What payments and credits are applied to.
      Invoice: [{ Id: '100', SyncToken: '0', DocNumber: 'OPEN-1', CustomerRef: { value: '1' }, CurrencyRef: { value: 'USD' }, TotalAmt: 1_000_000, TxnDate: '2026-11-01', MetaData: { LastUpdatedTime: '2026-11-01T00:00:02-08:00' } }],
      CreditMemo: [],
      Payment: [],
      Purchase: [],
      JournalEntry: [],
      Item: [{ Id: '10', Name: 'API calls', Sku: 'API', Active: true }],
      Account: [{ Id: '20', Name: 'Sales', AcctNum: '4000' }, { Id: '21', Name: 'Sales', AcctNum: '4001' }, { Id: '84', Name: 'Accounts Receivable (A/R)', AccountType: 'Accounts Receivable', CurrencyRef: { value: 'USD' } }],
      TaxCode: [{ Id: 'TAX', Name: 'TAX' }],
      TaxRate: [{ Id: '3', Name: 'State' }],
      CompanyCurrency: [{ Id: '1', Code: 'EUR', Active: true }],
    },
    answered: new Map(),
    refreshToken: settings.refreshToken,
    accessToken: 'none yet',
    tokens: 0,
    closedUntil: undefined,
    serial: 1_000,
  }), // prettier-ignore
  answer,
  says: {
    throttled: {
      status: 429,
      headers: { 'retry-after': '2' },
      body: {
        Fault: { Error: [{ Message: 'message=ThrottleExceeded; errorCode=003001; statusCode=429', code: '003001' }], type: 'THROTTLED' },
      },
    },
    tokenOver: {
      status: 401,
      body: {
        fault: {
          error: [{ message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401', detail: 'Token expired', code: '3200' }],
          type: 'AUTHENTICATION',
        },
      },
    },
    serverError: {
      status: 500,
      body: { Fault: { Error: [{ Message: 'An application error has occurred', code: '10000' }], type: 'SystemFault' } },
    },
  },
  situations: {
    'closed-period': (books) => {
      books.closedUntil = '2026-11-30';
      return () => void (books.closedUntil = undefined);
    },
    'inactive-customer': (books) => {
      const customer = books.rows['Customer']![0]!;
      customer['Active'] = false;
      return () => void (customer['Active'] = true);
    },
  },
};

const kindOf = (document: string): string =>
  ({ invoice: 'Invoice', 'credit-memo': 'CreditMemo', payment: 'Payment', 'journal-entry': 'JournalEntry', customer: 'Customer' })[
    document
  ]!;
const carrying = (rows: readonly Row[], key: string): number =>
  rows.filter((row) =>
    `${String(row['PrivateNote'] ?? '')}\n${String(row['Notes'] ?? '')}`.split('\n').some((line) => line.endsWith(`Waybill ${key}`)),
  ).length;

/** How many documents carry a key, counted past the connector; of a credit memo also how often it was applied. */
export const countOf = (books: Books, document: string, key: string): number =>
  Math.max(
    carrying(books.rows[kindOf(document)]!, key) + (document === 'payment' ? carrying(books.rows['Purchase']!, key) : 0),
    document === 'credit-memo' ? carrying(books.rows['Payment']!, `${key}-apply`) : 0,
  );
export const totalIn = (books: Books, document: string): number =>
  [...books.rows[kindOf(document)]!, ...(document === 'payment' ? books.rows['Purchase']! : [])].filter((row) =>
    JSON.stringify(row).includes('Waybill '),
  ).length;

export { documents } from './documents.js';

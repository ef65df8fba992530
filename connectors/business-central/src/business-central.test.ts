// What every connector owes without a network; the errors of Microsoft's page; notifications; and the pure parts of a posting.
import { describe, expect, it } from '@jest/globals';
import { readExact, writeExact, type JsonObject } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { documentedCodes, errorTable } from './error-codes.js';
import { failureOf } from './failures.js';
import { businessCentral } from './index.js';
import { documentNumberOf, externalNumberOf, journalCodeOf, literal } from './keys.js';
import { assertSums, creditKind, invoiceKind, priced, saleBody } from './sale-body.js';
import { accountOf, apiRootOf } from './settings.js';
import { next } from './streams.js';

const contract = contractsOf('business-central');
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const companyId = 'a7f1d29f-b084-f011-a708-6045bd956d8a';
const settings = {
  tenantId: 'contoso.onmicrosoft.com', environment: 'Production', companyId, clientId: '11111111-2222-3333-4444-555555555555',
  clientSecret: 'a-client-secret', clientState: 'testClientState',
}; // prettier-ignore
const id = '015e4dd6-fc83-f011-a6f5-000d3a4b6d9d';
const changed = '2025-09-29T10:22:52.363Z';
const notice = (of: JsonObject = {}): JsonObject => ({
  subscriptionId: '270135334a7d433e9009dde078e9e29c',
  clientState: 'testClientState',
  expirationDateTime: '2025-10-02T10:21:44Z',
  resource: `api/v2.0/companies(${companyId})/salesInvoices(${id})`,
  changeType: 'updated',
  lastModifiedDateTime: changed,
  ...of,
});
const notification = (...notices: JsonObject[]): string => JSON.stringify({ value: notices });
const row = {
  id,
  number: 'PS-1',
  displayName: 'Contoso',
  totalAmountIncludingTax: '119.00',
  currencyCode: 'EUR',
  entryNumber: '7',
  documentNumber: 'WBA',
  lastModifiedDateTime: changed,
};

describeConnector(businessCentral, {
  describe,
  it,
  expect: expect as never,
  ajv,
  settings,
  webhook: {
    request: () => ({ body: Buffer.from(notification(notice())), headers: { 'content-type': 'application/json' }, query: {} }),
    secretField: 'clientState',
    signatureHeaders: [],
    signsBody: false,
  },
  unpack: {
    deliveries: Object.keys(businessCentral.streams).map((stream) => ({
      id: `${stream}/1`,
      body: JSON.stringify(row),
      via: 'poll' as const,
      stream,
    })),
    unwanted: [
      { id: 'deleted', body: notification(notice({ changeType: 'deleted' })), via: 'webhook' },
      {
        id: 'collection',
        body: notification(
          notice({
            changeType: 'collection',
            resource: `/api/v2.0/companies(${companyId})/salesInvoices?$filter=lastModifiedDateTime%20gt%202025-09-15T11:00:00Z`,
          }),
        ),
        via: 'webhook',
      },
      { id: 'items', body: notification(notice({ resource: `api/v2.0/companies(${companyId})/items(${id})` })), via: 'webhook' },
    ],
  },
});

describe('a notification', () => {
  const unpack = (body: string) => businessCentral.unpack({ id: 'n', body, via: 'webhook' });
  const verify = (body: string, query = {}) =>
    businessCentral.webhook.verify({ body: Buffer.from(body), headers: {}, query }, settings, new Date());
  it('names records whose content is fetched', () => {
    const both = unpack(
      notification(notice(), notice({ resource: `/api/v2.0/companies(${companyId})/customers(${id})`, changeType: 'created' })),
    );
    expect(both).toEqual([
      {
        stream: 'invoices',
        body: { id },
        revision: changed,
        occurredAt: changed,
        partial: true,
        delivery: expect.objectContaining({ changeType: 'updated' }),
      },
      {
        stream: 'customers',
        body: { id },
        revision: changed,
        occurredAt: changed,
        partial: true,
        delivery: expect.objectContaining({ changeType: 'created' }),
      },
    ]);
  });
  it('is refused when one entry of many does not carry our client state', () => {
    expect(verify(notification(notice(), notice()))).toMatchObject({ ok: true });
    for (const wrong of [undefined, '', 'testClientStatE', 'testClientState ', 7, null])
      expect(verify(notification(notice(), notice({ clientState: wrong as never })))).toMatchObject({
        ok: false,
        code: 'client-state-wrong',
      });
    expect(verify('{"value":[]}')).toMatchObject({ ok: false, code: 'body-not-a-notification' });
    expect(verify(notification(...Array.from({ length: 1001 }, () => notice())))).toMatchObject({ ok: false, code: 'too-many-entries' });
  });
  it('gives the validation token back as it is, and nothing that could be markup', () => {
    const shake = (validationToken: string) =>
      businessCentral.webhook.handshake!({ body: Buffer.alloc(0), headers: {}, query: { validationToken } });
    expect(shake('5f3c2b1a-token.with_all~of:them/+=')).toBe('5f3c2b1a-token.with_all~of:them/+=');
    for (const bad of ['<b>', '"', "a'b", 'a\nb', '', 'x'.repeat(501)]) expect(shake(bad)).toBeUndefined();
  });
  if (contract.missing) it.skip(`as recorded (skipped: ${contract.missing})`, () => undefined);
  else
    it('as recorded from version 26 is taken, and its item wakes no stream', () => {
      const recorded = contract.text('api-v2.0-real/notifications.json');
      expect(verify(recorded)).toMatchObject({ ok: true });
      expect(unpack(recorded)).toEqual([]);
      expect(unpack(recorded.replace('/items(', '/customers('))).toMatchObject([{ stream: 'customers', partial: true, body: { id } }]);
    });
});

/** The page "Error codes" of API v2.0, code by code, with the message that stands there. */
const published: [code: string, message: string, status: number, expected: string][] = [
  ['BadRequest_InvalidRequestUrl', "An incompatible property definition already exists for 'Allowed_Companies_0.Name'", 400, 'misconfigured'],
  ['BadRequest_NotFound', 'Bad Request - Error in query syntax', 400, 'rejected transformation'],
  ['BadRequest_ResourceNotFound', "Resource not found for the segment 'OfficeAppResourceRegistrations'", 404, 'misconfigured'],
  ['BadRequest_InvalidOperation', "Control 'Last Date Modified' is read-only", 400, 'rejected transformation'],
  ['BadRequest', 'Invalid Request Body', 400, 'rejected transformation'],
  ['BadRequest_InvalidToken', 'Could not validate the client concurrency token required by the service.', 400, 'retryable'],
  ['BadRequest_RequiredParamNotProvided', "Field 'taxable' must not be blank or empty.", 400, 'rejected transformation'],
  ['Request_EntityChanged', 'Another user has already changed the record.', 409, 'retryable'],
  ['BadRequest_MethodNotAllowed', "'POST' requests for 'companies' are not allowed.", 405, 'misconfigured'],
  ['BadRequest_MethodNotImplemented', 'Entity does not support bound actions', 501, 'misconfigured'],
  ['Internal_DataNotFoundFilter', 'There is no Cust. Ledger Entry within the filter.', 400, 'rejected posting-rejection'],
  ['Internal_RecordNotFound', 'The Acc. Sched. KPI Web srv. Setup does not exist.', 404, 'rejected master-data'],
  ['Internal_InvalidTableRelation', 'The field Account No. of table Gen. Journal Line contains a value (ABL001) that cannot be found in the related table (Vendor).', 400, 'rejected master-data'],
  ['Internal_ServerError', 'Cannot establish a connection to the SQL Server/Database.', 500, 'in-doubt'],
  ['Internal_EntityWithSameKeyExists', 'The Attachment Entity Buffer already exists.', 400, 'rejected duplicate'],
  ['Internal_CompanyNotFound', 'Cannot process the request because the default company cannot be found.', 404, 'misconfigured'],
  ['Internal_TenantUnavailable', "The tenant 'msca1a7355t05263373' is not accessible", 503, 'retryable'],
  ['Application_DialogException', 'You cannot delete Item 1000 because there is at least one outstanding Sales Quote.', 400, 'rejected posting-rejection'],
  ['Application_EvaluateException', 'The value "Depreciation" cannot be evaluated into type Option.', 400, 'rejected transformation'],
  ['Application_StringExceededLength', 'The length of the string is 57, but it must be less than or equal to 50 characters.', 400, 'rejected transformation'],
  ['Application_InvalidGUID', 'Invalid format of GUID string.', 400, 'rejected transformation'],
  ['Application_CallbackNotAllowed', 'Data services attempted to issue a client callback to show a confirmation dialog box.', 400, 'rejected posting-rejection'],
  ['Application_FilterErrorException', 'The filter is not valid for the No. field on the Item table.', 400, 'rejected transformation'],
  ['Application_FieldValidationException', 'Customer Posting Group must have a value in Customer: No.=C00690.', 400, 'rejected master-data'],
  ['Authentication_InvalidCredentials', 'The server has rejected the client credentials', 401, 'unauthorized'],
  ['Unknown', 'Any', 400, 'in-doubt'],
]; // prettier-ignore

describe('the error table', () => {
  const classed = (code: string | undefined, message: string, status: number, writes = true) => {
    const text =
      code === undefined
        ? message
        : JSON.stringify({ error: { code, message: `${message}  CorrelationId:  33cccd63-b862-4ad6-b49a-6477225bf6da.` } });
    const { recovery, category } = failureOf({ status, headers: {}, text }, { what: 'post the invoice', writes }, {}).facts;
    return [recovery, category].filter(Boolean).join(' ');
  };
  it.each(published)('%s "%s"', (code, message, status, expected) => expect(classed(code, message, status)).toBe(expected));
  it('holds each published code once, and none besides', () => {
    const codes = documentedCodes.map(({ code }) => code);
    expect(codes.toSorted()).toEqual(published.map(([code]) => code).toSorted());
    expect(new Set(codes).size).toBe(codes.length);
    expect(errorTable.filter(({ words, code }) => words !== undefined && !codes.includes(code))).toEqual([]);
    for (const { reason, remedy } of errorTable) expect([/^[A-Z].{10,}\.$/.test(reason), (remedy ?? '').length > 10]).toEqual([true, true]);
  });
  it('tells closed dates, blocked customers and missing set-up apart under one code', () => {
    const dialog = (words: string) => classed('Application_DialogException', words, 400);
    expect(dialog('The Posting Date is not within your range of allowed posting dates.')).toBe('rejected posting-rejection');
    expect(dialog('You cannot post this type of document when Customer 10000 is blocked with type All.')).toBe('rejected master-data');
    expect(dialog('The General Posting Setup does not exist. Identification fields and values: …')).toBe('rejected master-data');
    expect(dialog('The record already exists.')).toBe('rejected duplicate');
  });
  it('is in doubt about a write that no code settles, and never about a read', () => {
    for (const [code, message, status] of published) expect(classed(code, message, status, false)).not.toContain('in-doubt');
    for (const status of [408, 500, 502, 503, 504])
      expect([classed(undefined, '<html>', status), classed(undefined, '', status, false)]).toEqual(['in-doubt', 'retryable']);
    expect(classed('Application_TooManyRequests', 'Too many.', 429)).toBe('throttled');
    expect(classed('Application_OfNextYear', 'New.', 400)).toBe('rejected posting-rejection');
  });
  it('leaves the correlation id out of what people read, and keeps it in the record', () => {
    const text = JSON.stringify({ error: { code: 'BadRequest', message: 'No.  CorrelationId:  33cccd63-b862-4ad6-b49a-6477225bf6da.' } });
    const { facts } = failureOf({ status: 400, headers: {}, text }, { what: 'post', writes: true }, {});
    expect(facts.message).not.toContain('CorrelationId');
    expect(facts.vendorWords).toContain('33cccd63');
  });
});

describe('our key', () => {
  const key = 'wb-abcdefghijklmnopqrstuvwx23';
  it('fits the fields of Business Central, upper case', () => {
    expect(externalNumberOf(key)).toBe('WB-ABCDEFGHIJKLMNOPQRSTUVWX23');
    expect(documentNumberOf(key)).toBe('WBABCDEFGHIJKLMNOPQR');
    expect(journalCodeOf(key)).toBe('WABCDEFGHI');
    expect([externalNumberOf(key).length <= 35, documentNumberOf(key).length, journalCodeOf(key).length]).toEqual([true, 20, 10]);
  });
  it('and any text are literals of a filter, never its syntax', () =>
    expect(literal("x' or 1 eq 1 or 'a' eq 'a")).toBe("'x'' or 1 eq 1 or ''a'' eq ''a'"));
});

describe('a connection', () => {
  it('has the address and the account of its company', () => {
    expect(apiRootOf(settings)).toBe('https://api.businesscentral.dynamics.com/v2.0/contoso.onmicrosoft.com/Production/api/v2.0');
    expect(accountOf(settings)).toBe(`business-central/contoso.onmicrosoft.com/production/${companyId}`);
  });
});

const invoice = {
  customer: 'CUST-1001', number: 'BILL-1', currency: 'EUR', documentDate: '2026-11-20', postingDate: '2026-11-20',
  lines: [
    { item: 'PRO-PLAN', description: 'Pro plan', quantity: '10', unitPrice: '49.99', amount: '499.90', taxCode: 'VAT19' },
    { account: '4020', description: 'Discount', quantity: '1', unitPrice: '-9.90', amount: '-9.90', taxCode: 'VAT19' },
  ],
  taxLines: [{ taxCode: 'VAT19', name: 'VAT 19 %', account: '1776', base: '490.00', amount: '93.10' }],
  subtotal: '490.00', taxTotal: '93.10', total: '583.10',
}; // prettier-ignore

describe('a document', () => {
  const body = (more: JsonObject = {}, with_: JsonObject = settings, kind = invoiceKind) =>
    readExact(writeExact(saleBody({ ...invoice, ...more }, { key: 'wb-a', kind, settings: with_ }))) as Record<string, unknown>;
  it('whose parts are not its totals is refused before anything is asked', () => {
    expect(() => assertSums(invoice)).not.toThrow();
    for (const wrong of [{ subtotal: '490.01' }, { taxTotal: '93.11' }, { total: '583.09' }])
      expect(() => assertSums({ ...invoice, ...wrong })).toThrow(/parts sum to/);
  });
  it('has prices that are never negative, and a product that is the amount exactly', () => {
    expect(readExact(writeExact(priced(invoice.lines[1]!)))).toEqual({
      description: 'Discount (1 × -9.90)',
      quantity: '-1',
      unitPrice: '9.90',
    });
    expect(readExact(writeExact(priced({ description: 'Calls', quantity: '1234', unitPrice: '0.0125', amount: '15.43' })))).toEqual({
      description: 'Calls (1234 × 0.0125)',
      quantity: '1',
      unitPrice: '15.43',
    });
    expect(
      (readExact(writeExact(priced({ description: 'ä'.repeat(200), quantity: '1', amount: '1.00' }))) as JsonObject)['description'],
    ).toBe('ä'.repeat(100));
  });
  it('carries our key, the biller’s number and its lines in one request', () => {
    expect(body()).toMatchObject({
      externalDocumentNumber: 'WB-A',
      customerPurchaseOrderReference: 'BILL-1',
      invoiceDate: '2026-11-20',
      salesInvoiceLines: [
        { lineType: 'Item', lineObjectNumber: 'PRO-PLAN', taxCode: 'VAT19' },
        { lineType: 'Account', lineObjectNumber: '4020' },
      ],
    });
    expect(body({}, settings, creditKind)).toMatchObject({ creditMemoDate: '2026-11-20', salesCreditMemoLines: [{}, {}] });
  });
  it('posts tax on its account where the connection says so, and no other tax beside it', () => {
    const lines = body({}, { ...settings, taxPosting: 'lines', noTaxCode: 'NOTAX' })['salesInvoiceLines'] as JsonObject[];
    expect(lines.map((line) => line['taxCode'])).toEqual(['NOTAX', 'NOTAX', 'NOTAX']);
    expect(lines[2]).toMatchObject({
      lineType: 'Account',
      lineObjectNumber: '1776',
      quantity: '1',
      unitPrice: '93.10',
      description: 'VAT 19 %',
    });
    expect(() => body({}, { ...settings, taxPosting: 'lines' })).toThrow(/no tax code without tax/);
  });
});

describe('a cursor', () => {
  const rows = (...times: string[]) => times.map((lastModifiedDateTime, at) => ({ id: String(at), lastModifiedDateTime }));
  it('counts what shares the last instant, over pages, and steps back at the end of a sweep', () => {
    const [a, b] = ['2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'];
    expect(next({ at: a, skip: 0 }, rows(a, b, b), true)).toEqual({ at: b, skip: 2 });
    expect(next({ at: b, skip: 2 }, rows(b, b, b), true)).toEqual({ at: b, skip: 5 });
    expect(next({ at: b, skip: 5 }, rows(b), false)).toEqual({ at: '2026-11-20T10:55:00.000Z', skip: 0 });
    expect(next({ at: b, skip: 5 }, [], false)).toEqual({ at: b, skip: 5 });
  });
});

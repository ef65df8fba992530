// Every status code that NetSuite publishes stands in the table, once, with a class and a reason; none is left to a default.
import { describe, expect, it } from '@jest/globals';
import { classify, errorClasses, type ErrorClass } from '@waybill/sdk';
import { contractsOf } from '../../../tools/contracts-for-tests.mjs';
import { failureOf } from './failures.js';
import { errorTable, statusCodes } from './status-codes/index.js';

const contract = contractsOf('netsuite');
const codes = statusCodes.map(({ code }) => code);

if (contract.missing) it.skip(`the table against Oracle's list (skipped: ${contract.missing})`, () => undefined);
else {
  const published = contract.json('fault-codes.json') as { StatusDetailCodeType: string[]; FaultCodeType: string[] };
  describe('the table against Oracle’s list', () => {
    it('holds each of the 1,399 status codes once, and no other', () => {
      expect(published.StatusDetailCodeType).toHaveLength(1399);
      expect(codes.toSorted()).toEqual(published.StatusDetailCodeType.toSorted());
    });
    it('knows the codes of SOAP faults too', () => {
      expect(published.FaultCodeType.filter((code) => !codes.includes(code))).toEqual([]);
    });
    it('classes every one of them by its row, whatever the status', () => {
      for (const code of published.StatusDetailCodeType) {
        const found = classify(errorTable, { what: 'post', system: 'NetSuite', writes: true, httpStatus: 400, codes: [code] });
        expect(`${code} ${found.by} ${found.class}`).toBe(`${code} row ${statusCodes.find((row) => row.code === code)!.class}`);
      }
    });
  });
}

describe('the table', () => {
  it('gives each code a known class, one sentence of reason, and a remedy', () => {
    for (const row of errorTable) {
      expect(Object.keys(errorClasses)).toContain(row.class);
      expect(`${row.code}: ${/^[A-Z].{15,200}\.$/.test(row.reason)}`).toBe(`${row.code}: true`);
      expect(`${row.code}: ${(row.remedy ?? '').length > 10}`).toBe(`${row.code}: true`);
    }
    expect(new Set(codes).size).toBe(codes.length);
  });
  it('has finer rows only for codes that it has', () => {
    expect(errorTable.filter((row) => row.words !== undefined && !codes.includes(row.code))).toEqual([]);
  });
  const known: [string, ErrorClass][] = [
    ['INVALID_KEY_OR_REF', 'master-data'], ['SUBSIDIARY_MISMATCH', 'master-data'], ['TAX_CODE_REQD', 'master-data'],
    ['INVALID_TAX_CODE_FOR_SUB', 'master-data'], ['INVALID_CURRENCY_CODE', 'master-data'], ['INVALID_CUSTOMER_RCRD', 'master-data'],
    ['TRAN_PRD_CLOSED', 'period-closed'], ['TRAN_PERIOD_CLOSED', 'period-closed'], ['CLOSED_TRAN_PRD', 'period-closed'],
    ['USER_ERROR', 'transformation'], ['TRANS_UNBALNCD', 'transformation'],
    ['DUP_RCRD', 'duplicate'], ['DUP_TRANS', 'duplicate'], ['IDEMPOTENCY_ERROR', 'duplicate'],
    ['CONCURRENCY_LIMIT_EXCEEDED', 'throttled'], ['EXCEEDED_MAX_CONCUR_RQST', 'throttled'], ['SSS_REQUEST_LIMIT_EXCEEDED', 'throttled'], ['WS_REQUEST_BLOCKED', 'throttled'],
    ['INVALID_LOGIN_CREDENTIALS', 'unauthorized'], ['SESSION_TIMED_OUT', 'unauthorized'], ['INSUFFICIENT_PERMISSION', 'misconfigured'],
    ['UNEXPECTED_ERROR', 'in-doubt'], ['RCRD_HAS_BEEN_CHANGED', 'transient'],
    ['JS_EXCEPTION', 'in-doubt'], ['SSS_USAGE_LIMIT_EXCEEDED', 'in-doubt'], ['ERROR_SENDING_TRAN_EMAIL', 'in-doubt'],
  ]; // prettier-ignore
  it.each(known)('%s is %s', (code, expected) => expect(statusCodes.find((row) => row.code === code)?.class).toBe(expected));
});

describe('an error answer', () => {
  const error = (code: string, detail: string, status = 400) => ({
    status,
    headers: {},
    text: JSON.stringify({
      title: 'Bad Request',
      status,
      'o:errorDetails': [{ detail, 'o:errorCode': code, 'o:errorPath': 'item.items[0].taxCode' }],
    }),
  });
  const classed = (response: { status: number; headers: Record<string, string>; text: string }, writes = true) => {
    const { recovery, category, code } = failureOf(response, { what: 'post the invoice', writes }, {}).facts;
    return [recovery, category, code].filter(Boolean).join(' ');
  };
  const cases: [string, string, number, string][] = [
    ['USER_ERROR', 'Error while accessing a resource. This record already exists.', 400, 'rejected duplicate USER_ERROR'],
    ['USER_ERROR', 'Error while accessing a resource. You have entered an Invalid Field Value 18099 for the following field: item.', 400, 'rejected master-data USER_ERROR'],
    ['USER_ERROR', 'The posting period for this transaction is closed.', 400, 'rejected posting-rejection USER_ERROR'],
    ['USER_ERROR', 'Please enter value(s) for: Subsidiary', 400, 'rejected transformation USER_ERROR'],
    ['INVALID_CONTENT', 'Invalid value for the resource or sub-resource field \'entity\'. Provide a valid value.', 400, 'rejected master-data INVALID_CONTENT'],
    ['SSS_REQUEST_LIMIT_EXCEEDED', 'Request limit exceeded.', 400, 'throttled SSS_REQUEST_LIMIT_EXCEEDED'],
    ['CONCURRENCY_LIMIT_EXCEEDED', 'Request limit exceeded.', 429, 'throttled CONCURRENCY_LIMIT_EXCEEDED'],
    ['INSUFFICIENT_PERMISSION', 'Permission Violation', 403, 'misconfigured INSUFFICIENT_PERMISSION'],
    ['INVALID_ACCT', 'Invalid account.', 401, 'unauthorized http-401'],
    ['UNEXPECTED_ERROR', 'An unexpected error has occurred.', 500, 'in-doubt UNEXPECTED_ERROR'],
    ['A_CODE_OF_NEXT_YEAR', 'Something new.', 400, 'rejected posting-rejection A_CODE_OF_NEXT_YEAR'],
    ['A_CODE_OF_NEXT_YEAR', 'Something new.', 500, 'in-doubt A_CODE_OF_NEXT_YEAR'],
  ]; // prettier-ignore
  it.each(cases)('%s "%s" with %i', (code, detail, status, expected) => expect(classed(error(code, detail, status))).toBe(expected));
  it('is never in doubt for a read', () => {
    for (const [code, detail, status] of cases) expect(classed(error(code, detail, status), false)).not.toContain('in-doubt');
  });
  it('reads the error of a RESTlet, and an answer that is no error of NetSuite’s', () => {
    expect(classed({ status: 400, headers: {}, text: '{"error":{"code":"SSS_REQUEST_LIMIT_EXCEEDED","message":"busy"}}' })).toBe(
      'throttled SSS_REQUEST_LIMIT_EXCEEDED',
    );
    expect(classed({ status: 502, headers: {}, text: '<html>Bad gateway</html>' })).toBe('in-doubt http-502');
    expect(classed({ status: 200, headers: {}, text: '<html>Sign in</html>' })).toBe('in-doubt http-200');
  });
  it('names the field, keeps NetSuite’s words, and lets a row of the connection decide first', () => {
    const own = {
      errors: [{ code: 'USER_ERROR', words: ['please enter'], class: 'master-data', reason: 'Our form demands a subsidiary.' }],
    };
    const failure = failureOf(
      error('USER_ERROR', 'Please enter value(s) for: Subsidiary'),
      { what: 'post the invoice', writes: true },
      own,
    );
    expect(failure.facts).toMatchObject({
      recovery: 'rejected',
      category: 'master-data',
      path: '/item/items/0/taxCode',
      vendorWords: expect.stringContaining('Please enter'),
    });
  });
});

// What every connector owes without a network, and the error table, literals, queries and cursors.
import { describe, expect, it } from '@jest/globals';
import { errorClasses } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { literal } from './api.js';
import { errorTable } from './error-codes.js';
import { failureOf } from './failures.js';
import { salesforce } from './index.js';
import { grantOf } from './settings.js';
import { pageQuery } from './streams.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings = { instanceUrl: 'https://acme.my.salesforce.com', clientId: 'a-consumer-key', clientSecret: 'a-consumer-secret' };
const row = { Id: '001000000000000001', SystemModstamp: '2026-11-22T21:14:21.000+0000', Name: 'Acme' };

describeConnector(salesforce, {
  describe,
  it,
  expect: expect as never,
  ajv,
  settings,
  unpack: {
    deliveries: Object.keys(salesforce.streams).map((stream) => ({
      id: `${stream}/1`,
      body: JSON.stringify(row),
      via: 'poll' as const,
      stream,
    })),
  },
});

describe('errors', () => {
  const classed = (status: number, errorCode: string, writes = true) => {
    const { recovery, category } = failureOf(
      { status, headers: {}, text: JSON.stringify([{ errorCode, message: 'No.', fields: ['Name'] }]) },
      { what: 'write', writes },
      {},
    ).facts;
    return [recovery, category].filter(Boolean).join(' ');
  };
  it('have one row each, with a class, a reason and a remedy', () => {
    expect(new Set(errorTable.map(({ code }) => code)).size).toBe(errorTable.length);
    for (const one of errorTable)
      expect([one.class in errorClasses, /^[A-Z].{10,}\.$/.test(one.reason), (one.remedy ?? '').length > 10]).toEqual([true, true, true]);
  });
  it.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'throttled'],
    [400, 'UNABLE_TO_LOCK_ROW', 'retryable'],
    [401, 'INVALID_SESSION_ID', 'unauthorized'],
    [403, 'INSUFFICIENT_ACCESS', 'misconfigured'],
    [400, 'DUPLICATE_VALUE', 'rejected duplicate'],
    [400, 'INVALID_CROSS_REFERENCE_KEY', 'rejected master-data'],
    [400, 'REQUIRED_FIELD_MISSING', 'rejected transformation'],
    [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'rejected posting-rejection'],
    [500, 'UNKNOWN_EXCEPTION', 'in-doubt'],
    [500, 'OF_NEXT_YEAR', 'in-doubt'],
    [400, 'OF_NEXT_YEAR', 'rejected posting-rejection'],
  ])('%i %s is %s', (status, code, expected) => {
    expect(classed(status, code)).toBe(expected);
    expect(classed(status, code, false)).not.toContain('in-doubt');
  });
});

describe('the sign-in', () => {
  it('is by secret, or by key where there is one', () => {
    expect(grantOf(settings)).toMatchObject({
      type: 'client-credentials',
      tokenUrl: 'https://acme.my.salesforce.com/services/oauth2/token',
    });
    expect(grantOf({ ...settings, privateKey: 'PEM', username: 'u@acme.example' })).toMatchObject({
      type: 'jwt-bearer',
      assertion: { algorithm: 'RS256', claims: { iss: 'a-consumer-key', sub: 'u@acme.example', aud: 'https://login.salesforce.com' } },
    });
  });
});

describe('queries', () => {
  it('take no text as SOQL, and page by change and id', () => {
    expect(literal("O'Brien\\' OR Name != '")).toBe("'O\\'Brien\\\\\\' OR Name != \\''");
    expect(pageQuery('Account', { from: { at: '2026-11-22T21:14:21.000Z', id: '001' }, limit: 200 })).toBe(
      "SELECT FIELDS(ALL) FROM Account WHERE (SystemModstamp > 2026-11-22T21:14:21.000Z OR (SystemModstamp = 2026-11-22T21:14:21.000Z AND Id > '001')) ORDER BY SystemModstamp, Id LIMIT 200",
    );
  });
});

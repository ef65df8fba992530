// The check of requests against a vendor's OpenAPI document bites: each case is a request that differs in one thing from a good one.
import { describe, expect, it } from '@jest/globals';
import { openApiContract } from './openapi-contract.js';
import { requestOf } from './request.js';

const document = {
  openapi: '3.0.3',
  paths: {
    '/invoices/{id}': { get: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 3 } }] } },
    '/invoices': {
      put: {
        parameters: [
          { $ref: '#/components/parameters/key' },
          { name: 'tenant', in: 'header', required: true, schema: { type: 'string' } },
          { name: 'page', in: 'query', schema: { type: 'integer' } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Invoice' } } } },
      },
    },
  },
  components: {
    parameters: { key: { name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 8 } } },
    schemas: {
      Invoice: {
        type: 'object',
        required: ['lines'],
        additionalProperties: false,
        properties: {
          lines: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Line' } },
          note: { type: 'string', nullable: true },
          example: { type: 'integer' },
        },
      },
      Line: { type: 'object', properties: { amount: { type: 'number', format: 'double' } } },
    },
  },
};
const check = openApiContract(document, { base: '/api' });
const good = {
  headers: { 'content-type': 'application/json; charset=utf-8', tenant: 't' },
  body: { lines: [{ amount: 1 }], note: null, example: 1 } as unknown,
};
const put = ({
  headers,
  body,
  path = '/api/invoices',
  method = 'PUT',
}: {
  headers: Record<string, string>;
  body: unknown;
  path?: string;
  method?: string;
}) => check(requestOf(method, new URL(`http://v${path}`), headers, body === undefined ? '' : JSON.stringify(body)));

describe('a request', () => {
  it('that fits has no problem', () => {
    expect(put(good)).toEqual([]);
    expect(check(requestOf('GET', new URL('http://v/api/invoices/abc'), {}, ''))).toEqual([]);
  });
  it.each([
    ['an unknown path', { ...good, path: '/api/bills' }, 'no such path'],
    ['a method that the path does not know', { ...good, method: 'POST' }, 'knows PUT only'],
    ['a header missing', { ...good, headers: { 'content-type': 'application/json' } }, 'tenant is missing'],
    ['a header too long', { ...good, headers: { ...good.headers, 'idempotency-key': '123456789' } }, 'Idempotency-Key'],
    ['a query that is no number', { ...good, path: '/api/invoices?page=one' }, 'query parameter page'],
    ['no body', { ...good, body: undefined }, 'the body is missing'],
    ['another content type', { ...good, headers: { ...good.headers, 'content-type': 'text/plain' } }, 'content type text/plain'],
    ['a field of another type deep inside', { ...good, body: { lines: [{ amount: '1.00' }] } }, '/lines/0/amount'],
    ['a field that is not known', { ...good, body: { ...(good.body as object), extra: 1 } }, 'additional'],
    ['an empty list', { ...good, body: { lines: [] } }, '/lines'],
  ])('with %s has one', (_, request, words) => expect(put(request).join()).toContain(words));
  it('with a path parameter too long has one', () =>
    expect(check(requestOf('GET', new URL('http://v/api/invoices/abcd'), {}, '')).join()).toContain('path parameter id'));
});

// The connector as a value, its entries as records, and every failure classed by what happens next.
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFailure } from './failures.js';
import { recordOf } from './following.js';
import { redisStreams } from './index.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings: JsonObject = {
  system: 'edge',
  address: '127.0.0.1:6379',
  usageStreams: ['usage'],
  recordStream: 'orders',
  password: 'a-password-of-the-test',
};
const stored = { at: '1000-0', time: '2026-11-27T08:00:00.000Z', key: null, headers: {}, value: '{"id":1}' };

describeConnector(redisStreams, {
  describe, it, expect: expect as never, ajv, settings,
  unpack: { deliveries: [{ id: 'orders/1000-0', body: JSON.stringify(stored), via: 'poll', stream: 'records' }] },
}); // prettier-ignore

it('an entry is a record: one field its value, the others headers', () => {
  const fields = ['data', 'x', '__proto__', 'y', 'a', '1'].map((text) => Buffer.from(text));
  const { headers, ...record } = recordOf([Buffer.from('1795431600000-7'), fields], 'data');
  expect(record).toEqual({ at: '1795431600000-7', value: Buffer.from('x'), key: null, time: '2026-11-23T11:00:00.000Z' });
  expect(Object.entries(headers)).toEqual([['__proto__', 'y'], ['a', '1']]); // prettier-ignore
  expect(recordOf([Buffer.from('18446744073709551615-1'), []], 'data')).toMatchObject({ value: null, time: '1970-01-01T00:00:00.000Z' });
});

describe('a failure', () => {
  it.each([
    ['WRONGPASS invalid username-password pair', {}, 'unauthorized'],
    ['NOAUTH Authentication required.', {}, 'unauthorized'],
    ['NOPERM this user has no permissions', {}, 'misconfigured'],
    ['WRONGTYPE Operation against a key', {}, 'misconfigured'],
    ['LOADING Redis is loading the dataset in memory', {}, 'retryable'],
    ['connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }, 'retryable'],
    ['unable to verify', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'misconfigured'],
    ['x leads to 10.0.0.1 … WAYBILL_EGRESS_ALLOW', { code: 'blocked' }, 'misconfigured'],
  ])('%s is %j %s', (message, more, recovery) => {
    expect(readFailure(Object.assign(new Error(message), more), 'x').facts.recovery).toBe(recovery);
  });
});

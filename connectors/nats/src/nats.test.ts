// The connector as a value, and every failure classed by what happens next.
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFailure, writeFailure } from './failures.js';
import { nats } from './index.js';
import { partsOf } from './settings.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings: JsonObject = {
  system: 'gateways',
  servers: ['127.0.0.1:4222'],
  usageStreams: ['USAGE/metering.>'],
  recordStream: 'ORDERS',
  signIn: 'token',
  token: 'a-token-of-the-test',
};
const stored = { at: '7@1000', time: '2026-11-27T08:00:00.000Z', key: null, headers: {}, value: '{"id":1}' };

describeConnector(nats, {
  describe, it, expect: expect as never, ajv, settings,
  unpack: { deliveries: [{ id: 'ORDERS/7@1000', body: JSON.stringify(stored), via: 'poll', stream: 'records' }] },
}); // prettier-ignore

it('a stream may be narrowed to a subject', () => {
  expect(partsOf('USAGE/metering.>')).toEqual({ stream: 'USAGE', subject: 'metering.>' });
  expect(partsOf('USAGE')).toEqual({ stream: 'USAGE', subject: undefined });
});

describe('a failure', () => {
  const error = (name: string, more: object = {}) => Object.assign(new Error('words of the server'), { name, ...more });
  const api = (err_code: number, code: number) => error('JetStreamApiError', { apiError: () => ({ err_code, code, description: '' }) });
  it.each([
    ['connection', error('ConnectionError'), 'retryable', 'in-doubt'],
    ['sign-in', error('AuthorizationError'), 'unauthorized', 'in-doubt'],
    ['right', error('PermissionViolationError'), 'misconfigured', 'misconfigured'],
    ['no stream', api(10059, 404), 'misconfigured', 'rejected'],
    ['full stream', api(10077, 503), 'retryable', 'in-doubt'],
    ['nobody listens', error('JetStreamNotEnabled'), 'retryable', 'misconfigured'],
    ['time', error('TimeoutError'), 'retryable', 'in-doubt'],
    ['blocked address', error('Error', { code: 'blocked' }), 'misconfigured', 'in-doubt'],
  ])('of %s has its class', (_, failure, reading, writing) => {
    expect([readFailure(failure, 'x').facts.recovery, writeFailure(failure, 'x').facts.recovery]).toEqual([reading, writing]);
  });
});

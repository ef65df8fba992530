// The connector as a value, the records it makes, what it publishes, and every failure classed by what happens next.
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@waybill/sdk';
import { describeConnector } from '@waybill/sdk/conformance';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readFailure, writeFailure } from './failures.js';
import { kafka } from './index.js';
import { recordFor } from './publish.js';
import { recordOf } from './record.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const settings: JsonObject = {
  system: 'metering',
  brokers: ['127.0.0.1:9092'],
  usageTopics: ['usage'],
  recordTopic: 'orders',
  signIn: 'scram-sha-256',
  username: 'waybill',
  password: 'a-password-of-the-test',
};
const stored = { at: '0:1@2', time: '2026-11-27T08:00:00.000Z', key: 'k', headers: {}, value: '{"id":1}' };

describeConnector(kafka, {
  describe, it, expect: expect as never, ajv, settings,
  unpack: { deliveries: [{ id: 'orders/0:1@2', body: JSON.stringify(stored), via: 'poll', stream: 'records' }] },
}); // prettier-ignore

describe('a record', () => {
  it('keeps headers, key and bytes, and names itself by partition, offset and time', () => {
    const value = Buffer.from([0, 255]);
    const headers = { one: Buffer.from('1'), twice: [Buffer.from('a'), 'b'], none: null as never };
    expect(recordOf(3, { offset: '9007199254740993', timestamp: '1795431600000', key: Buffer.from('k'), value, headers })).toEqual({
      at: '3:9007199254740993@1795431600000',
      headers: { one: '1', twice: 'b', none: '' },
      value,
      key: 'k',
      time: '2026-11-23T11:00:00.000Z',
    });
  });
  it('has a time whatever the producer wrote', () => {
    for (const timestamp of ['-1', '9223372036854775807', 'x'])
      expect(recordOf(0, { offset: '1', timestamp, key: null, value: null }).time).toBe('1970-01-01T00:00:00.000Z');
  });
});

describe('what is published', () => {
  const document = { type: 'invoice.posted', data: { number: 'US-1' }, subject: 'INV-1', topic: 'out' };
  it('is a CloudEvent in binary mode, with the same id for the same content', () => {
    const { id, message } = recordFor({ key: 'wb-1', document }, 'metering');
    expect(id).toMatch(/^wb-1-[0-9a-f]{16}$/);
    expect(message).toEqual({
      key: 'INV-1',
      value: '{"number":"US-1"}',
      headers: { ce_id: id, ce_source: '/waybill/metering', ce_specversion: '1.0', ce_type: 'invoice.posted', ce_subject: 'INV-1', 'content-type': 'application/json' },
    });
    expect(recordFor({ key: 'wb-1', document: { ...document } }, 'metering').id).toBe(id);
    expect(recordFor({ key: 'wb-1', document: { ...document, data: { number: 'US-2' } } }, 'metering').id).not.toBe(id);
  }); // prettier-ignore
});

describe('a failure', () => {
  const error = (name: string, more: object = {}) => Object.assign(new Error('words of the broker'), { name, ...more });
  it.each([
    ['KafkaJSConnectionError', { code: 'ECONNREFUSED' }, 'retryable', 'in-doubt'],
    ['KafkaJSRequestTimeoutError', {}, 'retryable', 'in-doubt'],
    ['KafkaJSSASLAuthenticationError', {}, 'unauthorized', 'in-doubt'],
    ['KafkaJSProtocolError', { type: 'TOPIC_AUTHORIZATION_FAILED' }, 'misconfigured', 'misconfigured'],
    ['KafkaJSProtocolError', { type: 'UNKNOWN_TOPIC_OR_PARTITION' }, 'misconfigured', 'misconfigured'],
    ['KafkaJSProtocolError', { type: 'MESSAGE_TOO_LARGE' }, 'retryable', 'rejected'],
    ['KafkaJSProtocolError', { type: 'NOT_LEADER_FOR_PARTITION' }, 'retryable', 'retryable'],
    ['KafkaJSProtocolError', { type: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND' }, 'retryable', 'in-doubt'],
    ['KafkaJSProtocolError', { type: 'REQUEST_TIMED_OUT' }, 'retryable', 'in-doubt'],
    ['KafkaJSNotImplemented', {}, 'misconfigured', 'in-doubt'],
    ['Error', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'misconfigured', 'in-doubt'],
  ])('%s %j is %s when reading and %s when writing', (name, more, reading, writing) => {
    const wrapped = Object.assign(new Error('wrapped'), { name: 'KafkaJSNumberOfRetriesExceeded', cause: error(name, more) });
    expect([readFailure(wrapped, 'x').facts.recovery, writeFailure(wrapped, 'x').facts.recovery]).toEqual([reading, writing]);
    expect(readFailure(wrapped, 'x').facts.vendorWords).toBe('words of the broker');
  });
});

// Records of streams as events: both modes of the bindings, what simple tools write, and everything else as a flaw; nothing throws.
import { describe, expect, it } from '@jest/globals';
import { Flaw } from '../events/flaw.js';
import { keptRefusal, storable } from './kept-refusal.js';
import { limits } from './limits.js';
import { readRecord } from './read-record.js';

const kafka = { prefix: 'ce_', percentEncoded: false };
const nats = { prefix: 'ce-', percentEncoded: true };
const event = { specversion: '1.0', id: '1', source: '/s', type: 't', data: { n: 1 } };
const record = (value: unknown, headers: Record<string, string> = {}) => ({
  at: '0:1@2',
  headers,
  value: value === null ? null : Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
  key: null,
  time: '2026-11-27T08:00:00.000Z',
});
const read = (value: unknown, headers: Record<string, string> = {}, attributes = kafka) =>
  readRecord(record(value, headers), attributes, () => undefined);
const binary = { ce_specversion: '1.0', ce_id: '1', ce_source: '/s', ce_type: 't', 'content-type': 'application/json' };

describe('a record', () => {
  it('is the same event in structured mode, in binary mode, and without a word', () => {
    const structured = read(event, { 'Content-Type': 'application/cloudevents+json; charset=utf-8' });
    const plain = read(event);
    expect(structured).toMatchObject({ source: '/s', id: '1', type: 't', data: '{"n":1}' });
    expect(plain).toEqual(structured);
    const inBinary = read({ n: 1 }, binary);
    expect(inBinary).toMatchObject({ source: '/s', id: '1', type: 't', data: '{"n":1}' });
    expect(read({ ...event, datacontenttype: 'application/json' })).toEqual(inBinary);
  });
  it('has its values as they are in Kafka, and encoded in NATS', () => {
    expect(read(null, { ...binary, ce_subject: 'a%20b' })).toMatchObject({ subject: 'a%20b', data: null });
    const headers = Object.fromEntries(Object.entries(binary).map(([name, value]) => [name.replace('_', '-'), value]));
    expect(read({}, { ...headers, 'ce-subject': 'a%20b' }, nats)).toMatchObject({ subject: 'a b' });
  });
  it.each<[string, unknown, Record<string, string>, string, RegExp]>([
    ['nothing', null, {}, 'USAGE_EVENT_INVALID', /empty/],
    ['rubbish', 'not json', {}, 'BODY_NOT_JSON', /cannot be read/],
    ['bytes that are no text', Buffer.from([0xff, 0xfe]), {}, 'BODY_NOT_JSON', /UTF-8/],
    ['a key twice', '{"id":"1","id":"2"}', {}, 'BODY_KEY_REFUSED', /cannot be read/],
    ['another type', event, { 'content-type': 'application/json' }, 'USAGE_EVENT_INVALID', /no event/],
    ['a batch', [event], { 'content-type': 'application/cloudevents-batch+json' }, 'USAGE_EVENT_INVALID', /no event/],
    ['a list', [event], {}, 'USAGE_EVENT_INVALID', /JSON object/],
    ['no id', {}, { ...binary, ce_id: '' }, 'USAGE_EVENT_INVALID', /id must not be empty/],
    ['NUL in a header', {}, { ...binary, ce_subject: 'a\0b' }, 'USAGE_EVENT_INVALID', /NUL/],
    ['a value that is too long', Buffer.alloc(limits.recordBytesMax + 1, 32), {}, 'USAGE_EVENT_TOO_LARGE', /512 kB/],
  ])('of %s is a flaw', (_, value, headers, code, detail) => {
    const flaw = read(value, headers);
    expect(flaw).toBeInstanceOf(Flaw);
    expect(flaw).toMatchObject({ code });
    expect((flaw as Flaw).detail).toMatch(detail);
  });
  it('of which much is wrong names all of it', () => {
    const flaw = read({ specversion: '0.3', source: 'not a uri', type: '', time: 'yesterday', Big: 1 }) as Flaw;
    expect(flaw.all.map(({ path }) => path).sort()).toEqual(['/Big', '/id', '/source', '/specversion', '/time', '/type']);
  });
});

describe('what is kept of a refused record', () => {
  it('is its beginning, its whole length, and its headers within their limit', () => {
    const headers = { small: 'x', large: 'y'.repeat(limits.headerBytesMax), last: 'z' };
    const kept = keptRefusal(record(Buffer.alloc(limits.keptBytesMax + 5, 97), headers), [
      { code: 'BODY_NOT_JSON', path: '', detail: 'x' },
    ]);
    expect(kept).toMatchObject({ at: '0:1@2', bytes: limits.keptBytesMax + 5, code: 'BODY_NOT_JSON' });
    expect(kept.raw).toHaveLength(limits.keptBytesMax);
    expect(JSON.parse(kept.headers)).toEqual({ small: 'x' });
  });
  it('is text that the database holds, whatever a stranger wrote', () => {
    expect(storable('a\0b\ud800c', 10)).toBe('a\ufffdb\ufffdc');
    const kept = keptRefusal(record('x', { '\0': '\ud800' }), [{ code: 'BODY_NOT_JSON', path: '/\0', detail: 'a\ud800' }]);
    expect(kept.path + kept.detail).toBe('/\ufffda\ufffd');
    expect(kept.headers).toBe('{"\\u0000":"\\ud800"}');
  });
});

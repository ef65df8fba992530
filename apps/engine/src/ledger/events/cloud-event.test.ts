// A CloudEvent is checked attribute by attribute, and whoever is refused hears which one and why.
import { describe, expect, it } from '@jest/globals';
import { canonicalize } from 'json-canonicalize';
import { createHash } from 'node:crypto';
import { readJson } from '../../platform/json/index.js';
import { checkEvent, type CheckedEvent } from './cloud-event.js';
import { Flaw, flawsMax } from './flaw.js';
import { limits } from './limits.js';
import { asCloudEvent } from './shown-event.js';

const least = { specversion: '1.0', id: '1', source: '/s', type: 't' };
const check = (value: unknown) => checkEvent(value, () => undefined);
const good = (value: unknown): CheckedEvent => {
  const checked = check(value);
  if (checked instanceof Flaw) throw new Error(`${checked.path} ${checked.detail}`);
  return checked;
};
const text = (bytes: number) => 'x'.repeat(bytes);

describe('what an event must be', () => {
  it.each<[string, unknown, string]>([
    ['no object', [least], ''],
    ['no object', 'event', ''],
    ['no object', null, ''],
    ['no specversion', { ...least, specversion: undefined }, '/specversion'],
    ['another version', { ...least, specversion: '0.3' }, '/specversion'],
    ['a version as a number', { ...least, specversion: 1.0 }, '/specversion'],
    ['no id', { ...least, id: null }, '/id'],
    ['an empty id', { ...least, id: '' }, '/id'],
    ['an id as a number', { ...least, id: 7 }, '/id'],
    ['a long id', { ...least, id: text(limits.idBytesMax + 1) }, '/id'],
    ['an id that is long in bytes', { ...least, id: 'ä'.repeat(limits.idBytesMax / 2 + 1) }, '/id'],
    ['no source', { ...least, source: undefined }, '/source'],
    ['an empty source', { ...least, source: '' }, '/source'],
    ['a source with a space', { ...least, source: '/my source' }, '/source'],
    ['a source with a broken escape', { ...least, source: '/a%2' }, '/source'],
    ['a source whose first segment has a colon', { ...least, source: '1:2' }, '/source'],
    ['a long source', { ...least, source: `/${text(limits.sourceBytesMax)}` }, '/source'],
    ['no type', { ...least, type: undefined }, '/type'],
    ['a long type', { ...least, type: text(limits.typeBytesMax + 1) }, '/type'],
    ['an empty subject', { ...least, subject: '' }, '/subject'],
    ['a long subject', { ...least, subject: text(limits.subjectBytesMax + 1) }, '/subject'],
    ['a time that is none', { ...least, time: 'yesterday' }, '/time'],
    ['a time without a zone', { ...least, time: '2026-01-01T00:00:00' }, '/time'],
    ['a day that is none', { ...least, time: '2026-02-29T00:00:00Z' }, '/time'],
    ['no media type', { ...least, datacontenttype: 'json' }, '/datacontenttype'],
    ['no absolute URI', { ...least, dataschema: '/schemas/1' }, '/dataschema'],
    ['no base64', { ...least, data_base64: 'äöü' }, '/data_base64'],
    ['data twice', { ...least, data: 1, data_base64: 'Zm9v' }, '/data_base64'],
    ['a name in capitals', { ...least, Region: 'eu' }, '/Region'],
    ['a name with a dash', { ...least, 'my-region': 'eu' }, '/my-region'],
    ['a long name', { ...least, [text(limits.attributeNameMax + 1)]: 'eu' }, `/${text(limits.attributeNameMax + 1)}`],
    ['an extension that is an object', { ...least, region: { name: 'eu' } }, '/region'],
    ['an extension that is a fraction', { ...least, ratio: 0.5 }, '/ratio'],
    ['an extension beyond 32 bits', { ...least, count: 2_147_483_648 }, '/count'],
    ['a long extension', { ...least, note: text(limits.attributeBytesMax + 1) }, '/note'],
    [
      'too many extensions',
      { ...least, ...Object.fromEntries(Array.from({ length: limits.extensionsMax + 1 }, (_, n) => [`x${n}`, 1])) },
      '',
    ],
    ['NUL', { ...least, data: { a: 'b\u0000' } }, ''],
    ['half a character', { ...least, subject: '\ud800' }, ''],
    ['half a character in a key', { ...least, data: { '\udc00': 1 } }, ''],
  ])('%s is refused', (_, value, path) => {
    const checked = check(value);
    expect(checked).toBeInstanceOf(Flaw);
    expect(checked).toMatchObject({ code: 'USAGE_EVENT_INVALID', path, detail: expect.stringMatching(/\.$/) });
  });

  it('everything that is wrong is told at once, the data too, and of very much the first', () => {
    const wrong = { specversion: '0.3', id: 'i', source: '/my source', type: 't', time: 'never', Region: 'eu', ratio: 0.5, data: { n: 1 } };
    const misfit = new Flaw('USAGE_DATA_INVALID', '/data/n', '/data/n must be text.');
    const flaw = checkEvent(wrong, () => misfit) as Flaw;
    expect(flaw).toMatchObject({ code: 'USAGE_EVENT_INVALID', path: '/Region', id: 'i' });
    expect(flaw.all.map(({ path }) => path)).toEqual(['/Region', '/ratio', '/source', '/specversion', '/time', '/data/n']);
    expect((check({}) as Flaw).all.map(({ path }) => path)).toEqual(['/specversion', '/id', '/source', '/type']);
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`X${n}`, 1]));
    expect((check({ ...least, ...many }) as Flaw).all).toHaveLength(flawsMax);
  });

  it('an event that is too large is refused, and one that just fits is not', () => {
    const around = Buffer.byteLength(canonicalize({ ...least, data: '' }));
    expect(check({ ...least, data: text(limits.eventBytesMax - around) })).not.toBeInstanceOf(Flaw);
    expect(check({ ...least, data: text(limits.eventBytesMax - around + 1) })).toMatchObject({ code: 'USAGE_EVENT_TOO_LARGE', id: '1' });
  });

  it.each([text(limits.numberCharactersMax + 1).replaceAll('x', '9'), '1e401', '1e-401', '1e99999999999'])(
    'the number %s is refused with its place',
    (n) => {
      const { value, ...facts } = readJson(`{"specversion":"1.0","id":"1","source":"/s","type":"t","data":{"a":[0,{"b/c":${n}}]}}`);
      expect(checkEvent(value, () => undefined, facts)).toMatchObject({ path: '/data/a/1/b~1c' });
    },
  );

  it.each([
    'https://github.com/cloudevents',
    'mailto:cncf-wg-serverless@lists.cncf.io',
    'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
    'cloudevents/spec/pull/123',
    '/sensors/tn-1234567/alerts',
    '1-555-123-4567',
    'http://[2001:db8::7]/meters?a=b#c',
    '#only',
    'a%20b',
  ])('the source %s is a URI reference', (source) => expect(good({ ...least, source }).source).toBe(source));

  it('literal backslashes before a u are no escape', () => {
    expect(good({ ...least, data: '\\u0000 and \\ud800' }).data).toBe('"\\\\u0000 and \\\\ud800"');
  });
});

describe('what an event becomes', () => {
  it('its content is the SHA-256 of its RFC 8785 text, whatever the order of keys, and null is nothing', () => {
    const event = { ...least, subject: 'acme', region: 'eu', data: { b: [1, { d: 1, c: 2 }], a: 'ä' } };
    const expected = createHash('sha256').update(canonicalize(event)).digest('binary');
    expect(good(event).content).toBe(expected);
    expect(good(Object.fromEntries(Object.entries({ ...event, time: null }).reverse())).content).toBe(expected);
    expect(good({ ...event, subject: 'acme ' }).content).not.toBe(expected);
  });

  it.each([
    { ...least },
    { ...least, time: '2026-11-20T08:00:00Z' },
    { ...least, time: '2026-11-20T08:00:00.5Z' },
    { ...least, time: '2026-11-20T08:00:00.500Z' },
    { ...least, time: '2026-11-20t08:00:00+00:00' },
    { ...least, time: '2016-12-31T23:59:60Z' },
    { ...least, time: '2026-11-20T08:00:00.1234567891Z', data: 0 },
    {
      ...least,
      subject: 'acme',
      data: false,
      datacontenttype: 'application/json',
      dataschema: 'https://example.org/s',
      a1: 1,
      b: true,
      c: '',
    },
    { ...least, data_base64: 'Zm9v', datacontenttype: 'image/png' },
  ])('nothing of it is lost: %j', (event) => expect(JSON.parse(asCloudEvent(good(event)))).toEqual(event));

  it('a moment is read in any zone', () => {
    expect(good({ ...least, time: '2026-11-20T08:00:00.123456+01:30' }).occurredAt).toEqual({
      ms: Date.UTC(2026, 10, 20, 6, 30, 0, 123),
      micros: 456,
    });
    expect(good({ ...least, time: '2016-12-31T23:59:60Z' }).occurredAt).toEqual({ ms: Date.UTC(2017, 0, 1), micros: 0 });
  });
});

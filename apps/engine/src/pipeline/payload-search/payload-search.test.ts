// The piece of JSON that payloads are searched for: wrong JSON is told by line and column, what matches everything or nothing is refused, the audit log hears of fields and of no value; and a search has an end.
import { describe, expect, it } from '@jest/globals';
import { isProblem } from '../../platform/problems/index.js';
import { daysMax, pieceDepthMax } from './limits.js';
import { pieceOf, spanOf } from './payload-search.js';

const problemOf = (ask: () => unknown) => {
  try {
    return ask();
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error.body();
  }
};
const now = Date.parse('2026-05-31T12:00:00Z');

describe('a piece of JSON', () => {
  it('is kept as it was written, and told to the audit log by its fields alone', () =>
    expect(pieceOf('{"customer": "C-1", "lines": [{"sku": "A", "n": 10.0}, {"sku": "B"}], "tax": {}}')).toEqual({
      text: '{"customer": "C-1", "lines": [{"sku": "A", "n": 10.0}, {"sku": "B"}], "tax": {}}',
      fields: 'customer, lines[].sku, lines[].n, tax',
    }));

  it('has digits that no double holds', () => expect(pieceOf('{"total": 12345678901234567890.12}').fields).toBe('total'));

  it('names so many fields and no more', () => {
    const many = pieceOf(JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, at]))));
    expect(many.fields.split(', ')).toHaveLength(20);
    expect(many.fields).toMatch(/f19 and others$/);
  });

  it.each([
    ['{"customer": "C-1",\n "lines": [{"sku" "A"}]}', 2, 19, 'a colon is missing'],
    ['{"customer": C-1}', 1, 14, 'unexpected "C"'],
    ['{"a": 1', 1, 8, 'a comma or a closing brace is missing'],
    ['{"a": 1} {', 1, 10, 'something follows the value'],
    ['', 1, 1, 'the text ends too soon'],
    ['{\n"a": 1,\n"a": 2}', 3, 4, 'the key "a" stands twice in one object'],
    [`${'['.repeat(pieceDepthMax)}[1]${']'.repeat(pieceDepthMax)}`, 1, pieceDepthMax + 1, `deeper than ${pieceDepthMax} levels`],
  ])('that is wrong is told by line and column: %j', (text, line, column, what) => {
    const detail = `Line ${line}, column ${column}: ${what}.`;
    expect(problemOf(() => pieceOf(text))).toMatchObject({
      status: 400,
      code: 'PAYLOAD_FILTER_INVALID',
      path: '/payload',
      detail,
      problems: [{ code: 'PAYLOAD_FILTER_INVALID', path: '/payload', detail, line, column }],
    });
  });

  it.each([
    ['"C-1"', 'one value'],
    ['null', 'one value'],
    ['12345678901234567890', 'one value'],
    ['{}', 'empty'],
    ['[]', 'empty'],
    ['{"a": "\\u0000"}', 'NUL'],
    ['{"a": "\\ud800"}', 'half a character'],
    ['{"a": 1e10000}', 'too large'],
  ])('is not searched for where it says nothing, or nothing that can be there: %s', (text, words) =>
    expect(problemOf(() => pieceOf(text))).toMatchObject({ code: 'PAYLOAD_FILTER_INVALID', detail: expect.stringContaining(words) }),
  );
});

describe('the time of a search', () => {
  it('is the last day where none is told, and a day before its end where that alone is', () => {
    expect(spanOf({}, now)).toEqual({ from: '2026-05-30T12:00:00.000Z', to: '2026-05-31T12:00:00.000Z' });
    expect(spanOf({ to: '2026-05-10T00:00:00Z' }, now)).toEqual({ from: '2026-05-09T00:00:00.000Z', to: '2026-05-10T00:00:00.000Z' });
  });

  it(`is ${daysMax} days at most`, () => {
    const from = (ms: number) => new Date(now - ms).toISOString();
    expect(spanOf({ from: from(daysMax * 86_400_000) }, now).to).toBe('2026-05-31T12:00:00.000Z');
    expect(problemOf(() => spanOf({ from: from(daysMax * 86_400_000 + 1) }, now))).toMatchObject({
      status: 400,
      code: 'PAYLOAD_RANGE_TOO_LONG',
      path: '/from',
    });
  });

  it('begins before it ends', () => {
    const [from, to] = ['2026-05-10T00:00:00Z', '2026-05-10T00:00:00Z'];
    expect(problemOf(() => spanOf({ from, to }, now))).toMatchObject({ code: 'REQUEST_INVALID', path: '/from' });
  });
});

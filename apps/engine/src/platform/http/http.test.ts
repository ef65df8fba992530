// Input is checked before a handler runs, every problem at once; cursors are ours or refused.
import { describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { type Problem } from '../problems/index.js';
import { decodeCursor, encodeCursor, page } from './cursor.js';
import { asProblem } from './problem.filter.js';
import { checkBody, checkParameters } from './validation.js';

const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    return error as Problem;
  }
  throw new Error('it was accepted');
};
const Body = Type.Object(
  { name: Type.String({ minLength: 2 }), kind: Type.Union([Type.Literal('a'), Type.Literal('b')]), n: Type.Optional(Type.Integer()) },
  { additionalProperties: false },
);

describe('checkBody', () => {
  it('takes what fits', () => expect(() => checkBody(Body, { name: 'ok', kind: 'a', n: 1 })).not.toThrow());
  it('turns no text into numbers', () => expect(problemOf(() => checkBody(Body, { name: 'ok', kind: 'a', n: '1' })).more.path).toBe('/n'));
  it('tells everything at once with its path', () => {
    const { code, status, more } = problemOf(() => checkBody(Body, { name: 'x', kind: 'c', role: 'admin' }));
    expect([code, status]).toEqual(['REQUEST_INVALID', 400]);
    expect(new Set(more.problems!.map((problem) => problem.path))).toEqual(new Set(['/name', '/kind', '/role']));
  });
  it('says every value that a field may have, once', () => {
    const { message, more } = problemOf(() => checkBody(Body, { name: 'ok', kind: 'c' }));
    expect([message, more.problems]).toEqual([
      '/kind must be one of "a", "b".',
      [{ code: 'REQUEST_INVALID', path: '/kind', detail: 'must be one of "a", "b"' }],
    ]);
  });
  it('names what is missing', () =>
    expect(problemOf(() => checkBody(Body, {})).more.problems!.map((problem) => problem.detail)).toEqual(['needs name', 'needs kind']));
});

describe('days and instants', () => {
  const When = Type.Object({
    day: Type.Optional(Type.String({ format: 'date' })),
    at: Type.Optional(Type.String({ format: 'date-time' })),
  });
  const query = (value: Record<string, unknown>) => () => checkParameters(When, value, 'query');
  it.each([query, (value: Record<string, unknown>) => () => checkBody(When, value)])(
    'that no statement could hold are refused',
    (check) => {
      expect(check({ day: '2026-11-01', at: '2026-11-01T00:00:00Z' })).not.toThrow();
      for (const day of ['0000-01-01', '2026-02-30']) expect(problemOf(check({ day })).more.path).toBe('/day');
      for (const at of ['0000-01-01T00:00:00Z', '2026-06-30T23:59:60Z', '2026-11-01T00:00:00+23:59'])
        expect(problemOf(check({ at })).more.path).toBe('/at');
    },
  );
  it.each(['0000-01-01T00:00:00.000Z', '2026-02-30T00:00:00.000Z'])('stand in no cursor: %s', (at) =>
    expect(problemOf(() => decodeCursor(encodeCursor([at]), ['instant'])).more.path).toBe('/cursor'),
  );
});

describe('checkParameters', () => {
  const Query = Type.Object({
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    count: Type.Optional(Type.Boolean()),
  });
  it('reads numbers and booleans from text and fills in defaults', () => {
    const query: Record<string, unknown> = { count: 'true' };
    checkParameters(Query, query, 'query');
    expect(query).toEqual({ limit: 50, count: true });
  });
  it.each([{ limit: '0' }, { limit: '201' }, { limit: 'many' }, { limit: ['1', '2'] }, { count: 'perhaps' }])('refuses %j', (query) =>
    expect(problemOf(() => checkParameters(Query, query, 'query')).code).toBe('REQUEST_INVALID'),
  );
  it('refuses a parameter that nobody reads, and names those that are', () =>
    expect(problemOf(() => checkParameters(Query, { limt: '1' }, 'query')).more).toMatchObject({
      path: '/limt',
      remedy: expect.stringContaining('limit'),
    }));
});

describe('cursors', () => {
  it('come back as they went', () =>
    expect(decodeCursor(encodeCursor(['2026-11-01T00:00:00.000001Z', 'msg_1']), ['instant', 'text'])).toEqual([
      '2026-11-01T00:00:00.000001Z',
      'msg_1',
    ]));
  it('are optional', () => expect(decodeCursor(undefined, ['instant', 'text'])).toBeUndefined());
  it.each(['', 'x', encodeCursor(['one']), encodeCursor([1, 2]), Buffer.from('{"0":"a","1":"b","length":2}').toString('base64url')])(
    'refuse %j',
    (cursor) => expect(problemOf(() => decodeCursor(cursor, ['text', 'text'])).more.path).toBe('/cursor'),
  );
  it.each([
    ['instant', 'yesterday'],
    ['instant', '2026-13-01T00:00:00.000000Z'],
    ['text', 'a\0b'],
    ['text', '\ud800'],
    ['count', '-1'],
    ['count', '99999999999999999999'],
    ['timestamp', "2026-11-01'; drop table message; --"],
  ] as const)('refuse what a person made up: as %s %j', (kind, part) =>
    expect(problemOf(() => decodeCursor(encodeCursor([part]), [kind])).more.path).toBe('/cursor'),
  );
  it('stand at the last row of a page that has more after it', () => {
    expect(page([1, 2, 3], 2, (row) => [String(row)])).toEqual({ items: [1, 2], next: encodeCursor(['2']) });
    expect(page([1, 2], 2, (row) => [String(row)])).toEqual({ items: [1, 2], next: null });
  });
});

describe('asProblem', () => {
  it.each([
    [{ code: 'FST_ERR_CTP_BODY_TOO_LARGE' }, 413],
    [{ statusCode: 413 }, 413],
    [{ statusCode: 415 }, 415],
    [{ statusCode: 404 }, 404],
    [{ statusCode: 418, message: 'a teapot' }, 400],
    [new Error('a secret of the engine'), 500],
  ])('makes of %j a %i', (error, status) => expect(asProblem(error).status).toBe(status));
  it('tells nothing of what failed inside', () =>
    expect(JSON.stringify(asProblem(new Error('password=hunter2')).body())).not.toContain('hunter2'));
});

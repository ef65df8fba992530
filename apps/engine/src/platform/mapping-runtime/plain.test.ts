// A shortcut must say what the interpreter says, or nothing.
import { describe, expect, it } from '@jest/globals';
import { compile, output } from '@waybill/mapping-language';
import { plainAnswer } from './plain.js';
import type { EvaluationItem } from './protocol.js';

const input = {
  id: 'in_1',
  on: true,
  off: false,
  n: 12,
  nothing: null,
  and: 'x',
  text: 'ä "quoted"\n\u2028',
  deep: { er: { key: 'k' } },
  list: [{ id: 'a' }, { id: 'b' }],
  one: ['only'],
};
const item = (expression: string, optional = true): EvaluationItem => ({
  expression,
  input,
  source: input,
  revision: '0001',
  asOf: '2026-01-01',
  optional,
});

describe('plainAnswer', () => {
  it.each(['id', 'on', 'off', 'text', 'deep.er.key', 'true', 'false', '$revision', 'missing', 'deep.missing', 'deep.er.missing.more'])(
    'answers %s as the interpreter does',
    async (expression) => {
      const value = await compile(expression).evaluate(input, { source: input, revision: '0001', asOf: '2026-01-01', tables: {} });
      expect(plainAnswer(item(expression))).toEqual(value === undefined ? { empty: true } : { text: output(value) });
    },
  );
  it.each(['n', 'nothing', 'and', 'deep', 'list.id', 'one', 'id.x', '$source.id', '`id`', 'id & "x"', 'toString', '__proto__', 'constructor.name'])(
    'leaves %s to the interpreter, or says the same',
    async (expression) => {
      const answer = plainAnswer(item(expression));
      if (answer === undefined) return;
      const value = await compile(expression).evaluate(input, { source: input, revision: '0001', asOf: '2026-01-01', tables: {} });
      expect(answer).toEqual(value === undefined ? { empty: true } : { text: output(value) });
    },
  ); // prettier-ignore
  it('leaves to the interpreter what must be there and is not', () => expect(plainAnswer(item('missing', false))).toBeUndefined());
});

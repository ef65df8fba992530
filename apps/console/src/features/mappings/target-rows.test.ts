// The fields of the target: what is required, what is there, what does not fit, and which expression gives it.
import { describe, expect, it } from '@jest/globals';
import { trace } from '@waybill/mapping-language';
import { targetRows } from './target-rows.js';

const amount = { type: 'string', pattern: '^-?\\d{1,30}(\\.\\d{1,20})?$' };
const schema = {
  required: ['sourceId', 'number', 'lines', 'due'],
  properties: {
    sourceId: { type: 'string' },
    number: { type: 'string', description: 'What people call it.' },
    status: { enum: ['open', 'paid'] },
    lines: { type: 'array', items: { required: ['amount'], properties: { amount, memo: { type: 'string' } } } },
    due: { type: 'string', format: 'date' },
    customer: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  },
};
const source = '{"number": number, "lines": [items.{"amount": net, "memo": memo}], "status": state}';
const rows = (output: unknown, misfits: { path?: string; detail: string }[] = []) => {
  const { rows: all, coverage } = targetRows(schema, { output, misfits, stamps: ['sourceId'], traced: trace(source) });
  return { coverage, rows: Object.fromEntries(all.map(({ path, ...row }) => [path.join('.'), row])) };
};

describe('the rows of a target', () => {
  const output = { number: 'N1', lines: [{ amount: '1.00' }, { amount: 'x', memo: 'm' }], status: 'open' };
  it('say type, need, status and expression', () => {
    const { rows: all } = rows(output, [{ path: '/lines/1/amount', detail: 'must match pattern' }]);
    expect(all['number']).toMatchObject({
      required: true,
      type: 'string',
      status: 'fits',
      exact: true,
      description: 'What people call it.',
    });
    expect(source.slice(all['number']!.at!.from, all['number']!.at!.to)).toBe('number');
    expect(all['lines.amount']).toMatchObject({ required: true, type: 'decimal text', status: 'issue', words: 'must match pattern', reads: [{ root: 'source', path: ['items', 'net'] }] }); // prettier-ignore
    expect(all['lines.memo']).toMatchObject({ required: false, status: 'fits', words: 'In 1 of 2.' });
    expect(all['sourceId']).toMatchObject({ status: 'engine' });
    expect(all['due']).toMatchObject({
      required: true,
      type: 'string, date',
      status: 'missing',
      words: 'The mapping does not give it.',
      exact: false,
    });
    expect(all['customer.id']).toMatchObject({ required: true, status: 'absent' });
    expect(all['status']).toMatchObject({ type: '"open" | "paid"', status: 'fits' });
    expect(all['lines']).toMatchObject({ type: 'list of anything', status: 'fits' });
  });
  it('are counted: what stands in an object that is not there is not missing', () =>
    expect(rows(output, [{ path: '/lines/1/amount', detail: 'no' }]).coverage).toEqual({ required: { filled: 4, of: 5 }, optional: { filled: 2, of: 3 } })); // prettier-ignore
  it('say nothing of what is there before there is an output', () => {
    const { rows: all, coverage } = rows(undefined);
    expect([all['number']!.status, all['sourceId']!.status, coverage.required]).toEqual(['unknown', 'engine', { filled: 1, of: 4 }]);
  });
});

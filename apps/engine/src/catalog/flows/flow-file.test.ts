// A flow file is read whole: a good one gives its definition with defaults, a bad one all its problems with their lines.
import { describe, expect, it } from '@jest/globals';
import { editsOf } from './definition.js';
import { durationMs, readFlowFile } from './flow-file.js';

const good = `flow: a-flow
from: { connection: stripe, stream: invoices }
map: a-mapping
to: { canonical: invoice@1 }
`;

describe('readFlowFile', () => {
  it('fills in what a short file leaves out', () =>
    expect(readFlowFile(good)).toMatchObject({
      problems: [],
      definition: {
        flow: 'a-flow',
        description: '',
        enrich: {},
        permit: [],
        waitFor: [],
        retry: { attempts: 8, fromMs: 10_000, toMs: 3_600_000 },
        blocks: 'document',
      },
    }));
  it('reads a priority, and names the three when it is another', () => {
    expect(readFlowFile(`${good}priority: high\n`).definition?.priority).toBe('high');
    expect(readFlowFile(`${good}priority: urgent\n`).problems).toMatchObject([
      { path: '/priority', detail: 'must be high, normal, low', line: 5 },
    ]);
  });
  it('reads a promise, and what is wrong with one', () => {
    expect(readFlowFile(good).definition).not.toHaveProperty('promise');
    expect(readFlowFile(`${good}promise: { within: 15m, share: 99.5 }\n`).definition?.promise).toEqual({ withinMs: 900_000, share: 99.5 });
    expect(readFlowFile(`${good}promise: { within: soon, share: 99.5 }\n`).problems).toMatchObject([{ path: '/promise/within', line: 5 }]);
    expect(readFlowFile(`${good}promise: { within: 15m, share: 101 }\n`).problems).toMatchObject([{ path: '/promise/share', line: 5 }]);
    expect(readFlowFile(`${good}promise: { within: 15m, share: 0 }\n`).problems).toMatchObject([{ path: '/promise/share', line: 5 }]);
    expect(readFlowFile(`${good}promise: { within: 15m }\n`).problems).toMatchObject([{ path: '/promise', line: 5 }]);
  });
  it('reads who approves an edit, and names the ways when it is another', () => {
    expect(editsOf(readFlowFile(good).definition!)).toEqual({ approve: 'finance-approver' });
    expect(editsOf(readFlowFile(`${good}edits: { approve: admin }\n`).definition!)).toEqual({ approve: 'admin' });
    expect(editsOf(readFlowFile(`${good}edits: never\n`).definition!)).toBe('never');
    expect(readFlowFile(`${good}edits: always\n`).problems).toMatchObject([
      { path: '/edits', detail: 'must be free, never or { approve: role }', line: 5 },
    ]);
  });
  it('reads durations', () => {
    expect(['250ms', '10s', '5m', '2h', '3d'].map(durationMs)).toEqual([250, 10_000, 300_000, 7_200_000, 259_200_000]);
    expect(
      readFlowFile(`${good}retry: { attempts: 3, from: 1s, to: 2m }\nwaitFor: [{ posted: invoice@1, key: id }]\n`).definition,
    ).toMatchObject({ retry: { attempts: 3, fromMs: 1_000, toMs: 120_000 }, waitFor: [{ withinMs: 259_200_000 }] });
  });
  it('tells five faults as five problems, each with its path and its line', () => {
    const { definition, problems } = readFlowFile(`flow: A_Flow
from: { connection: stripe }
map: 12
permits: []
permit:
  - { rule: neither, then: skip }
to: { canonical: invoice@1 }
`);
    expect(definition).toBeUndefined();
    expect(problems.map(({ code, path, line }) => ({ code, path, line }))).toEqual(
      expect.arrayContaining([
        { code: 'FLOW_FIELD', path: '/flow', line: 1 },
        { code: 'FLOW_FIELD', path: '/from', line: 2 },
        { code: 'FLOW_FIELD', path: '/map', line: 3 },
        { code: 'FLOW_FIELD', path: '/permits', line: 4 },
        { code: 'FLOW_FIELD', path: '/permit/0', line: 6 },
      ]),
    );
    expect(problems).toHaveLength(5);
  });
  it('names the forms of a union in words', () =>
    expect(readFlowFile(good.replace('{ canonical: invoice@1 }', 'nowhere')).problems).toEqual([
      expect.objectContaining({ path: '/to', detail: expect.stringContaining('{ connection, operation }') }),
    ]));
  it.each([
    ['flow: [', 1],
    ['flow: a\nflow: b\n', 2],
  ])('refuses YAML that is none: %j', (yaml, line) => expect(readFlowFile(yaml).problems[0]).toMatchObject({ code: 'FLOW_YAML', line }));
  it.each(['', 'just words', '- a list'])('wants a map, not %j', (yaml) =>
    expect(readFlowFile(yaml).problems[0]).toMatchObject({ code: 'FLOW_YAML' }),
  );
  it('does not unfold aliases without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n`;
    expect(() => readFlowFile(bomb)).toThrow(/alias/i);
  });
});

// A busy machine is late with an answer: the record keeps its identity, and goes into the flows that want it and no other.
import { describe, expect, it } from '@jest/globals';
import type { EvaluationItem, EvaluationResult } from '../platform/mapping-runtime/index.js';
import { Unpacker } from './unpack.store.js';

const late: EvaluationResult = { failure: { code: 'MAPPING_TIMEOUT', message: 'late' } as never };
const flow = (name: string, when: string) => ({
  name,
  releaseId: `rel_${name}`,
  definition: {
    flow: name,
    from: { connection: 'source', stream: 'records' },
    to: { canonical: 'invoice@1' },
    when,
    enrich: {},
    permit: [],
    waitFor: [],
  },
});
const row = {
  id: 'inb_1',
  connection: 'source',
  deliveryId: 'd-1',
  via: 'webhook',
  stream: null,
  raw: Buffer.from('{}'),
  runId: null,
  attempts: 0,
};

/** An unpacker whose evaluations are late until they were asked so often; what it makes of one delivery for two flows, of which one wants it. */
async function unpack(lateUntil: number) {
  const asked = new Map<string, number>();
  const evaluate = (items: EvaluationItem[]): Promise<EvaluationResult[]> =>
    Promise.resolve(
      items.map(({ expression, flow: facts }) => {
        const { name } = facts as { name: string };
        const times = (asked.get(`${name} ${expression}`) ?? 0) + 1;
        asked.set(`${name} ${expression}`, times);
        if (times < lateUntil) return late;
        return { text: expression.startsWith('$boolean') ? String(expression.includes('mine')) : '"key-7"' };
      }),
    );
  const drafts: { flow: string; key: string }[] = [];
  const record = { stream: 'records', revision: '1', occurredAt: '2026-11-01T00:00:00.000Z', body: {} };
  const connection = { connector: { unpack: () => [record], streams: { records: { key: 'id' } } }, record: { system: 's' }, settings: {} };
  const unpacker = new Unpacker(
    {} as never,
    {} as never,
    { open: () => Promise.resolve(connection) } as never,
    {} as never,
    { insert: (_: unknown, made: typeof drafts) => (drafts.push(...made), Promise.resolve([])) } as never,
    { evaluate } as never,
    {} as never,
    {} as never,
  );
  await unpacker.unpack({ afterCommit: () => undefined } as never, [row as never], [flow('mine', 'mine'), flow('other', 'other')] as never);
  return drafts.map(({ flow: of, key }) => `${of} ${key}`);
}

describe('unpacking', () => {
  it('finds identity and flow at once, and when the first answers are late', async () => {
    expect(await unpack(1)).toEqual(['mine key-7']);
    expect(await unpack(2)).toEqual(['mine key-7']);
    expect(await unpack(3)).toEqual(['mine key-7']);
  });
  it('shows a record whose expressions never end, under the id of its delivery', async () => {
    expect(await unpack(Infinity)).toEqual(['mine d-1', 'other d-1']);
  });
});

// A busy machine is late with an answer: the record keeps its identity, and goes into the flows that want it and no other.
import { describe, expect, it } from '@jest/globals';
import type { EvaluationItem, EvaluationResult } from '../platform/mapping-runtime/index.js';
import { Unpacker } from './unpack.store.js';

const failure = (code: string): EvaluationResult => ({ failure: { code, message: 'it took too long' } as never });
const flow = (name: string, when: string) => ({
  name,
  releaseId: `rel_${name}`,
  share: null,
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
  syntheticRun: null,
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
async function unpack(lateUntil: number, { code = 'MAPPING_TIMEOUT', attempts = 0, mayComeAgain = true } = {}) {
  const asked = new Map<string, number>();
  const evaluate = (items: EvaluationItem[]): Promise<EvaluationResult[]> =>
    Promise.resolve(
      items.map(({ expression, flow: facts }) => {
        const { name } = facts as { name: string };
        const times = (asked.get(`${name} ${expression}`) ?? 0) + 1;
        asked.set(`${name} ${expression}`, times);
        if (times < lateUntil) return failure(code);
        return { text: expression.startsWith('$boolean') ? String(expression.includes('mine')) : '"key-7"' };
      }),
    );
  const drafts: { flow: string; key: string; delivery: { keyProblem?: string } }[] = [];
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
  const tx = { afterCommit: () => undefined } as never;
  const flows = [flow('mine', 'mine'), flow('other', 'other')] as never;
  const { fine, late } = await unpacker.unpack(tx, [{ ...row, attempts } as never], flows, { mayComeAgain });
  return { fine, late, made: drafts.map(({ flow: of, key }) => `${of} ${key}`), why: drafts[0]?.delivery.keyProblem };
}

describe('unpacking', () => {
  it.each([1, 2, 3])('finds identity and flow when the answers come at the %ith time', async (nth) => {
    expect(await unpack(nth)).toMatchObject({ fine: ['inb_1'], late: [], made: ['mine key-7'] });
  });
  it.each(['MAPPING_TIMEOUT', 'MAPPING_CRASHED', 'MAPPING_STOPPED', 'D1012'])('makes nothing of a delivery that is answered with %s: it comes again', async (code) => {
    expect(await unpack(Infinity, { code })).toEqual({ fine: [], late: ['inb_1'], made: [], why: undefined });
  });
  it('does not wait for an expression that fails on the record itself', async () => {
    expect(await unpack(Infinity, { code: 'T2001' })).toMatchObject({ fine: ['inb_1'], late: [], made: ['mine d-1', 'other d-1'] });
  });
  it('shows a record whose expressions never end under the id of its delivery, after nine times or where it cannot come again, and says why', async () => {
    const shown = { fine: ['inb_1'], late: [], made: ['mine d-1', 'other d-1'], why: 'the key id failed: it took too long' };
    expect(await unpack(Infinity, { attempts: 8 })).toMatchObject({ late: ['inb_1'] });
    expect(await unpack(Infinity, { attempts: 9 })).toEqual(shown);
    expect(await unpack(Infinity, { mayComeAgain: false })).toEqual(shown);
  });
}); // prettier-ignore

// What a message meets when its identity exists already, and what ends together.
import { describe, expect, it } from '@jest/globals';
import type { Journey } from '../journey.js';
import { Gathering } from './gathering.js';
import { meet, moneyOf, original, type PostingRow, type Target } from './meeting.js';

const row = (more: Partial<PostingRow>): PostingRow =>
  ({ id: 'pst_1', state: 'posted', message_id: 'msg_9', connection: 'erp', attempt: 2, external_key: 'wb-1', document_id: 'd1', document_number: 'N1', receipt: null, amount: '10.00', currency: 'EUR', created_at: new Date(0), waived_in_doubt: false, message_seq: '9', ...more }); // prettier-ignore
const journey = (seq: string, amount = '10.00') =>
  ({ row: { id: `msg_${seq}`, seq }, facts: { amount, currency: 'EUR' } }) as unknown as Journey;
const writeOff = (writtenOff?: string) =>
  ({ row: { id: 'msg_10', seq: '10', effect: 'write-off' }, facts: { amount: '99.00', currency: 'EUR' }, output: writtenOff === undefined ? {} : { writtenOff } }) as unknown as Journey; // prettier-ignore
const target = (writes: 'once' | 'upsert') => ({ connection: 'erp', operation: { writes } }) as unknown as Target;
const identity = { ledger: 'erp/1', effect: 'void', sourceSystem: 's', kind: 'invoice', sourceId: 'i', effectNumber: 1 } as const;

describe('meet', () => {
  it.each([
    ['a posted document', row({}), journey('10'), 'once', { ending: { to: 'duplicate', documentNumber: 'N1' } }],
    ['another amount', row({}), journey('10', '11.00'), 'once', { ending: { to: 'exception', facts: { code: 'POSTED_DIFFERENTLY' } } }],
    ['the same write-off, whatever the document comes to', row({}), writeOff('10.00'), 'once', { ending: { to: 'duplicate' } }],
    ['a write-off of another amount', row({}), writeOff('9.00'), 'once', { ending: { to: 'exception', facts: { code: 'POSTED_DIFFERENTLY' } } }],
    ['a definite failure: one attempt more', row({ state: 'rejected' }), journey('10'), 'once', { postingId: 'pst_1', attempt: 3 }],
    ['somebody else’s doubt', row({ state: 'in_doubt' }), journey('10'), 'once', { ending: { to: 'waiting', dependsOn: 'wb-1' } }],
    ['its own doubt: the same attempt', row({ state: 'in_doubt', message_id: 'msg_9' }), journey('9'), 'once', { postingId: 'pst_1', attempt: 2 }],
    ['what a person resolved', row({ state: 'waived' }), journey('10'), 'once', { ending: { to: 'skipped' } }],
    ['a record that may be written over', row({}), journey('10'), 'upsert', { postingId: 'pst_1', attempt: 2 }],
    ['a record that a later version wrote', row({}), journey('8'), 'upsert', { ending: { to: 'superseded' } }],
  ] as const)('%s', (_, met, mine, writes, expected) => expect(meet(met, mine, target(writes))).toMatchObject(expected)); // prettier-ignore
});

describe('the money that a posting moves', () => {
  it.each([
    ['of a document: its amount', journey('1'), { amount: '10.00', currency: 'EUR' }],
    ['of a write-off: what it names', writeOff('9.00'), { amount: '9.00', currency: 'EUR' }],
    ['of a write-off that names nothing: unknown', writeOff(), { amount: null, currency: null }],
  ] as const)('%s', (_, mine, expected) => expect(moneyOf(mine)).toEqual(expected));
});

describe('original', () => {
  it.each([
    ['never posted', undefined, { ending: { to: 'superseded' } }],
    ['resolved without posting', row({ state: 'waived' }), { ending: { to: 'superseded' } }],
    ['resolved in doubt', row({ state: 'waived', waived_in_doubt: true }), { ending: { to: 'exception', facts: { code: 'ORIGINAL_UNCLEAR' } } }],
    ['under way', row({ state: 'in_flight' }), { ending: { to: 'waiting', dependsOn: 'wb-1' } }],
    ['posted', row({}), { receipt: { documentId: 'd1', key: 'wb-1' } }],
  ] as const)('%s', (_, found, expected) => expect(original(found, identity)).toMatchObject(expected)); // prettier-ignore
});

describe('Gathering', () => {
  it('does together what comes while the last lot is under way, and tells each lot its own failure', async () => {
    const lots: number[][] = [];
    const open: (() => void)[] = [];
    const doTogether = async (items: number[]) => {
      lots.push(items);
      await new Promise<void>((done) => open.push(done));
      if (items.includes(3)) throw new Error('lost');
    };
    const gathering = new Gathering<number>({ doTogether, moreComes: () => false, pause: () => Promise.resolve() });
    const first = gathering.add(1);
    await new Promise((done) => setImmediate(done));
    const [second, third] = [gathering.add(2), gathering.add(3)];
    expect(lots).toEqual([[1]]);
    open[0]!();
    await first;
    await new Promise((done) => setImmediate(done));
    expect(lots).toEqual([[1], [2, 3]]);
    const fourth = gathering.add(4);
    open[1]!();
    await expect(second).rejects.toThrow('lost');
    await expect(third).rejects.toThrow('lost');
    await new Promise((done) => setImmediate(done));
    open[2]!();
    await expect(fourth).resolves.toBeUndefined();
  });

  it('waits a moment where more is to be expected, and not otherwise', async () => {
    const lots: number[][] = [];
    const doTogether = (items: number[]) => Promise.resolve(void lots.push(items));
    const gathering = new Gathering<number>({
      doTogether,
      moreComes: (waiting) => waiting < 2,
      pause: () => new Promise((done) => setTimeout(done, 20)),
    });
    const first = gathering.add(1);
    await new Promise((done) => setTimeout(done, 2));
    await Promise.all([first, gathering.add(2)]);
    const last = gathering.add(3);
    const together = gathering.add(4); // both are there when it is asked
    await Promise.all([last, together]);
    expect(lots).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

// Each checker is shown a world in which one thing is wrong, and must name it; and the same world without it, and must be silent.
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { invoicesOnly, makePlan } from '../load/plan.js';
import { diceOf } from '../random.js';
import { acceptedOnce, allArrived, equalTotals, expectedDocuments, lineage } from './documents.js';
import type { ErpDocument, InboxFact, Observation, PostingFact } from './observation.js';
import { auditLeaves, nothingStuck } from './state.js';

const { documents } = makePlan({
  prefix: 't',
  counts: invoicesOnly(3),
  dice: diceOf('checkers'),
  beginsAt: new Date(0),
  voided: 0,
  paid: 0,
});
const [first, second] = documents as [(typeof documents)[0], (typeof documents)[0]];
const raw = (id: string) => JSON.stringify({ records: [{ id, revision: 1 }] });
const inbox: InboxFact[] = documents.map(({ id }) => ({
  deliveryId: `${id}-r1`,
  via: 'webhook',
  state: 'done',
  raw: raw(id),
  messages: 1,
}));
const erp: ErpDocument[] = documents.map((document, n) => ({
  id: `doc-${n}`, kind: 'invoice', number: `INV-${n}`, entity: document.entity, externalId: `wb-${n}`, origin: document.id, currency: document.currency,
  postingDate: document.postingDate, total: document.total, status: 'posted', actsOn: null,
})); // prettier-ignore
const postings: PostingFact[] = documents.map((document, n) => ({
  id: `pst-${n}`, state: 'posted', effect: 'create', kind: 'invoice', sourceId: document.id, ledger: `sandbox-erp/${document.entity}`, externalKey: `wb-${n}`,
  documentId: `doc-${n}`, content: JSON.stringify(document.versions[0]!.content), raw: raw(document.id),
})); // prettier-ignore
const seen: Observation = { inbox, erp, postings, live: [], exceptions: [], audit: [] };
const but = <T>(list: readonly T[], at: number, change: Partial<T>): T[] => list.map((one, n) => (n === at ? { ...one, ...change } : one));
const said = (findings: { checker: string; harm: string }[]) => findings.map(({ checker, harm }) => `${checker} ${harm}`);
const accepted = new Set(inbox.map(({ deliveryId }) => deliveryId));

describe('the checkers', () => {
  it('say nothing of a world that is as it must be', () => {
    expect([
      ...acceptedOnce(inbox, accepted), ...allArrived(inbox, documents), ...expectedDocuments(erp, documents), ...equalTotals(seen, documents),
      ...lineage(erp, postings), ...nothingStuck([], []), ...auditLeaves([]),
    ]).toEqual([]); // prettier-ignore
  });
  it.each([
    ['an acknowledged delivery that is gone', acceptedOnce(inbox.slice(1), accepted), 'C-a lost'],
    ['a delivery that is there twice', acceptedOnce([...inbox, inbox[0]!], accepted), 'C-a duplicated'],
    ['a delivery of which two messages were made', acceptedOnce(but(inbox, 0, { messages: 2 }), accepted), 'C-a duplicated'],
    ['a delivery of which nothing was made', acceptedOnce(but(inbox, 0, { messages: 0 }), accepted), 'C-a lost'],
    ['a version that never came', allArrived(inbox.slice(1), documents), 'C-a lost'],
    ['a document that is not booked', expectedDocuments(erp.slice(1), documents), 'C-b lost'],
    ['a document that is booked twice', expectedDocuments([...erp, { ...erp[0]!, id: 'doc-9' }], documents), 'C-b duplicated'],
    ['a document that nobody planned', expectedDocuments([...erp, { ...erp[0]!, origin: 'x' }], documents), 'C-b duplicated'],
    ['a document that was voided without a reason', expectedDocuments(but(erp, 0, { status: 'voided' }), documents), 'C-b difference'],
    ['a void that nobody planned', expectedDocuments([...erp, { ...erp[0]!, kind: 'void', actsOn: 'doc-0' }], documents), 'C-b duplicated'],
    ['a document in the wrong books', expectedDocuments(but(erp, 0, { entity: first.entity === 'US' ? 'DE' : 'US' }), documents), 'C-b difference'],
    ['a minor unit too many in the ERP', equalTotals({ ...seen, erp: but(erp, 0, { total: `${first.total.slice(0, -1)}${(Number(first.total.at(-1)) + 1) % 10}` }) }, documents), 'C-c difference'],
    ['a posting of another amount', equalTotals({ ...seen, postings: but(postings, 1, { content: JSON.stringify({ ...second.versions[0]!.content, total: '0.00' }) }) }, documents), 'C-c difference'],
    ['a message that is under way', nothingStuck([{ what: 'message', id: 'x', state: 'waiting', reason: null, ageSeconds: 9 }], []), 'C-d stuck'],
    ['an exception that nobody explains', nothingStuck([], [{ id: 'e', key: 'x', code: 'C', cause: 'c' }]), 'C-d stuck'],
    ['a document without a posting', lineage(erp, postings.slice(1)), 'C-f lineage'],
    ['a posting without a delivery', lineage(erp, but(postings, 0, { raw: null })), 'C-f lineage'],
    ['a posting of another document', lineage(erp, but(postings, 0, { sourceId: second.id, raw: raw(second.id) })), 'C-f lineage'],
    ['a booked document whose posting is open', lineage(erp, but(postings, 0, { state: 'in_doubt' })), 'C-f lineage'],
  ])('name %s', (_, findings, expected) => expect(said(findings)).toContain(expected)); // prettier-ignore
  it('leave what is explained', () => expect(nothingStuck([], [{ id: 'e', key: 'x', code: 'C', cause: 'c' }], new Set(['x']))).toEqual([]));
  it('recompute each leaf of the audit log', () => {
    const entry = { id: 'aud_1', action: 'a', after: { b: 1 } };
    const leaf = createHash('sha256')
      .update(Buffer.from([0]))
      .update(canonicalize(entry))
      .digest('hex');
    expect(auditLeaves([{ ...entry, leaf }])).toEqual([]);
    expect(said(auditLeaves([{ ...entry, action: 'b', leaf }]))).toEqual(['C-e audit']);
    // From format 2 on the time belongs to the leaf; the entry above is of format 1.
    expect(auditLeaves([{ ...entry, format: 1, at: 'then', leaf }])).toEqual([]);
    expect(said(auditLeaves([{ ...entry, format: 2, at: 'then', leaf }]))).toEqual(['C-e audit']);
  });
});

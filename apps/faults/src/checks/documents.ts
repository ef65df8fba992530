import { decimalsOf, minorUnits } from '../load/amounts.js';
import type { PlannedDocument } from '../load/plan.js';
import { finding, type Finding } from './finding.js';
import type { ErpDocument, InboxFact, Observation, PostingFact } from './observation.js';

/** C-a: what was answered with 2xx is there once, was unpacked once, and nothing else came in by webhook. */
export function acceptedOnce(inbox: readonly InboxFact[], accepted: ReadonlySet<string>): Finding[] {
  const hooks = new Map<string, number>();
  for (const row of inbox) if (row.via === 'webhook') hooks.set(row.deliveryId, (hooks.get(row.deliveryId) ?? 0) + 1);
  const found: Finding[] = [];
  for (const id of accepted) if (!hooks.has(id)) found.push(finding('C-a', 'lost', `the delivery ${id} was acknowledged and is not there`));
  for (const [id, count] of hooks) if (count > 1) found.push(finding('C-a', 'duplicated', `the delivery ${id} is there ${count} times`));
  for (const { deliveryId, via, state, messages } of inbox)
    if (state === 'done' && messages !== 1)
      found.push(finding('C-a', messages === 0 ? 'lost' : 'duplicated', `the delivery ${deliveryId} (${via}) became ${messages} messages`));
  return found;
}

/** C-a for the whole: every version that the source made known arrived by one way or another. */
export function allArrived(inbox: readonly InboxFact[], documents: readonly PlannedDocument[]): Finding[] {
  const there = new Set(inbox.flatMap(({ via, raw }) => recordsIn(raw, via).map(({ id, revision }) => `${id} ${revision}`)));
  return documents.flatMap((document) =>
    document.versions
      .filter(({ id, revision }) => !there.has(`${id} ${revision}`))
      .map(({ id, revision }) => finding('C-a', 'lost', `version ${revision} of ${id} never arrived`)),
  );
}

export function recordsIn(raw: string, via: string): { id: string; revision: number }[] {
  const body = JSON.parse(raw) as { records?: { id: string; revision: number }[] } & { id: string; revision: number };
  return via === 'webhook' ? (body.records ?? []) : [body];
}

/** C-b: each planned document is in the books of its entity once; a voided one not at all, or with its void; and nothing else is there. */
export function expectedDocuments(erp: readonly ErpDocument[], documents: readonly PlannedDocument[]): Finding[] {
  const found: Finding[] = [];
  const byOrigin = new Map<string, ErpDocument[]>();
  for (const document of erp) {
    if (document.kind === 'void') continue;
    const key = `${document.kind} ${document.origin ?? document.number}`;
    byOrigin.set(key, [...(byOrigin.get(key) ?? []), document]);
  }
  const voids = new Map<string, number>();
  for (const document of erp) if (document.kind === 'void') voids.set(document.actsOn ?? '', (voids.get(document.actsOn ?? '') ?? 0) + 1);
  for (const planned of documents) {
    const key = `${planned.type} ${planned.id}`;
    const there = byOrigin.get(key) ?? [];
    byOrigin.delete(key);
    const [first] = there;
    if (there.length > 1)
      found.push(
        finding(
          'C-b',
          'duplicated',
          `${planned.id} is in the books of ${planned.entity} ${there.length} times: ${there.map((d) => d.number).join(', ')}`,
        ),
      );
    if (planned.outcome === 'posted' && !first)
      found.push(finding('C-b', 'lost', `${planned.id} is not in the books of ${planned.entity}`));
    if (!first) continue;
    if (first.entity !== planned.entity)
      found.push(finding('C-b', 'difference', `${planned.id} is in the books of ${first.entity}, not ${planned.entity}`));
    const expected = planned.outcome === 'posted' ? 'posted' : 'voided';
    if (first.status !== expected)
      found.push(finding('C-b', 'difference', `${planned.id} is ${first.status} in the books, not ${expected}`));
    const reversals = voids.get(first.id) ?? 0;
    voids.delete(first.id);
    if (reversals !== (planned.outcome === 'posted' ? 0 : 1))
      found.push(finding('C-b', 'duplicated', `${planned.id} has ${reversals} voids`));
  }
  for (const [key, there] of byOrigin)
    found.push(finding('C-b', 'duplicated', `nobody planned ${key}, which is in the books ${there.length} times`));
  for (const actsOn of voids.keys()) found.push(finding('C-b', 'duplicated', `nobody planned the void of ${actsOn}`));
  return found;
}

type Totals = Map<string, bigint>;
const add = (totals: Totals, key: string, currency: string, amount: string) =>
  totals.set(key, (totals.get(key) ?? 0n) + minorUnits(amount, decimalsOf(currency)));

/** C-c: source, engine and ERP agree to the minor unit for each entity, currency, day and type. */
export function equalTotals(seen: Observation, documents: readonly PlannedDocument[]): Finding[] {
  const [source, engine, erp]: [Totals, Totals, Totals] = [new Map(), new Map(), new Map()];
  for (const { entity, currency, postingDate, type, total, outcome } of documents)
    if (outcome === 'posted') add(source, `${entity} ${currency} ${postingDate} ${type}`, currency, total);
  const reversed = new Set(
    seen.postings.filter((p) => p.state === 'posted' && p.effect === 'void').map((p) => `${p.ledger} ${p.sourceId}`),
  );
  for (const posting of seen.postings) {
    if (posting.state !== 'posted' || posting.effect !== 'create' || reversed.has(`${posting.ledger} ${posting.sourceId}`)) continue;
    const content = JSON.parse(posting.content ?? '{}') as Record<string, string> & { lines?: { debit?: string }[] };
    const { legalEntity = '', currency = '', postingDate = '' } = content;
    const key = `${legalEntity} ${currency} ${postingDate} ${posting.kind}`;
    if (posting.kind === 'journal-entry') for (const line of content.lines ?? []) add(engine, key, currency, line.debit ?? '0');
    else add(engine, key, currency, content['total'] ?? content['amount'] ?? '0');
  }
  for (const { entity, currency, postingDate, kind, total, status } of seen.erp)
    if (status === 'posted' && kind !== 'void') add(erp, `${entity} ${currency} ${postingDate} ${kind}`, currency, total);
  const found: Finding[] = [];
  for (const key of new Set([...source.keys(), ...engine.keys(), ...erp.keys()])) {
    const [s, e, b] = [source, engine, erp].map((totals) => totals.get(key) ?? 0n) as [bigint, bigint, bigint];
    if (s === e && e === b) continue;
    const off = [s - e, s - b, e - b].map((n) => (n < 0n ? -n : n)).reduce((most, n) => (n > most ? n : most));
    found.push({
      ...finding('C-c', 'difference', `${key}: ${s} in the source, ${e} in the engine, ${b} in the ERP, in minor units`),
      minorUnits: off,
    });
  }
  return found;
}

/** C-f: from a document of the ERP back to its posting, its message and the delivery that brought it. */
export function lineage(erp: readonly ErpDocument[], postings: readonly PostingFact[]): Finding[] {
  const byKey = new Map(postings.map((posting) => [posting.externalKey, posting]));
  return erp.flatMap((document) => {
    const broken = (why: string) => [finding('C-f', 'lineage', `${document.number} ${why}`)];
    const posting = byKey.get(document.externalId ?? '');
    if (!posting) return broken(`has the external id ${document.externalId}, of which there is no posting`);
    if (posting.state !== 'posted') return broken(`is booked, and its posting is ${posting.state}`);
    if (posting.raw === null) return broken(`leads to the posting ${posting.id}, and from there to no delivery`);
    if (!posting.raw.includes(`"${posting.sourceId}"`)) return broken(`leads to a delivery that does not hold ${posting.sourceId}`);
    if (document.kind !== 'void' && document.origin !== posting.sourceId)
      return broken(`names ${document.origin}, its posting names ${posting.sourceId}`);
    return [];
  });
}

import { Inject, Injectable } from '@nestjs/common';
import { bookedStream, money, type JsonObject } from '@waybill/sdk';
import { documentFacts, effectOf } from '../../canon/index.js';
import { connectorNamed } from '../../catalog/index.js';
import { UsageTrace } from '../../ledger/index.js';
import { Database, within, type Row, type Scope } from '../../platform/database/index.js';
import { Problem } from '../../platform/problems/index.js';
import { Chain, plain, sumCheck, type TraceKind, type TraceNode } from './chain.js';
import { addEntry, typeInBooks, wantedOf } from './entry.js';
import { LineageQueries, type BilledUsage } from './lineage.query.store.js';

/** Documents that one number may mean; each is followed. */
const sameNumberMax = 10;

/** Walks from any id to both ends of its trip. It reads what a caller may see and nothing else: what belongs to others is not in the answer. */
@Injectable()
export class LineageStore {
  constructor(
    @Inject(Database) private readonly db: Database,
    @Inject(LineageQueries) private readonly ask: LineageQueries,
    @Inject(UsageTrace) private readonly usage: UsageTrace,
  ) {}

  async trace(kind: TraceKind, id: string, scope: Scope) {
    const chain = new Chain();
    const roots =
      kind === 'usage-event'
        ? await this.fromEvent(chain, id, scope)
        : kind === 'usage-summary'
          ? await this.fromSummaries(chain, [id], scope)
          : await this.fromDocuments(chain, await this.documentsMeant(kind, id, scope), scope);
    if (roots.length === 0) throw new Problem('NOT_FOUND', `There is nothing called ${id} whose way could be shown.`, { remedy: 'Check the id, and whether it belongs to a legal entity that you see.' }); // prettier-ignore
    return { asked: { kind, id }, roots, ...chain.shown() };
  } // prettier-ignore

  private async fromEvent(chain: Chain, id: string, scope: Scope): Promise<string[]> {
    const found = await this.usage.trace(id, scope);
    let before: string | undefined;
    for (const link of found.chain) {
      const { event, type, subject, kind, receivedAt, occurredAt, reason } = link;
      chain.add({ ...plain, id: event, kind: 'usage-event', of: type, title: subject ?? event, detail: reason, state: kind, at: occurredAt ?? receivedAt, events: 1 }); // prettier-ignore
      if (before !== undefined) chain.join(before, event, 'corrected-by');
      before = event;
    }
    await this.fromSummaries(chain, [...new Set(found.summaries.map(({ summary }) => summary))], scope);
    for (const { event, summary } of found.summaries) chain.join(event, summary, 'counted-in');
    return [id];
  }

  private async fromSummaries(chain: Chain, ids: readonly string[], scope: Scope): Promise<string[]> {
    const summaries = await this.ask.summaries(ids, scope);
    for (const summary of summaries)
      chain.add({
        ...plain,
        id: summary.id,
        kind: 'usage-summary',
        of: summary.meter,
        title: `${summary.customer}: ${summary.meter}, ${summary.period}`,
        detail: summary.kind === 'period' ? null : `used in ${summary.usedIn}`,
        state: summary.kind,
        at: summary.starts,
        quantity: { value: summary.quantity, unit: summary.unit },
        events: summary.events,
      });
    await this.deliveries(chain, await this.ask.objects(summaries.flatMap(({ canonicalId }) => canonicalId ?? []), scope), 'reported-as', scope, new Map(summaries.map(({ id, canonicalId }) => [canonicalId ?? '', id]))); // prettier-ignore
    const bills = await this.ask.billsOf(ids, scope);
    await this.fromDocuments(chain, bills.map(({ document }) => document), scope); // prettier-ignore
    for (const { summary, document, place } of bills) chain.join(summary, usageNodeId(document, place), 'adds-to');
    return summaries.map(({ id }) => id);
  }

  /** Of each document the whole: what it bills, where it was posted, what was paid and credited, and the same of the invoice that it belongs to. */
  private async fromDocuments(chain: Chain, ids: readonly string[], scope: Scope): Promise<string[]> {
    const asked = await this.ask.objects([...new Set(ids)], scope);
    const ofUsage = asked.filter(({ type }) => type === 'usage-summary');
    if (ofUsage.length > 0) await this.fromSummaries(chain, ofUsage.map(({ sourceId }) => sourceId), scope); // prettier-ignore
    const rest = asked.filter(({ type }) => type !== 'usage-summary');
    const invoices = await this.ask.invoicesOf(rest.map(({ id }) => id), scope); // prettier-ignore
    const all = new Map([...rest, ...invoices].map((object) => [object.id, object]));
    const settling = await this.ask.settling([...all.values()].filter(({ type }) => type === 'invoice'), scope); // prettier-ignore
    for (const { object } of settling) all.set(object.id, object);
    for (const { id, type, title, sourceSystem, sourceId, updatedAt, content, synthetic } of all.values()) {
      const { amount, currency, customer } = documentFacts(content);
      chain.add({ ...plain, id, kind: 'document', of: type, title: title ?? sourceId, detail: [customer, sourceSystem].filter(Boolean).join(', '), state: textOf(content['status']), at: updatedAt, synthetic, amount: amount === null ? null : { amount, currency: currency! } }); // prettier-ignore
    }
    for (const { invoice, object } of settling) chain.join(invoice, object.id, object.type === 'payment' ? 'paid-by' : 'credited-by');
    for (const billed of await this.ask.usageOf([...all.keys()], scope)) this.billedUsage(chain, billed);
    await this.deliveries(chain, [...all.values()], 'posted-as', scope);
    return [...rest.map(({ id }) => id), ...ofUsage.map(({ sourceId }) => sourceId)];
  }

  private billedUsage(chain: Chain, { document, place, meter, customer, from, to, billed, lines, reported, unit, summaries, events, notReported, quantityNotReported }: BilledUsage): void {
    const id = usageNodeId(document, place);
    const counted = `${summaries} ${summaries === 1 ? 'summary' : 'summaries'}`;
    chain.add({ ...plain, id, kind: 'usage', of: meter, title: `${customer}: ${meter}`, detail: `${counted} on ${lines} ${lines === 1 ? 'line' : 'lines'}`, at: from, until: to, quantity: { value: reported, unit }, events, summaries }); // prettier-ignore
    const because =
      notReported > 0
        ? `${notReported} of ${counted}, with ${quantityNotReported}, ${notReported === 1 ? 'has' : 'have'} not reached billing`
        : summaries === 0
          ? 'no sealed summary is billed here: somebody else reported the usage, or its period is not sealed'
          : 'billing counted usage that it has from elsewhere, or leaves some out';
    chain.join(id, document, 'billed-by', sumCheck('quantity', reported, billed, because));
  } // prettier-ignore

  /** Where documents were sent, and by which journal entries they stand in the books there. A creation must have been posted with the amount that the document has. */
  private async deliveries(chain: Chain, objects: readonly { id: string; type: string; content: JsonObject }[], relation: 'reported-as' | 'posted-as', scope: Scope, nodeOf = new Map<string, string>()): Promise<void> {
    const known = new Map(objects.map((object) => [object.id, object]));
    const deliveries = await this.ask.deliveries([...known.keys()], scope);
    const posted = deliveries.flatMap(({ stands, ledger, document, kind, effect, message }) => {
      const type = kind === null ? undefined : typeInBooks(kind, effect);
      return stands && ledger !== null && document !== null && type !== undefined ? [{ message, ledger, document, type }] : [];
    });
    const entries = new Map((await this.ask.entries(posted, scope)).map((one) => [placeOf(one), one]));
    const bookedBy = new Map(posted.map((one) => [one.message, entries.get(placeOf(one)) ?? null]));
    for (const sent of deliveries) {
      const { type, content } = known.get(sent.object)!;
      const total = documentFacts(content).amount;
      const amount = sent.amount === null || sent.currency === null ? null : { amount: sent.amount, currency: sent.currency };
      const booked = bookedBy.get(sent.message);
      const noEntry = booked === null ? whyNoEntry(sent) : null;
      const node: TraceNode = { ...plain, id: sent.message, kind: 'delivery', of: sent.flow, title: sent.documentNumber ?? sent.flow, detail: [sent.ledger, sent.effect === 'create' ? null : sent.effect, sent.reason].filter(Boolean).join(', ') || null, state: sent.state, at: sent.at, amount, noEntry };
      chain.add(node);
      const comparable = sent.state === 'posted' && sent.effect === 'create' && effectOf(type, content) === 'create' && amount !== null && total !== null;
      chain.join(nodeOf.get(sent.object) ?? sent.object, sent.message, relation, comparable && !money.isZero(total) ? sumCheck('amount', total, amount.amount, 'the document was changed after it was posted, or it was posted with another amount') : null);
      if (booked) addEntry(chain, sent.message, booked, wantedOf(content));
    }
  } // prettier-ignore

  private async documentsMeant(kind: 'document' | 'message' | 'number', id: string, scope: Scope): Promise<string[]> {
    if (kind === 'document') return [id];
    const db = this.db.seenBy(scope);
    const ofMessage = within(scope, 'm.legal_entities', 2);
    if (kind === 'message') {
      const [row] = await db.query<Row>(`select m.canonical_id from message m where m.id = $1 and ${ofMessage.where}`, [id, ...ofMessage.values]);
      if (row && row['canonical_id'] === null) throw new Problem('NOT_FOUND', `The message ${id} has not become a document yet.`, { remedy: 'Open the message: it shows where it stopped.' });
      return row ? [row['canonical_id'] as string] : [];
    }
    const ofObject = within(scope, 'o.legal_entities', 2);
    const rows = await db.query<{ id: string }>(
      `select id from (
         select o.id from canonical_object o where (o.source_id = $1 or o.title = $1) and ${ofObject.where}
         union select m.canonical_id from message m where m.document_number = $1 and m.canonical_id is not null and ${ofMessage.where}) found
       order by id limit ${sameNumberMax}`,
      [id, ...ofObject.values],
    );
    const booked = await this.ask.bookedUnder(id, scope, sameNumberMax);
    return [...new Set([...rows.map(({ id: found }) => found), ...booked])].slice(0, sameNumberMax);
  } // prettier-ignore
}

const placeOf = ({ ledger, type, document }: { ledger: string; type: string; document: string }): string =>
  JSON.stringify([ledger, type, document]);

/** Whether an ERP tells its journal at all is its connector's to say. What is no posting has none. */
function whyNoEntry({ connector: name, operation }: { connector: string | null; operation: string | null }): string | null {
  const connector = name === null ? undefined : connectorNamed(name);
  if (!connector || connector.operations?.[operation ?? '']?.kind !== 'financial-posting') return null;
  return connector.streams[bookedStream]?.tellsEntries
    ? 'Its journal entry has not been read yet: the next run of a control reads it.'
    : `${connector.title} does not tell the journal entries of its documents.`;
}
const usageNodeId = (document: string, place: number): string => `${document}/usage/${place}`;
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

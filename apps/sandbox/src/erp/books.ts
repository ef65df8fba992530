import { money } from '@waybill/sdk';
import { numberPrefix, type DocumentKind, type ErpDocument, type LedgerLine } from './document.js';
import type { Draft } from './draft.js';
import { ledgerLines, reversed } from './ledger.js';
import { accountOf, currencyOf, entityOf, openPeriod, type MasterData } from './master-data.js';
import { Refusal } from './refusal.js';
import { seedMasterData } from './seed.js';

/** All that the ERP knows, as plain data: saved and loaded as it is. */
export interface ErpState {
  master: MasterData;
  documents: ErpDocument[];
  ledger: LedgerLine[];
  /** Last number given, per series such as `INV-US`. */
  series: Record<string, number>;
}

export const emptyErp = (): ErpState => ({ master: seedMasterData(), documents: [], ledger: [], series: {} });

/**
 * The books. Every method checks everything first and then changes everything, in one go and without waiting, so two
 * requests never see each other half done: that is what makes the external id unique here.
 */
export class Books {
  private readonly byId = new Map<string, ErpDocument>();
  private readonly byExternalId = new Map<string, ErpDocument>();
  private readonly byOrigin = new Map<string, ErpDocument>();
  private readonly byReference = new Map<string, ErpDocument>();
  /** Entities that book a repeat as one more document, as an ERP without a unique key does. */
  private repeatsBookedIn: ReadonlySet<string> = new Set();

  constructor(
    readonly state: ErpState,
    private readonly now: () => Date,
  ) {
    for (const document of state.documents) this.index(document);
  }

  time(): Date {
    return this.now();
  }

  get master(): MasterData {
    return this.state.master;
  }

  document(id: string, kind?: DocumentKind): ErpDocument {
    const document = this.byId.get(id);
    if (!document || (kind && document.kind !== kind)) throw new Refusal('NOT_FOUND', `There is no ${kind ?? 'document'} ${id}.`);
    return document;
  }

  findByExternalId(entity: string, externalId: string): ErpDocument | undefined {
    return this.byExternalId.get(`${entity} ${externalId}`);
  }

  /** Never saved: a sandbox that starts refuses repeats everywhere. */
  bookRepeatsIn(entities: readonly string[]): void {
    for (const code of entities) entityOf(this.master, code);
    this.repeatsBookedIn = new Set(entities);
  }

  /** Refused before any other check: whoever repeats a request learns of the first one, whatever has changed since. */
  refuseRepeat(entity: string, externalId: string | null, kind: DocumentKind, reference: string | null): void {
    if (this.repeatsBookedIn.has(entity)) return;
    const same = externalId === null ? undefined : this.findByExternalId(entity, externalId);
    if (same)
      throw new Refusal(
        'DUPLICATE_EXTERNAL_ID',
        `External id ${externalId} is document ${same.id} (${same.number}) already.`,
        'externalId',
        same.id,
      );
    const numbered = reference === null ? undefined : this.byReference.get(`${entity} ${kind} ${reference}`);
    if (numbered && numbered.status === 'posted')
      throw new Refusal(
        'DUPLICATE_REFERENCE',
        `Reference ${reference} is on document ${numbered.id} (${numbered.number}) already.`,
        'reference',
        numbered.id,
      );
  }

  post(draft: Draft): ErpDocument {
    const { appliesTo, decimals, ...facts } = draft;
    const zero = money.round('0', decimals);
    const applications = appliesTo.map((entry) => ({ document: this.target(draft, entry), amount: entry.amount, field: entry.field }));
    for (const { document, amount, field } of applications) {
      const wanted = money.sum(applications.filter((a) => a.document === document).map((a) => a.amount));
      const open = this.available(document, draft.kind);
      if (money.compare(wanted, open) > 0)
        throw new Refusal(
          'OVER_APPLIED',
          `${amount} is more than the ${open} ${document.currency} open on ${document.number}.`,
          `${field}/amount`,
        );
    }
    const applied = money.sum([zero, ...applications.map((a) => a.amount)]);
    if (money.compare(applied, draft.total) > 0)
      throw new Refusal('OVER_APPLIED', `${applied} is applied of a document of ${draft.total}.`, 'appliesTo');
    const opens = facts.kind === 'invoice' || facts.kind === 'credit-memo' || facts.kind === 'payment';
    const document = this.numbered({
      ...facts,
      applications: applications.map((a) => ({ document: a.document.id, amount: a.amount })),
      open: opens ? money.subtract(draft.total, applied) : zero,
    });
    for (const { document: target, amount } of applications)
      if (opensLess(draft.kind, target)) target.open = money.subtract(target.open, amount);
    this.state.ledger.push(...ledgerLines(this.master, document));
    return document;
  }

  /**
   * A reversing document, dated as the original or on the date given. Both months must be open: what a closed month holds
   * is corrected by a credit memo. Nothing may be applied to the original.
   */
  void(original: ErpDocument, options: { externalId: string | null; postingDate?: string; description: string | null }): ErpDocument {
    if (original.kind === 'void') throw new Refusal('FIELD_INVALID', `${original.number} is a void itself.`);
    if (original.status === 'voided')
      throw new Refusal(
        'ALREADY_VOIDED',
        `${original.number} was voided by ${original.voidedBy}.`,
        undefined,
        original.voidedBy ?? undefined,
      );
    const postingDate = options.postingDate ?? original.postingDate;
    for (const date of [original.postingDate, postingDate]) openPeriod(this.master, original.entity, date);
    const settled = this.state.documents.filter((d) => d.status === 'posted' && d.applications.some((a) => a.document === original.id));
    if (settled.length > 0)
      throw new Refusal('HAS_APPLICATIONS', `${original.number} has ${settled.map((d) => d.number).join(', ')} applied to it.`);
    const document = this.numbered({
      ...original, kind: 'void', externalId: options.externalId, reference: null, origin: null, postingDate, description: options.description, actsOn: original.id, applications: [], open: money.subtract(original.total, original.total),
    }); // prettier-ignore
    for (const { document: id, amount } of original.applications) {
      const target = this.document(id);
      if (opensLess(original.kind, target)) target.open = money.add(target.open, amount);
    }
    original.status = 'voided';
    original.voidedBy = document.id;
    original.open = document.open;
    this.state.ledger.push(...reversed(this.state.ledger.filter((line) => line.document === original.id), document)); // prettier-ignore
    return document;
  }

  /** Takes an amount of what is open on an invoice to an expense account; what payments and credit memos take is theirs. */
  writeOff(
    invoice: ErpDocument,
    options: { externalId: string | null; postingDate: string; amount: string; account: string; description: string | null },
  ): ErpDocument {
    const { decimals } = currencyOf(this.master, invoice.currency);
    const { amount } = options;
    if (money.compare(amount, '0') <= 0) throw new Refusal('FIELD_INVALID', `amount must be more than zero, not ${amount}.`, 'amount');
    openPeriod(this.master, invoice.entity, options.postingDate);
    const account = accountOf(this.master, invoice.entity, options.account, 'account').code;
    return this.post({
      kind: 'write-off', entity: invoice.entity, externalId: options.externalId, reference: null, origin: null, customer: invoice.customer, currency: invoice.currency, decimals,
      documentDate: options.postingDate, postingDate: options.postingDate, dueDate: null, credits: null, description: options.description,
      lines: [{ description: `Write-off of ${invoice.number}`, quantity: '1', amount, account, taxCodes: [] }], taxLines: [],
      subtotal: amount, tax: money.round('0', decimals), total: amount, actsOn: invoice.id,
      appliesTo: [{ field: 'document', document: invoice.id, amount }],
    }); // prettier-ignore
  }

  /** What a customer owes, per currency, from the ledger and not from the documents: the two must agree. */
  receivable(entity: string, customer: string, account: string): Record<string, string> {
    entityOf(this.master, entity);
    const balances: Record<string, string> = {};
    for (const line of this.state.ledger)
      if (line.entity === entity && line.customer === customer && line.account === account)
        balances[line.currency] = money.subtract(money.add(balances[line.currency] ?? '0', line.debit), line.credit);
    return balances;
  }

  /** How much of a document may still be applied: what is open; for money going back, what was received less what went back. */
  private available(document: ErpDocument, by: DocumentKind): string {
    if (opensLess(by, document)) return document.open;
    const back = this.state.documents.filter((d) => d.kind === 'refund' && d.status === 'posted').flatMap((d) => d.applications);
    return back.filter((a) => a.document === document.id).reduce((left, a) => money.subtract(left, a.amount), document.total);
  }

  private target(draft: Draft, entry: Draft['appliesTo'][number]): ErpDocument {
    const { document: id, origin, reference } = entry;
    const name = id ?? origin ?? reference ?? '';
    const kinds: readonly DocumentKind[] = draft.kind === 'refund' ? ['credit-memo', 'payment', 'invoice'] : ['invoice'];
    const memo = draft.kind === 'refund' && origin ? this.memoOf(draft, origin, entry.amount) : undefined;
    const found = id
      ? this.byId.get(id)
      : (memo ??
        kinds.map((kind) => (origin ? this.byOrigin : this.byReference).get(`${draft.entity} ${kind} ${name}`)).find((one) => one));
    if (!found || found.entity !== draft.entity || found.status === 'voided')
      throw new Refusal('DOCUMENT_NOT_FOUND', `There is no posted document ${name} in ${draft.entity} to apply to.`, entry.field);
    if (found.currency !== draft.currency || found.customer !== draft.customer)
      throw new Refusal('DOCUMENT_NOT_FOUND', `Document ${found.number} is of another customer or currency.`, entry.field);
    return found;
  }

  /** Money goes back for a credit memo where there is one: an open one of the same invoice, with enough left. */
  private memoOf(refund: Draft, invoiceOrigin: string, amount: string): ErpDocument | undefined {
    const fits = (d: ErpDocument) =>
      d.kind === 'credit-memo' && d.status === 'posted' && d.entity === refund.entity && d.credits === invoiceOrigin;
    return this.state.documents.find((document) => fits(document) && money.compare(document.open, amount) >= 0);
  }

  private numbered(facts: Omit<ErpDocument, 'id' | 'number' | 'createdAt' | 'status' | 'voidedBy'>): ErpDocument {
    const series = `${numberPrefix[facts.kind]}-${facts.entity}`;
    const next = (this.state.series[series] ?? 0) + 1;
    this.state.series[series] = next;
    const number = `${series}-${String(next).padStart(6, '0')}`;
    const document: ErpDocument = {
      ...facts,
      id: `doc-${number.toLowerCase()}`,
      number,
      status: 'posted',
      voidedBy: null,
      createdAt: this.now().toISOString(),
    };
    this.state.documents.push(document);
    this.index(document);
    return document;
  }

  private index(document: ErpDocument): void {
    const { entity, kind, externalId, origin, reference } = document;
    this.byId.set(document.id, document);
    if (externalId !== null) this.byExternalId.set(`${entity} ${externalId}`, document);
    if (origin !== null) this.byOrigin.set(`${entity} ${kind} ${origin}`, document);
    if (reference !== null) this.byReference.set(`${entity} ${kind} ${reference}`, document);
  }
}

/** A refund of a payment or an invoice opens nothing and closes nothing: the customer was paid back and owes what the ledger says. */
const opensLess = (by: DocumentKind, target: ErpDocument): boolean => by !== 'refund' || target.kind === 'credit-memo';

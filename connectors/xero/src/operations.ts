import {
  inDoubt,
  isConnectorFailure,
  isJsonObject,
  money,
  rejected,
  type ConnectorContext,
  type ConnectorFailure,
  type ExactJson,
  type JsonObject,
  type Operation,
  type Receipt,
  type SendRequest,
} from '@waybill/sdk';
import { get, write } from './api.js';
import { candidates, creditNoteId, findOurs, idIn, invoiceId, invoicesOf, receiptOf, type Posted } from './books.js';
import { allocationsOf, contactBody, creditNoteOf, invoiceOf, isOurs, journalOf, listOf, paymentOf, refundOf } from './documents.js';
import { creditNoteInput, customerInput, invoiceInput, journalEntryInput, paymentInput } from './schemas.js';

const posting = {
  kind: 'financial-posting',
  writes: 'once',
  /** Xero remembers a key for about six minutes [third parties]; later a lost answer is looked up. A replayed answer may be a refusal. */
  idempotency: { mode: 'idempotency-key', keyTtlMs: 360_000, replaysFailures: true },
  maxUpstreamSeconds: 60,
} as const;

const keyOf = ({ key, attempt }: SendRequest, step = ''): string => `${key}${step}${attempt > 1 ? `-${attempt}` : ''}`;
const aboutOf = ({ document }: SendRequest): string => {
  const who = document['contactNumber'] ?? document['contactId'];
  return typeof who === 'string' ? `contact ${who}` : `of ${String(document['date'])}`;
};

async function create(context: ConnectorContext, kind: Posted, request: SendRequest, body: ExactJson): Promise<JsonObject> {
  const found = request.attempt > 1 ? await findOurs(context, kind, request) : undefined;
  if (found) return found;
  const what = `post ${kind} ${String(request.document['number'] ?? request.key)}`;
  try {
    const made = await write(context, { method: 'PUT', kind, body, key: keyOf(request), what, about: aboutOf(request) });
    if (/^[0-9a-f-]{36}$/i.test(idIn(kind, made)) && !/^[0-]+$/.test(idIn(kind, made))) return made;
    throw inDoubt({ code: 'answer-without-id', message: `Xero was asked to ${what} and named no id.`, vendorWords: JSON.stringify(made) });
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.category === 'duplicate') return takenBy(context, kind, request, error);
    throw error;
  }
}

/** A number that is taken is ours when it carries our key, and somebody else's otherwise. */
async function takenBy(context: ConnectorContext, kind: Posted, request: SendRequest, refusal: ConnectorFailure): Promise<JsonObject> {
  const { number, total } = request.document;
  const there = await candidates(context, kind, request);
  const ours = there.find((row) => isOurs(row, request.key));
  if (ours) return ours;
  const other = there.find((row) => row['InvoiceNumber'] === number || row['CreditNoteNumber'] === number);
  const words = other ? ` There it is ${String(other['Total'])} ${String(other['CurrencyCode'])}; this one is ${String(total)}.` : '';
  throw rejected({
    ...refusal.facts,
    category: 'duplicate',
    message: `${refusal.message}${words}`,
    cause: `number ${String(number)} is taken`,
  });
}

function originalOf({ original, effect }: SendRequest): string {
  if (original?.documentId) return original.documentId;
  throw rejected({
    code: 'no-original',
    category: 'posting-rejection',
    message: `There is no posted document to ${effect}.`,
    cause: `${effect} without a posted document`,
    remedy: 'Post the original document first, then replay.',
  });
}

/** How each kind is taken back: payments are deleted, everything else is voided. */
const gone: Record<Posted, string> = { Invoices: 'VOIDED', CreditNotes: 'VOIDED', Payments: 'DELETED', ManualJournals: 'VOIDED' };

async function voidOf(context: ConnectorContext, kind: Posted, request: SendRequest): Promise<Receipt> {
  const id = originalOf(request);
  const there = await get(context, kind, id);
  if (there['Status'] === gone[kind]) return receiptOf(kind, there);
  const status = { Status: gone[kind] };
  const body: Record<Posted, ExactJson> = {
    Invoices: { Invoices: [{ InvoiceID: id, ...status }] },
    CreditNotes: { CreditNotes: [{ CreditNoteID: id, ...status }] },
    Payments: status,
    ManualJournals: { ManualJournals: [{ ManualJournalID: id, Narration: there['Narration'], ...status }] },
  };
  const voided = await write(context, {
    method: 'POST',
    kind,
    path: `/${kind}/${encodeURIComponent(id)}`,
    body: body[kind],
    key: keyOf(request),
    what: `take back ${kind} ${id}`,
    about: `${kind} ${id}`,
  });
  return receiptOf(kind, { ...there, ...voided });
}

async function find(context: ConnectorContext, kind: Posted, request: SendRequest): Promise<Receipt | null> {
  if (request.effect === 'void') {
    const there = await get(context, kind, originalOf(request));
    return there['Status'] === gone[kind] ? receiptOf(kind, there) : null;
  }
  const found = await findOurs(context, kind, request);
  return found ? receiptOf(kind, found) : null;
}

const operation = (kind: Posted, send: (context: ConnectorContext, request: SendRequest) => Promise<JsonObject>) => ({
  ...posting,
  send: async (context: ConnectorContext, request: SendRequest): Promise<Receipt> =>
    request.effect === 'void' ? voidOf(context, kind, request) : receiptOf(kind, await send(context, request)),
  find: (context: ConnectorContext, request: SendRequest) => find(context, kind, request),
});

const invoice = {
  ...operation('Invoices', (context, request) => create(context, 'Invoices', request, invoiceOf(request))),
  title: 'Invoice',
  summary: 'Posts an authorised sales invoice with billing’s tax, or voids it.',
  document: 'invoice',
  effects: ['create', 'void'],
  input: invoiceInput,
} satisfies Operation;

/** What of a credit note is applied: the sum of its allocations. */
function isApplied(note: JsonObject, wanted: readonly { amount: string }[]): boolean {
  const made = listOf(note['Allocations']).filter(isJsonObject).map(({ Amount }) => String(Amount)); // prettier-ignore
  return made.length > 0 && money.compare(money.sum(made), money.sum(wanted.map(({ amount }) => amount))) >= 0;
}

/** Two steps where it is applied: the note, then its allocations, all in one request. A note that is there already is gone on from. */
async function sendCreditNote(context: ConnectorContext, request: SendRequest): Promise<JsonObject> {
  if (listOf(request.document['appliesTo']).length === 0) return create(context, 'CreditNotes', request, creditNoteOf(request));
  // Looked up before anything is written: an invoice that is not there leaves no note that nobody applied.
  const invoices = await invoicesOf(context, request.document);
  const note = (await findOurs(context, 'CreditNotes', request)) ?? (await create(context, 'CreditNotes', request, creditNoteOf(request)));
  const id = idIn('CreditNotes', note);
  const now = await get(context, 'CreditNotes', id);
  if (!isApplied(now, invoices))
    await write(context, {
      method: 'PUT',
      kind: 'Allocations',
      path: `/CreditNotes/${encodeURIComponent(id)}/Allocations`,
      body: allocationsOf(request, invoices),
      key: keyOf(request, '-apply'),
      what: `apply the credit note ${String(request.document['number'])}`,
      about: aboutOf(request),
    });
  return now;
}

async function findCreditNote(context: ConnectorContext, request: SendRequest): Promise<Receipt | null> {
  if (request.effect === 'void') return find(context, 'CreditNotes', request);
  const note = await findOurs(context, 'CreditNotes', request);
  if (!note) return null;
  const wanted = listOf(request.document['appliesTo']).map(({ amount }) => ({ amount: String(amount) }));
  if (wanted.length > 0 && !isApplied(await get(context, 'CreditNotes', idIn('CreditNotes', note)), wanted)) return null;
  return receiptOf('CreditNotes', note);
}

const creditMemo = {
  ...operation('CreditNotes', sendCreditNote),
  find: findCreditNote,
  title: 'Credit note',
  summary: 'Posts an authorised credit note and allocates it to invoices where it says which, or voids it.',
  document: 'credit-memo',
  effects: ['create', 'void'],
  input: creditNoteInput,
} satisfies Operation;

async function sendPayment(context: ConnectorContext, request: SendRequest): Promise<JsonObject> {
  const { invoice } = request.document;
  if (typeof invoice === 'string') return create(context, 'Payments', request, paymentOf(request, await invoiceId(context, invoice)));
  throw rejected({
    code: 'payment-without-invoice',
    category: 'master-data',
    message: 'The payment names no invoice, and a payment of Xero pays one.',
    path: '/invoice',
    cause: 'payment without an invoice',
    remedy: 'Name the invoice in the mapping, then replay; or enter the payment in Xero as a prepayment and resolve this.',
  });
}

/** Looked for before its credit note is chosen: a refund whose answer was lost has left nothing on the note to choose it by. */
async function sendRefund(context: ConnectorContext, request: SendRequest): Promise<JsonObject> {
  const there = await findOurs(context, 'Payments', request);
  return there ?? create(context, 'Payments', request, refundOf(request, await creditNoteId(context, request.document)));
}

const payment = {
  ...operation('Payments', (context, request) =>
    request.effect === 'refund' ? sendRefund(context, request) : sendPayment(context, request),
  ),
  title: 'Payment',
  summary: 'Money received for one invoice; as refund, money returned, which pays a credit note; a void deletes either.',
  document: 'payment',
  effects: ['create', 'refund', 'void'],
  input: paymentInput,
} satisfies Operation;

const journalEntry = {
  ...operation('ManualJournals', (context, request) => create(context, 'ManualJournals', request, journalOf(request))),
  title: 'Manual journal',
  summary: 'Posts balanced lines to the general ledger, or voids them.',
  document: 'journal-entry',
  effects: ['create', 'void'],
  input: journalEntryInput,
} satisfies Operation;

const customer = {
  title: 'Contact',
  summary: 'Makes a contact or writes over it, by its contact number. An archived one stays archived.',
  kind: 'operational',
  document: 'customer',
  effects: ['create'],
  input: customerInput,
  writes: 'upsert',
  idempotency: { mode: 'unique-external-id' },
  maxUpstreamSeconds: 60,
  async send(context: ConnectorContext, request: SendRequest) {
    const { number } = request.document;
    // POST writes over the contact with this number, so a repeat is the same contact. A key of its own each time: a newer version must not get an old answer.
    const made = await write(context, {
      method: 'POST',
      kind: 'Contacts',
      body: contactBody(request),
      key: `${request.key}-${request.attempt}-${context.now().getTime().toString(36)}`,
      what: `write the contact ${String(number)}`,
      about: `contact ${String(number)}`,
    });
    return {
      documentId: String(made['ContactID']),
      documentNumber: String(made['ContactNumber'] ?? number),
      details: { status: made['ContactStatus'] ?? null },
    };
  },
} satisfies Operation;

export const operations = { customer, invoice, 'credit-memo': creditMemo, payment, 'journal-entry': journalEntry };

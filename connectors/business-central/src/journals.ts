import {
  inDoubt, isConnectorFailure, isTransportFailure, money, rejected,
  type ConnectorContext, type JsonObject, type Receipt, type SendRequest,
} from '@waybill/sdk'; // prettier-ignore
import { act, create, etagOf, list, readOne, remove } from './api.js';
import { documentNumberOf, externalNumberOf, journalCodeOf, literal } from './keys.js';
import { exact, type ExactObject } from './wire.js';

/** One side of an entry; a positive amount is a debit. */
export interface Entry {
  customer?: string;
  account?: string;
  amount: string;
  description: string;
  comment?: string;
}

export interface JournalPosting {
  entries: readonly Entry[];
  date: string;
  currency: string;
  /** Finishes the sentence "Business Central refused to …". */
  what: string;
  about: string;
}

const debitOf = (entries: readonly Entry[]): string => money.sum(entries.map(({ amount }) => (money.isNegative(amount) ? '0' : amount)));

/** The ledger entries under our document number; they are there from the moment of posting. */
async function ledgerEntries(context: ConnectorContext, key: string): Promise<JsonObject[]> {
  const filter = `documentNumber eq ${literal(documentNumberOf(key))}`;
  return list(context, 'generalLedgerEntries', { filter, top: 2100 }, 'look ledger entries up by our document number');
}

function receiptOf(context: ConnectorContext, key: string, rows: readonly JsonObject[], currency: string): Receipt {
  const amounts = rows.map((row) => row['debitAmount']).filter((value): value is string => money.isDecimal(value));
  const number = documentNumberOf(key);
  return {
    documentId: `${String(context.settings['companyId'])}/${number}`,
    documentNumber: number,
    totals: { currency, total: money.sum(amounts) },
    details: { entries: rows.map((row) => row['entryNumber'] ?? null), postingDate: rows[0]?.['postingDate'] ?? null, state: 'posted' },
  };
}

/**
 * A journal of one document, made and posted. What is in the ledger is taken; a journal that an earlier attempt left is posted when
 * it holds the same lines, and taken away when it does not.
 */
export async function postJournal(context: ConnectorContext, request: SendRequest, posting: JournalPosting): Promise<Receipt> {
  const { key } = request;
  const there = await ledgerEntries(context, key);
  if (there.length > 0) return takeThere(context, key, there, posting);
  const journal = (await sameJournal(context, key, posting)) ?? (await makeJournal(context, key, posting));
  const path = `journals(${String(journal['id'])})`;
  try {
    await act(context, `${path}/Microsoft.NAV.post`, posting);
  } catch (error) {
    if (isConnectorFailure(error) && error.facts.recovery === 'rejected') await removeJournal(context, path);
    throw error;
  }
  const rows = await readBack(() => ledgerEntries(context, key));
  // Business Central leaves the journal empty behind; that it stays costs nothing, and the next posting of this key finds the ledger first
  await removeJournal(context, path).catch(() => undefined);
  return receiptOf(context, key, rows, posting.currency);
}

function takeThere(context: ConnectorContext, key: string, rows: readonly JsonObject[], posting: JournalPosting): Receipt {
  const receipt = receiptOf(context, key, rows, posting.currency);
  const [theirs, ours] = [receipt.totals!.total, debitOf(posting.entries)];
  if (money.equals(theirs, ours)) return receipt;
  throw rejected({
    code: 'posted-differs',
    category: 'duplicate',
    message: `The ledger holds ${theirs} ${posting.currency} under our document number ${receipt.documentNumber ?? ''}, here it is ${ours}.`,
    cause: `ledger entries ${receipt.documentNumber ?? ''} in the way`,
    remedy: 'Compare the two; reverse the wrong one in Business Central, then replay, or resolve this.',
  });
}

function bodyOf(entry: Entry, key: string, date: string): ExactObject {
  const to =
    entry.customer === undefined
      ? { accountType: 'G_x002F_L_x0020_Account', accountNumber: entry.account ?? '' }
      : { accountType: 'Customer', accountNumber: entry.customer };
  return {
    ...to,
    postingDate: date,
    documentNumber: documentNumberOf(key),
    externalDocumentNumber: externalNumberOf(key),
    amount: exact(entry.amount),
    description: [...entry.description].slice(0, 100).join(''),
    ...(entry.comment === undefined ? {} : { comment: [...entry.comment].slice(0, 250).join('') }),
  };
}

/** The journal that an earlier attempt of this posting left, if it holds exactly its lines; anything else of ours under its code is taken away. */
async function sameJournal(context: ConnectorContext, key: string, posting: JournalPosting): Promise<JsonObject | undefined> {
  const [journal] = await list(context, 'journals', { filter: `code eq ${literal(journalCodeOf(key))}`, top: 1 }, 'look a left journal up');
  if (!journal) return undefined;
  const path = `journals(${String(journal['id'])})`;
  const lines = await list(context, `${path}/journalLines`, { top: posting.entries.length + 1 }, 'read a left journal');
  const foreign = lines.find((line) => String(line['externalDocumentNumber']).toUpperCase() !== externalNumberOf(key));
  if (foreign)
    throw rejected({
      code: 'journal-code-taken',
      category: 'duplicate',
      message: `The journal ${journalCodeOf(key)} of Business Central holds lines that are not ours.`,
      cause: `journal ${journalCodeOf(key)} in the way`,
      remedy: 'Post or empty that journal in Business Central, then replay.',
    });
  if (
    lines.length === posting.entries.length &&
    posting.entries.every((entry) => lines.some((line) => sameLine(line, entry, posting.date)))
  )
    return journal;
  await removeJournal(context, path);
  return undefined;
}

const sameLine = (line: JsonObject, entry: Entry, date: string): boolean =>
  line['accountNumber'] === (entry.customer ?? entry.account) &&
  line['postingDate'] === date &&
  money.isDecimal(line['amount']) &&
  money.equals(line['amount'], entry.amount);

async function makeJournal(context: ConnectorContext, key: string, posting: JournalPosting): Promise<JsonObject> {
  const body: ExactObject = {
    code: journalCodeOf(key),
    displayName: `Waybill ${externalNumberOf(key)}`,
    journalLines: posting.entries.map((entry) => bodyOf(entry, key, posting.date)),
  };
  return create(context, 'journals', body, { what: `make a journal to ${posting.what}`, about: posting.about });
}

async function removeJournal(context: ConnectorContext, path: string): Promise<void> {
  const current = await readOne(context, path, 'read a left journal');
  if (current) await remove(context, path, { etag: etagOf(current), what: 'take a left journal away' });
}

/** It is in the ledger by now: whatever goes wrong with the reading is in doubt, and is looked up. */
async function readBack(read: () => Promise<JsonObject[]>): Promise<JsonObject[]> {
  let rows: JsonObject[];
  try {
    rows = await read();
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    throw inDoubt({
      code: 'read-back-failed',
      message: `Posted, but reading it back failed: ${error.message}`,
      remedy: 'It is looked up.',
    });
  }
  if (rows.length > 0) return rows;
  throw inDoubt({
    code: 'no-entries',
    message: 'Business Central took the call, and its ledger has no entry under our document number.',
    remedy: 'It is looked up. See that the journal template gives no document numbers of its own (Posting No. Series).',
  });
}

export async function findJournal(context: ConnectorContext, request: SendRequest, currency: string): Promise<Receipt | null> {
  const rows = await ledgerEntries(context, request.key);
  return rows.length === 0 ? null : receiptOf(context, request.key, rows, currency);
}

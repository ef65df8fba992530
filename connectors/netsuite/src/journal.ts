import { money, rejected, type JsonObject } from '@waybill/sdk';
import type { Reference, References } from './references.js';
import { segmentReferences, segments, type Segments } from './sale.js';
import { setting } from './settings.js';
import { exact, type ExactObject } from './wire.js';

type Entry = Record<'account' | 'debit' | 'credit', string> & { description?: string; customer?: string } & Segments;
const entriesOf = (document: JsonObject): Entry[] => document['lines'] as unknown as Entry[];

/** All that an entry names; refuses one whose sides differ before anything is asked of NetSuite. */
export function journalReferences(document: JsonObject): Reference[] {
  const entries = entriesOf(document);
  const [debit, credit] = [money.sum(entries.map((one) => one.debit)), money.sum(entries.map((one) => one.credit))];
  if (!money.equals(debit, credit))
    throw rejected({
      code: 'journal-unbalanced',
      category: 'transformation',
      message: `Debits of ${debit} and credits of ${credit} differ.`,
      path: '/lines',
      cause: 'journal is not balanced',
      remedy: 'Correct the mapping.',
    });
  return [
    { kind: 'currency', code: String(document['currency']), path: '/currency' },
    ...entries.flatMap((one, at): Reference[] => [
      { kind: 'account', code: one.account, path: `/lines/${at}/account` },
      ...(one.customer === undefined ? [] : [{ kind: 'customer' as const, code: one.customer, path: `/lines/${at}/customer` }]),
      ...segmentReferences(one, `/lines/${at}`),
    ]),
  ];
}

/** Which head an entry of a subsidiary has. */
export function journalHead(ids: References, of: { date: string; currency: unknown; memo: string; settings: JsonObject }): ExactObject {
  const subsidiary = setting(of.settings, 'subsidiaryId');
  return {
    ...(subsidiary === undefined ? {} : { subsidiary: { id: subsidiary } }),
    currency: { id: ids.id('currency', of.currency) },
    tranDate: of.date,
    ...(ids.period === undefined ? {} : { postingPeriod: { id: ids.period } }),
    memo: of.memo,
  };
}

export function journalBody(document: JsonObject, ids: References, settings: JsonObject): ExactObject {
  const side = (name: 'debit' | 'credit', amount: string): ExactObject => (money.isZero(amount) ? {} : { [name]: exact(amount) });
  const head = { date: String(document['postingDate']), currency: document['currency'], memo: String(document['description']), settings };
  return {
    ...journalHead(ids, head),
    line: {
      items: entriesOf(document).map((one) => ({
        account: { id: ids.id('account', one.account) },
        ...side('debit', one.debit),
        ...side('credit', one.credit),
        ...(one.description === undefined ? {} : { memo: one.description }),
        ...(one.customer === undefined ? {} : { entity: { id: ids.id('customer', one.customer) } }),
        ...segments(one, ids),
      })),
    },
  };
}

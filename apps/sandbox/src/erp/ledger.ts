import { money } from '@waybill/sdk';
import type { ErpDocument, LedgerLine, LedgerPart } from './document.js';
import { receivables, taxCodeOf, type MasterData } from './master-data.js';

type Posting = {
  account: string;
  /** Debit positive, credit negative. */ amount: string;
  description: string;
  part: LedgerPart;
  customer?: string | null;
};

/** The general-ledger lines of a document. Debits equal credits by construction; a test asserts it for each kind. */
export function ledgerLines(data: MasterData, document: ErpDocument): LedgerLine[] {
  return postings(data, document)
    .filter((posting) => !money.isZero(posting.amount))
    .map(({ account, amount, description, part, customer }) => {
      const zero = money.subtract(amount, amount);
      const negative = money.isNegative(amount);
      return {
        document: document.id,
        number: document.number,
        entity: document.entity,
        postingDate: document.postingDate,
        account,
        currency: document.currency,
        debit: negative ? zero : amount,
        credit: negative ? money.negate(amount) : zero,
        customer: customer ?? null,
        description,
        part,
      };
    });
}

function postings(data: MasterData, document: ErpDocument): Posting[] {
  const { kind, entity, customer, total } = document;
  const receivable = (amount: string): Posting => ({
    account: receivables,
    amount,
    description: document.reference ?? document.number,
    part: 'receivable',
    customer,
  });
  const lines = (sign: 1 | -1): Posting[] =>
    document.lines.map((line) => ({
      account: line.account,
      amount: sign === 1 ? line.amount : money.negate(line.amount),
      description: line.description,
      part: 'line',
    }));
  const taxes = (sign: 1 | -1): Posting[] =>
    document.taxLines.map((tax) => ({
      account: taxCodeOf(data, entity, tax.taxCode, 'taxLines').account,
      amount: sign === 1 ? tax.amount : money.negate(tax.amount),
      description: tax.taxCode,
      part: 'tax',
    }));
  switch (kind) {
    case 'invoice':
      return [receivable(total), ...lines(-1), ...taxes(-1)];
    case 'credit-memo':
      return [...lines(1), ...taxes(1), receivable(money.negate(total))];
    case 'payment':
    case 'write-off':
      return [...lines(1), receivable(money.negate(total))];
    case 'refund':
      return [receivable(total), ...lines(-1)];
    case 'journal-entry':
      return lines(1);
    case 'void':
      return []; // a void's lines are its document's, turned round
  }
}

/** The same lines with the sides swapped, for a void. */
export function reversed(lines: readonly LedgerLine[], by: ErpDocument): LedgerLine[] {
  return lines.map((line) => ({
    ...line,
    document: by.id,
    number: by.number,
    postingDate: by.postingDate,
    debit: line.credit,
    credit: line.debit,
  }));
}

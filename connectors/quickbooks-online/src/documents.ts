import { amountOf, money, type ExactJson, type JsonObject, type SendRequest } from '@waybill/sdk';

/** What QuickBooks is sent, in the shapes of its API reference; numbers with every digit they have. */

const ref = (id: unknown): ExactJson => (typeof id === 'string' ? { value: id } : undefined);
const number = (text: unknown): ExactJson => (typeof text === 'string' ? amountOf(text) : undefined);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);

/** The line of the private note by which a document is known as ours. QuickBooks has no field that is unique and longer than 21 characters. */
export const noteLine = (key: string): string => `Waybill ${key}`;
/** A voided one too, whose note begins with "Voided". */
export const isOurs = (found: JsonObject, key: string): boolean =>
  String(found['PrivateNote'] ?? '')
    .split('\n')
    .some((line) => line.trimEnd().endsWith(noteLine(key)));

function headOf({ document, key }: Pick<SendRequest, 'document' | 'key'>): Record<string, ExactJson> {
  const memo = textOf(document['memo']);
  return {
    TxnDate: document['date'],
    CurrencyRef: ref(document['currency']),
    ExchangeRate: number(document['exchangeRate']),
    DepartmentRef: ref(document['department']),
    PrivateNote: memo === undefined ? noteLine(key) : `${memo}\n${noteLine(key)}`,
  };
}

/** An invoice or a credit memo. */
export function saleOf(request: Pick<SendRequest, 'document' | 'key'>): ExactJson {
  const { document } = request;
  const email = textOf(document['email']);
  return {
    ...headOf(request),
    DocNumber: document['number'],
    DueDate: document['dueDate'],
    CustomerRef: ref(document['customer']),
    BillEmail: email === undefined ? undefined : { Address: email },
    GlobalTaxCalculation: document['taxCalculation'],
    Line: listOf(document['lines']).map(saleLine),
    TxnTaxDetail: taxOf(document),
  };
}

/** Quantity and price go along only where their product is the amount to the last digit: QuickBooks refuses others (6070), and the amount counts. */
function saleLine(line: JsonObject): ExactJson {
  const [amount, quantity, price] = [textOf(line['amount'])!, textOf(line['quantity']), textOf(line['unitPrice'])];
  const told = quantity !== undefined && price !== undefined && money.equals(money.multiply(quantity, price), amount);
  return {
    Amount: amountOf(amount),
    Description: line['description'],
    DetailType: 'SalesItemLineDetail',
    SalesItemLineDetail: {
      ItemRef: ref(line['item']),
      Qty: told ? number(quantity) : undefined,
      UnitPrice: told ? number(price) : undefined,
      TaxCodeRef: ref(line['taxCode']),
      ClassRef: ref(line['class']),
      ServiceDate: line['serviceDate'],
    },
  };
}

/** Billing's tax overrides what QuickBooks would calculate. A difference in the books is seen in the receipt's totals, and stops the message. */
function taxOf(document: JsonObject): ExactJson {
  const tax = textOf(document['tax']);
  if (tax === undefined && document['taxCode'] === undefined) return undefined;
  const lines = listOf(document['taxLines']).map((line): ExactJson => ({
    Amount: number(line['amount']),
    DetailType: 'TaxLineDetail',
    TaxLineDetail: {
      TaxRateRef: ref(line['rate']),
      PercentBased: line['percent'] === undefined ? undefined : true,
      TaxPercent: number(line['percent']),
      NetAmountTaxable: number(line['base']),
    },
  }));
  return {
    TxnTaxCodeRef: ref(document['taxCode']),
    TotalTax: number(tax),
    TaxLine: lines.length === 0 ? undefined : lines,
  };
}

export interface Applied {
  /** Id of a transaction in QuickBooks. */
  id: string;
  kind: 'Invoice' | 'CreditMemo';
  amount: string;
}

const appliedLine = ({ id, kind, amount }: Applied): ExactJson => ({ Amount: amountOf(amount), LinkedTxn: [{ TxnId: id, TxnType: kind }] });

export function paymentOf(request: Pick<SendRequest, 'document' | 'key'>, applied: readonly Applied[]): ExactJson {
  const { document } = request;
  return {
    ...headOf(request),
    CustomerRef: ref(document['customer']),
    TotalAmt: number(document['amount']),
    PaymentRefNum: document['reference'],
    DepositToAccountRef: ref(document['depositTo']),
    PaymentMethodRef: ref(document['method']),
    Line: applied.length === 0 ? undefined : applied.map(appliedLine),
  };
}

/** Money back: an expense whose payee is the customer and whose one line is on receivables, so that no sale and no tax is taken back a second time. */
export function refundOf(request: Pick<SendRequest, 'document' | 'key'>, receivable: string): ExactJson {
  const { document } = request;
  return {
    ...headOf(request),
    PaymentType: 'Cash',
    AccountRef: ref(document['depositTo']),
    PaymentMethodRef: ref(document['method']),
    EntityRef: { value: document['customer'], type: 'Customer' },
    Line: [
      {
        Amount: number(document['amount']),
        DetailType: 'AccountBasedExpenseLineDetail',
        AccountBasedExpenseLineDetail: { AccountRef: ref(receivable) },
      },
    ],
  };
}

/** A payment of nothing that joins a credit memo to invoices: how QuickBooks applies a credit. */
export function applicationOf(request: Pick<SendRequest, 'document' | 'key'>, memoId: string, invoices: readonly Applied[]): ExactJson {
  const { document, key } = request;
  const { currency, date, exchangeRate } = document;
  const whole = money.sum(invoices.map(({ amount }) => amount));
  return {
    ...headOf({ document: { currency, date, exchangeRate }, key }),
    CustomerRef: ref(document['customer']),
    TotalAmt: amountOf('0'),
    Line: [...invoices, { id: memoId, kind: 'CreditMemo' as const, amount: whole }].map(appliedLine),
  };
}

/** `reversed`: debits become credits; how a journal entry is taken back, for QuickBooks cannot void one. */
export function journalEntryOf(request: Pick<SendRequest, 'document' | 'key'>, reversed: boolean): ExactJson {
  const { document } = request;
  const lines = listOf(document['lines']).flatMap((line): ExactJson[] => {
    const debit = textOf(line['debit']);
    const credit = textOf(line['credit']);
    const onDebit = debit !== undefined && !money.isZero(debit);
    const amount = onDebit ? debit : credit;
    if (amount === undefined || money.isZero(amount)) return [];
    return [
      {
        Amount: amountOf(amount),
        Description: line['description'],
        DetailType: 'JournalEntryLineDetail',
        JournalEntryLineDetail: {
          PostingType: onDebit !== reversed ? 'Debit' : 'Credit',
          AccountRef: ref(line['account']),
          ClassRef: ref(line['class']),
          Entity: line['customer'] === undefined ? undefined : { Type: 'Customer', EntityRef: ref(line['customer']) },
        },
      },
    ];
  });
  return { ...headOf(request), DocNumber: reversed ? undefined : document['number'], Line: lines };
}

export function customerOf(document: JsonObject): Record<string, ExactJson> {
  const address = document['address'] as JsonObject | undefined;
  return {
    DisplayName: document['displayName'],
    CompanyName: document['companyName'],
    GivenName: document['givenName'],
    FamilyName: document['familyName'],
    PrimaryEmailAddr: document['email'] === undefined ? undefined : { Address: document['email'] },
    PrimaryPhone: document['phone'] === undefined ? undefined : { FreeFormNumber: document['phone'] },
    Taxable: document['taxable'],
    BillAddr: address && {
      Line1: address['line1'],
      Line2: address['line2'],
      City: address['city'],
      CountrySubDivisionCode: address['region'],
      PostalCode: address['postalCode'],
      Country: address['country'],
    },
  };
}

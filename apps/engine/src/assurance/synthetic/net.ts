import { money, type BookedDocument } from '@waybill/sdk';

/** What is left of a run in the books of one connection. Sales are invoices less credit memos, money is payments less refunds: the two may not make up for each other. */
export interface Net {
  connection: string;
  currency: string;
  sales: string;
  money: string;
  documents: number;
}

export type Read = Pick<BookedDocument, 'id' | 'number' | 'key' | 'type' | 'currency' | 'total' | 'state'>;

/** A posting as the engine knows it. */
export interface Posted {
  key: string;
  effect: string;
  state: string;
  documentId: string | null;
  documentNumber: string | null;
}

/** Pure: what a run comes to in the books, and what they do not show although the engine has posted it. */
export function netOf(connection: string, currency: string, { read, posted }: { read: readonly Read[]; posted: readonly Posted[] }): { nets: Net[]; missing: string[] } {
  const keys = new Set(posted.map(({ key }) => key));
  const ids = new Set(posted.flatMap(({ documentId, effect }) => (documentId === null || effect === 'void' ? [] : [documentId])));
  const own = read.filter(({ key, id }) => (key !== null && keys.has(key)) || ids.has(id));
  const currencies = [...new Set([currency, ...own.map((one) => one.currency)])];
  const nets = currencies.map((of): Net => {
    const here = own.filter((one) => one.currency === of);
    const sum = (plus: string, minus: string) => {
      const live = (type: string) => here.filter((one) => one.type === type && one.state === 'posted').map(({ total }) => total);
      return money.subtract(money.sum(['0', ...live(plus)]), money.sum(['0', ...live(minus)]));
    };
    return { connection, currency: of, sales: sum('invoice', 'credit-memo'), money: sum('payment', 'refund'), documents: here.length };
  });
  // A void leaves no document of a customer's own.
  const missing = posted
    .filter(({ state, effect }) => state === 'posted' && (effect === 'create' || effect === 'refund'))
    .filter(({ key, documentId }) => !own.some((one) => one.key === key || one.id === documentId))
    .map(({ documentNumber, documentId, key }) => documentNumber ?? documentId ?? key);
  return { nets, missing };
} // prettier-ignore

export const isZero = ({ sales, money: moved }: Net): boolean => money.isZero(sales) && money.isZero(moved);

/** One sentence for what is left. */
export const leftWords = ({ connection, currency, sales, money: moved }: Net): string =>
  `${connection} still shows ${[...(money.isZero(sales) ? [] : [`${sales} ${currency} of sales`]), ...(money.isZero(moved) ? [] : [`${moved} ${currency} of money`])].join(' and ')}`;

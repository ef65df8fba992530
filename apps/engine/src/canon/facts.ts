import { money, type JsonObject } from '@waybill/sdk';
import { isDay } from '../platform/days/index.js';

/** What lists show of a document, whichever type it is. */
export interface DocumentFacts {
  title: string | null;
  customer: string | null;
  legalEntity: string | null;
  amount: string | null;
  currency: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 300) : null);

export function documentFacts(content: JsonObject): DocumentFacts {
  const customer = content['customer'];
  const named =
    typeof customer === 'object' && customer !== null && !Array.isArray(customer)
      ? (text(customer['name']) ?? text(customer['number']) ?? text(customer['sourceId']))
      : text(customer);
  const amount = content['total'] ?? content['amount'];
  const known = money.isDecimal(amount) && text(content['currency']) !== null;
  return {
    title: text(content['number']) ?? text(content['name']) ?? text(content['reference']) ?? text(content['externalNumber']),
    customer: named,
    legalEntity: text(content['legalEntity']) ?? text(content['entity']),
    amount: known ? amount : null,
    currency: known ? text(content['currency']) : null,
  };
}

/** What the books must say of a document, whichever type it is; kept beside the newest version, so that a control need not open each. */
export interface BookFacts {
  legalEntity: string | null;
  /** The day that the document itself is booked on; a void or a write-off of it has a day of its own. */
  postingDate: string | null;
  total: string | null;
  tax: string | null;
  currency: string | null;
  status: string | null;
  /** `payment` or `refund`; null for what is always the same thing. */
  kind: string | null;
}

export function bookFacts(content: JsonObject): BookFacts {
  const { amount, currency, legalEntity } = documentFacts(content);
  const date = content['postingDate'];
  const tax = content['taxTotal'];
  return {
    legalEntity,
    postingDate: typeof date === 'string' && isDay(date) ? date : null,
    total: amount,
    tax: money.isDecimal(tax) ? tax : null,
    currency,
    status: text(content['status']),
    kind: text(content['kind']),
  };
}

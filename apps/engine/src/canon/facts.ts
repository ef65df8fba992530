import { money, type JsonObject } from '@waybill/sdk';

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

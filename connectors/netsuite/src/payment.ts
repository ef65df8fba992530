import { misconfigured, type JsonObject } from '@waybill/sdk';
import { journalHead } from './journal.js';
import type { Reference, References } from './references.js';
import { setting } from './settings.js';
import { exact, type ExactObject } from './wire.js';

const heads = (document: JsonObject): Reference[] => [
  { kind: 'customer', code: String(document['customer']), path: '/customer' },
  { kind: 'currency', code: String(document['currency']), path: '/currency' },
  { kind: 'account', code: String(document['clearingAccount']), path: '/clearingAccount' },
];

export function paymentReferences(document: JsonObject): Reference[] {
  const invoice = document['invoice'];
  return [...heads(document), ...(typeof invoice === 'string' ? [{ kind: 'invoice' as const, code: invoice, path: '/invoice' }] : [])];
}

/** Money received, to the clearing account and not to undeposited funds, applied to its invoice and to nothing else. */
export function paymentBody(document: JsonObject, ids: References, settings: JsonObject): ExactObject {
  const subsidiary = setting(settings, 'subsidiaryId');
  const amount = exact(String(document['amount']));
  const invoice = document['invoice'];
  return {
    customer: { id: ids.id('customer', document['customer']) },
    ...(subsidiary === undefined ? {} : { subsidiary: { id: subsidiary } }),
    currency: { id: ids.id('currency', document['currency']) },
    tranDate: String(document['date']),
    ...(ids.period === undefined ? {} : { postingPeriod: { id: ids.period } }),
    payment: amount,
    undepFunds: false,
    account: { id: ids.id('account', document['clearingAccount']) },
    ...(document['reference'] === undefined ? {} : { memo: String(document['reference']) }),
    autoApply: false,
    ...(typeof invoice === 'string' ? { apply: { items: [{ doc: { id: ids.id('invoice', invoice) }, apply: true, amount }] } } : {}),
  };
}

function receivable(settings: JsonObject): string {
  const account = setting(settings, 'receivableAccount');
  if (account !== undefined) return account;
  throw misconfigured({
    code: 'no-receivable-account',
    message: 'The connection names no receivables account, and a refund is posted against it.',
    remedy: 'Enter the number of the receivables account in the connection, then replay.',
  });
}

export const refundReferences = (document: JsonObject, settings: JsonObject): Reference[] => [
  ...heads(document),
  { kind: 'account', code: receivable(settings), path: '/receivableAccount' },
];

/** Money returned: the customer owes it again until a credit memo covers it, and the clearing account has paid it. */
export function refundBody(document: JsonObject, ids: References, settings: JsonObject): ExactObject {
  const amount = exact(String(document['amount']));
  const customer = ids.id('customer', document['customer']);
  const memo = `Refund ${String(document['reference'] ?? document['invoice'] ?? '')}`.trim();
  return {
    ...journalHead(ids, { date: String(document['date']), currency: document['currency'], memo, settings }),
    line: {
      items: [
        { account: { id: ids.id('account', receivable(settings)) }, debit: amount, entity: { id: customer }, memo },
        { account: { id: ids.id('account', document['clearingAccount']) }, credit: amount, memo },
      ],
    },
  };
}

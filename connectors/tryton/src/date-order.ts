import { isConnectorFailure, type ConnectorContext } from '@waybill/sdk';
import type { Company } from './master-data.js';
import { nested, search } from './rpc.js';

/**
 * Tryton numbers invoices in the order of their accounting dates. One that comes late is posted on the last date used, if that
 * lies in the same month; the date on the document stays. In another month it is refused: that would move revenue.
 */
export async function inDateOrder(
  context: ConnectorContext,
  company: Company,
  of: { day: string; post: (day: string) => Promise<unknown> },
): Promise<void> {
  try {
    await of.post(of.day);
  } catch (error) {
    if (!isConnectorFailure(error) || error.facts.code !== 'number-out-of-order') throw error;
    const last = await lastDateUsed(context, company, error.facts.vendorWords ?? '');
    if (last === undefined || last.slice(0, 7) !== of.day.slice(0, 7)) throw error;
    await of.post(last);
  }
}

/** The refusal names a younger invoice; the last number of that one's sequence has the last date. */
async function lastDateUsed(context: ConnectorContext, company: Company, words: string): Promise<string | undefined> {
  const number = /used for invoice "([^"[ ]+)/.exec(words)?.[1];
  if (number === undefined) return undefined;
  const model = 'account.invoice';
  const [named] = await search(context, {
    model,
    domain: [
      ['company', '=', company.id],
      ['number', '=', number],
    ],
    fields: ['sequence'],
    company: company.id,
  });
  if (!named) return undefined;
  const [last] = await search(context, {
    model,
    domain: [
      ['company', '=', company.id],
      ['sequence', '=', named['sequence'] ?? null],
    ],
    fields: ['move.date'],
    order: [['number', 'DESC']],
    limit: 1,
    company: company.id,
  });
  const date = last && nested(last, 'move')['date'];
  return typeof date === 'string' ? date : undefined;
}

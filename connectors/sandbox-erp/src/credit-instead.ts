import type { ConnectorContext, ConnectorFailure, Receipt, SendRequest } from '@waybill/sdk';
import { entityOf, rows } from './erp-client.js';
import { originalOf, post } from './posting.js';

/**
 * Takes an invoice back that can no longer be voided because its month is closed: a credit memo over the whole of it, applied to it, in
 * the first month after it that is open. It carries the void's own external id, so a repeat finds it.
 * Without an open month the refusal stands.
 */
export async function creditInstead(context: ConnectorContext, request: SendRequest, refusal: ConnectorFailure): Promise<Receipt> {
  const { document } = request;
  const posted = String(request.original?.details?.['postingDate'] ?? document['postingDate']);
  const month = await firstOpenMonth(context, posted.slice(0, 7));
  if (month === undefined) throw refusal;
  const { dueDate: _, writeOffAccount: __, writtenOff: ___, ...sale } = document;
  const reference = document['reference'];
  return post(context, '/credit-memos', request, {
    ...sale,
    origin: `${String(document['origin'])}-void`,
    ...(typeof reference === 'string' ? { reference: `${reference}-VOID` } : {}),
    description: `Takes back ${request.original?.documentNumber ?? 'an invoice'}, whose month is closed`,
    documentDate: `${month}-01`,
    postingDate: `${month}-01`,
    appliesTo: [{ document: originalOf(request), amount: document['total'] ?? null }],
  });
}

async function firstOpenMonth(context: ConnectorContext, after: string): Promise<string | undefined> {
  const periods = await rows(context, '/periods', { entity: entityOf(context), limit: 200 });
  return periods
    .filter((period) => period['status'] === 'open' && String(period['month']) > after)
    .map((period) => String(period['month']))
    .sort()[0];
}

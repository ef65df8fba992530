import type { ConnectorContext, Receipt, SendRequest } from '@waybill/sdk';
import { post } from './posting.js';
import { resolve } from './references.js';
import { assertSums, saleBody, saleReferences } from './sale.js';
import type { ExactObject } from './wire.js';

/** Posts an invoice or credit memo with its lines and the biller's tax; `more` stands over what the document gives. */
export async function postSale(
  context: ConnectorContext,
  request: SendRequest,
  kind: 'invoice' | 'creditMemo',
  more: ExactObject = {},
): Promise<Receipt> {
  const { document } = request;
  assertSums(document);
  const ids = await resolve(context, {
    references: saleReferences(document, context.settings),
    period: { date: String(document['postingDate']), receivable: true },
  });
  const { dueDate, ...body } = saleBody(document, ids, { externalId: request.key, settings: context.settings });
  return post(context, request, {
    kind,
    body: { ...body, ...(kind === 'invoice' && dueDate !== undefined ? { dueDate } : {}), ...more },
    what: `post the ${kind === 'invoice' ? 'invoice' : 'credit memo'} ${String(document['number'])}`,
    about: `customer ${String(document['customer'])}`,
    expected: {
      total: String(document['total']),
      currency: String(document['currency']),
      customerId: ids.id('customer', document['customer']),
    },
  });
}

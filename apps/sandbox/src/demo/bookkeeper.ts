import type { Billing } from '../billing/billing.js';
import { draftSale } from '../erp/draft.js';
import type { Books } from '../erp/books.js';
import { customers } from './company.js';

/** Someone enters the customer's next invoice by hand and swaps two digits: the same number, other money. */
export function bookByHand(billing: Billing, books: Books, id: string): void {
  const who = customers.find((customer) => customer.id === id);
  if (!who?.entity) return;
  const customer = billing.get('customers', id);
  const date = billing.clock.now().toISOString().slice(0, 10);
  const reference = `${customer.invoice_prefix}-${String(customer.next_invoice_sequence).padStart(4, '0')}`;
  const line = { description: 'Workshop', quantity: '1', amount: '1080.00', account: '4030', item: 'ONBOARDING' };
  const totals = { subtotal: '1080.00', tax: '0.00', total: '1080.00' };
  const document = {
    entity: who.entity,
    customer: who.number,
    currency: who.currency.toUpperCase(),
    documentDate: date,
    postingDate: date,
    reference,
    lines: [line],
    taxLines: [],
    ...totals,
  };
  books.post(draftSale(books.master, 'invoice', document));
}

import { money } from '@waybill/sdk';
import { createHmac } from 'node:crypto';

export const hookSecret = 'the-secret-of-the-bench-and-of-nothing-else';

/** An invoice of five lines, about 1.3 kB of JSON, as a billing platform would send it. */
export function invoice(id: string, sentAt: string): string {
  const lines = [1, 2, 3, 4, 5].map((n) => ({
    id: `${id}-${n}`,
    description: `Line ${n} of the invoice: usage in the period`,
    quantity: String(n * 3),
    unit: '12.35',
    amount: money.multiply(String(n * 3), '12.35'),
    account: `40${n}0`,
    taxCode: n % 2 === 0 ? 'DE-19' : 'DE-7',
    period: { from: '2026-10-01', to: '2026-10-31' },
  }));
  return JSON.stringify({ id, timestamp: sentAt, number: `B-${id}`, customer: 'C-1001', currency: 'EUR', issued: '2026-10-31', due: '2026-11-30', total: '555.75', lines });
} // prettier-ignore

export const signature = (body: string): string => createHmac('sha256', hookSecret).update(body).digest('hex');

export const mapping = `{
  "reference": number,
  "customer": customer,
  "date": issued,
  "due": due,
  "currency": currency,
  "total": $money.sum(lines.amount),
  "lines": lines.{
    "text": description,
    "quantity": quantity,
    "amount": $money.round(amount, $money.minorUnits($$.currency)),
    "account": account,
    "tax": taxCode
  }
}`;

/** The same document as a canonical invoice, for the run through the hub. */
export const mappingToHub = `{
  "legalEntity": "BENCH",
  "number": number,
  "customer": { "sourceId": customer },
  "documentDate": issued,
  "postingDate": issued,
  "dueDate": due,
  "currency": currency,
  "lines": lines.{ "id": id, "description": description, "quantity": quantity, "amount": $money.round(amount, 2) },
  "subtotal": $money.sum(lines.amount),
  "taxLines": [],
  "taxTotal": "0.00",
  "total": $money.sum(lines.amount),
  "status": "open"
}`;

import { money } from '@waybill/sdk';
import type { Customer, InvoiceLine, Tax, TaxRate } from './objects.js';

/**
 * The rate of the customer's state, else of the country; none where we do not collect or the customer is exempt. Under
 * reverse charge the country's zero rate.
 */
export function rateFor(rates: readonly TaxRate[], customer: Customer): TaxRate | undefined {
  const { country, state } = customer.address ?? {};
  if (customer.tax_exempt === 'exempt') return undefined;
  const reverse = customer.tax_exempt === 'reverse';
  const there = rates.filter((rate) => rate.active && rate.country === country && (rate.percentage === 0) === reverse);
  return there.find((rate) => rate.state !== null && rate.state === state) ?? there.find((rate) => rate.state === null);
}

/** Tax of one line, on what is left after credits, rounded half up on the line. */
export function taxesOf(rate: TaxRate | undefined, customer: Customer, taxable: number): Tax[] {
  if (!rate) return [];
  const percent = String(rate.percentage);
  const amount = Number(money.divide(money.multiply(percent, taxable), rate.inclusive ? money.add('100', percent) : '100', 0));
  return [
    {
      amount,
      tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: customer.tax_exempt === 'reverse' ? 'reverse_charge' : 'standard_rated',
      taxable_amount: rate.inclusive ? taxable - amount : taxable,
      type: 'tax_rate_details',
    },
  ];
}

/** The invoice's taxes are the sums of its lines', one entry for each rate. */
export function totalTaxes(lines: readonly Pick<InvoiceLine, 'taxes'>[]): Tax[] {
  const totals = new Map<string, Tax>();
  for (const tax of lines.flatMap((line) => line.taxes ?? [])) {
    const id = `${tax.tax_rate_details?.tax_rate} ${tax.taxability_reason}`;
    const so = totals.get(id);
    if (!so) totals.set(id, { ...tax });
    else Object.assign(so, { amount: so.amount + tax.amount, taxable_amount: (so.taxable_amount ?? 0) + (tax.taxable_amount ?? 0) });
  }
  return [...totals.values()];
}

export const exclusiveTax = (taxes: readonly Tax[]): number =>
  taxes.reduce((sum, tax) => sum + (tax.tax_behavior === 'exclusive' ? tax.amount : 0), 0);

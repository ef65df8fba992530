import { money } from '@waybill/sdk';
import type { Customer, InvoiceLine, Tax, TaxRate } from './objects.js';

/** The rate of the customer's state, else of the country; none where we do not collect. */
export function rateFor(rates: readonly TaxRate[], customer: Customer): TaxRate | undefined {
  const { country, state } = customer.address ?? {};
  const there = rates.filter((rate) => rate.active && rate.country === country);
  return there.find((rate) => rate.state !== null && rate.state === state) ?? there.find((rate) => rate.state === null);
}

/** Tax of one line, on what is left after credits, rounded half up on the line. */
export function taxesOf(rate: TaxRate | undefined, customer: Customer, taxable: number): Tax[] {
  if (!rate || customer.tax_exempt === 'exempt') return [];
  const reverse = customer.tax_exempt === 'reverse';
  const percent = reverse ? 0 : rate.percentage;
  const exclusive = money.divide(money.multiply(String(percent), taxable), '100', 0);
  const inclusive = money.divide(money.multiply(String(percent), taxable), money.add('100', String(percent)), 0);
  return [
    {
      amount: Number(rate.inclusive ? inclusive : exclusive),
      tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
      tax_rate_details: { tax_rate: rate.id },
      taxability_reason: reverse ? 'reverse_charge' : 'standard_rated',
      taxable_amount: rate.inclusive ? taxable - Number(inclusive) : taxable,
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

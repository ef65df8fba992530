import { money } from '@waybill/sdk';
import { invalid } from './stripe-error.js';
import type { Price, Tier } from './objects.js';

/** One priced part of a quantity: a graduated price gives one for each tier that was reached. */
export interface Charge {
  quantity: number;
  /** Minor units, rounded half up once. */
  amount: number;
  unitAmountDecimal: string | null;
  note: string;
}

/** Text minor units to a whole number of them; prices may have fractions of a cent, amounts may not. */
export function wholeMinor(amount: string): number {
  const whole = Number(money.round(amount, 0));
  if (!Number.isSafeInteger(whole)) throw invalid(`Amount ${amount} is too large.`, 'amount', 'amount_too_large');
  return whole;
}

const times = (unit: string, quantity: number): number => wholeMinor(money.multiply(unit, quantity));

export function charge(price: Price, quantity: number): Charge[] {
  if (price.billing_scheme === 'per_unit') {
    const unit = price.unit_amount_decimal ?? '0';
    return [{ quantity, amount: times(unit, quantity), unitAmountDecimal: unit, note: '' }];
  }
  const tiers = price.tiers ?? [];
  return price.tiers_mode === 'volume' ? volume(tiers, quantity) : graduated(tiers, quantity);
}

/** Every unit at the price of the one tier that the whole quantity falls into. */
function volume(tiers: readonly Tier[], quantity: number): Charge[] {
  const at = tiers.findIndex((tier) => tier.up_to === null || quantity <= tier.up_to);
  const tier = tiers[at];
  if (!tier) throw invalid('The last tier must have up_to=inf.', 'tiers');
  const unit = tier.unit_amount_decimal ?? '0';
  return [{ quantity, amount: times(unit, quantity) + (tier.flat_amount ?? 0), unitAmountDecimal: unit, note: ` (Tier ${at + 1})` }];
}

/** The first units at the first tier's price, the next at the second's, and so on. An unused tier gives no line; nothing used gives one. */
function graduated(tiers: readonly Tier[], quantity: number): Charge[] {
  const charges: Charge[] = [];
  let from = 0;
  for (const [at, tier] of tiers.entries()) {
    const upTo = tier.up_to ?? Infinity;
    const units = Math.min(quantity, upTo) - from;
    if (units > 0 || (at === 0 && quantity === 0)) {
      const unit = tier.unit_amount_decimal ?? '0';
      charges.push({
        quantity: units,
        amount: times(unit, units) + (tier.flat_amount ?? 0),
        unitAmountDecimal: unit,
        note: ` (Tier ${at + 1})`,
      });
    }
    from = upTo;
    if (quantity <= upTo) return charges;
  }
  throw invalid('The last tier must have up_to=inf.', 'tiers');
}

/** The part of an amount that falls on the rest of a period, by the second, rounded half up. */
export function prorated(amount: number, now: number, period: { start: number; end: number }): number {
  const rest = Math.max(0, period.end - now);
  return Number(money.divide(money.multiply(amount, rest), period.end - period.start, 0));
}

import type { Amount } from '../api/operate.js';
import { formatNumber, listed, locale } from '../language/index.js';
import classes from './parts.module.css';

/**
 * Money is decimal text and stays text: `Intl.NumberFormat` formats a string exactly, however long,
 * while a JavaScript number would lose digits. No other code of the console formats amounts.
 */
export function formatAmount(amount: string, currency: string, options: { code?: boolean; locale?: string } = {}): string {
  try {
    return new Intl.NumberFormat(options.locale ?? locale(), {
      style: 'currency',
      currency,
      currencyDisplay: options.code === false ? 'narrowSymbol' : 'code',
      currencySign: 'standard',
      maximumFractionDigits: Math.max(decimalsOf(amount), minorUnits(currency)),
      minimumFractionDigits: minorUnits(currency),
    }).format(amount as Intl.StringNumericLiteral);
  } catch {
    // not a currency that Intl knows, or not a number: the stored text is still the truth
    return `${currency} ${amount}`;
  }
}

/** An amount of no currency, such as one that is compared in every one. */
export const formatDecimal = (amount: string): string =>
  new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: Math.max(2, decimalsOf(amount)) }).format(
    amount as Intl.StringNumericLiteral,
  );

/** Below zero where the first is less, above where it is more: exactly, whatever the number of digits. Both are plain decimals. */
export function compareAmounts(one: string, other: string): number {
  const parts = (amount: string) => /\.(\d+)$/.exec(amount)?.[1] ?? '';
  const digits = Math.max(parts(one).length, parts(other).length);
  const scaled = (amount: string) => BigInt(`${amount.split('.')[0]}${parts(amount).padEnd(digits, '0')}`);
  const difference = scaled(one) - scaled(other);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function decimalsOf(amount: string): number {
  return Math.min(20, /\.(\d+)$/.exec(amount)?.[1]?.length ?? 0);
}

function minorUnits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

export function formatCount(count: number): string {
  return formatNumber(count);
}

/** A quantity of usage, with every digit. */
export function formatQuantity(value: string): string {
  const decimals = Math.min(20, /\.(\d+)$/.exec(value)?.[1]?.length ?? 0);
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: Math.max(decimals, 0) }).format(
    value as Intl.StringNumericLiteral,
  );
}

/** A quantity with the unit of its meter: it looks like no amount of money, and is added to none. */
export const quantityIn = (value: string, unit: string | null): string =>
  unit === null ? formatQuantity(value) : `${formatQuantity(value)} ${unit}`;

export function Money({ value }: { value: Amount | null | undefined }) {
  if (!value) return null;
  return <span className={classes.figures}>{formatAmount(value.amount, value.currency)}</span>;
}

/** One sum per currency; sums of different currencies are never added. */
export function MoneyList({ amounts, empty = '–' }: { amounts: readonly Amount[]; empty?: string }) {
  if (amounts.length === 0) return <span className={classes.dim}>{empty}</span>;
  return (
    <span className={classes.amounts}>
      {amounts.map((amount) => (
        <span key={amount.currency} className={classes.figures}>
          {formatAmount(amount.amount, amount.currency)}
        </span>
      ))}
    </span>
  );
}

/** The same in a sentence: `EUR 1,204.50 and USD 300.00`. */
export function amountsInWords(amounts: readonly Amount[]): string {
  return listed(amounts.map((a) => formatAmount(a.amount, a.currency)));
}

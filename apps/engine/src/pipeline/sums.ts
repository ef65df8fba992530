import { money } from '@waybill/sdk';
import type { Row } from '../platform/database/index.js';

export interface Sum {
  currency: string;
  amount: string;
}

/** Pure: the money of rows, a sum per currency and never over two. */
export function sumsOf(rows: readonly Row[]): Sum[] {
  const totals = new Map<string, string>();
  for (const row of rows)
    if (row['amount_text'] !== null)
      totals.set(row['currency'] as string, money.add(totals.get(row['currency'] as string) ?? '0', row['amount_text'] as string));
  return [...totals].map(([currency, amount]) => ({ currency, amount }));
}

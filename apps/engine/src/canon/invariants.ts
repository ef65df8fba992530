import { money, type JsonObject } from '@waybill/sdk';

/**
 * Sums that must hold in every money document (promise P5): checked after each mapping, in production too.
 * Returns one sentence for the first that does not hold, with its path.
 */
export function brokenSum(type: string, content: JsonObject): { path: string; sentence: string } | undefined {
  if (type === 'invoice' || type === 'credit-memo') return documentSums(type, content);
  if (type === 'journal-entry') return balanced(content);
  return undefined;
}

interface Line {
  amount: string;
  debit: string;
  credit: string;
  inclusive?: boolean;
}

function documentSums(type: string, content: JsonObject): { path: string; sentence: string } | undefined {
  const lines = content['lines'] as unknown as Line[];
  const taxLines = content['taxLines'] as unknown as Line[];
  const [subtotal, taxTotal, total] = [content['subtotal'], content['taxTotal'], content['total']] as [string, string, string];
  const lineSum = money.sum(lines.map((line) => line.amount));
  if (!money.equals(lineSum, subtotal))
    return { path: '/subtotal', sentence: `the lines sum to ${lineSum}, the subtotal says ${subtotal}` };
  const taxSum = money.sum(taxLines.map((line) => line.amount));
  if (!money.equals(taxSum, taxTotal))
    return { path: '/taxTotal', sentence: `the tax lines sum to ${taxSum}, the tax total says ${taxTotal}` };
  const exclusive = money.sum(taxLines.filter((line) => line.inclusive !== true).map((line) => line.amount));
  const due = money.add(subtotal, exclusive);
  if (!money.equals(due, total))
    return { path: '/total', sentence: `subtotal ${subtotal} and tax ${exclusive} make ${due}, the total says ${total}` };
  if (type !== 'credit-memo') return undefined;
  const allocated = money.sum((content['allocations'] as unknown as Line[]).map((a) => a.amount));
  return money.equals(allocated, total)
    ? undefined
    : { path: '/allocations', sentence: `the allocations sum to ${allocated}, the total says ${total}` };
}

function balanced(content: JsonObject): { path: string; sentence: string } | undefined {
  const lines = content['lines'] as unknown as Line[];
  const [debit, credit] = [money.sum(lines.map((l) => l.debit)), money.sum(lines.map((l) => l.credit))];
  return money.equals(debit, credit) ? undefined : { path: '/lines', sentence: `debits are ${debit}, credits are ${credit}` };
}

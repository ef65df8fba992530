import { decimal, diceOf } from '@waybill/faults';
import { judge, type Verdict } from './judge.js';
import { playTheMonths, type Counts } from './month/month.js';
import type { BooksName } from './options.js';
import { openStage } from './stage/stage.js';

export interface Result extends Verdict {
  books: BooksName;
  customers: number;
  counts: Counts;
  seconds: number;
}

/** Opens everything, plays the months, judges, and closes everything again. */
export async function play(ask: { books: BooksName; customers: number; seed: string }, tell: (line: string) => void): Promise<Result> {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1_000);
  const stage = await openStage(ask.books);
  try {
    const say = (line: string) => tell(`${ask.books} ${String(seconds()).padStart(4)} s  ${line}`);
    const played = await playTheMonths(stage, ask.customers, diceOf(ask.seed), say);
    say('the books are compared');
    const verdict = await judge(stage, played);
    return { ...verdict, books: ask.books, customers: ask.customers, counts: played.counts, seconds: seconds() };
  } finally {
    await stage.close();
  }
}

/** Minor units by which totals differ, of any currency and in either direction. */
export const differenceOf = ({ totals }: Result): bigint =>
  totals.reduce((sum, { wanted, booked }) => sum + (booked > wanted ? booked - wanted : wanted - booked), 0n);

const decimals: Record<string, number> = { USD: 2, EUR: 2, JPY: 0 };

/** What a result says to people. */
export function linesOf({ books, customers, counts, totals, controls, traced, wrong, seconds }: Result): string[] {
  const amount = (minor: bigint, currency: string) => decimal(minor, decimals[currency] ?? 2);
  return [
    `\n${books}: ${customers} customers, ${seconds} s`,
    ...Object.entries(counts).map(([what, n]) => `  ${String(n).padStart(7)}  ${what}`),
    '  entity  document     currency  number           billed           booked  difference',
    ...totals.map(
      ({ entity, kind, currency, documents, wanted, booked }) =>
        `  ${entity.padEnd(6)}  ${kind.padEnd(11)}  ${currency.padEnd(8)}  ${String(documents).padStart(6)}  ${amount(wanted, currency).padStart(15)}  ${amount(booked, currency).padStart(15)}  ${amount(booked - wanted, currency).padStart(10)}`,
    ),
    `  ${controls.length} control runs: ${controls.reduce((sum, { matched }) => sum + matched, 0)} documents and summaries of usage the same on both sides, ${controls.reduce((sum, { gaps }) => sum + gaps, 0)} gaps`,
    `  ${traced.documents} invoices traced from usage to the books: ${traced.sums} sums hold`,
    ...wrong.slice(0, 40).map((sentence) => `  WRONG  ${sentence}`),
    ...(wrong.length > 40 ? [`  … and ${wrong.length - 40} more`] : []),
  ];
}

import type { SyntheticRun } from '../../api/operations.js';

type Stage = SyntheticRun['stages'][number];

/** In the order of the trip. */
export const stageWords: Record<Stage['stage'], string> = {
  intake: 'Taken in',
  prepare: 'Made ready',
  send: 'Called and settled',
  readBack: 'Books read back',
};
const stageOrder = Object.keys(stageWords) as Stage['stage'][];

export interface Worst {
  stage: Stage['stage'];
  ms: number;
  allowedMs: number;
  /** Where it took so long. */
  where: string;
}

/** The slowest of each stage over all steps of a run: what is compared with its limit. */
export function slowest(stages: readonly Stage[]): Worst[] {
  return stageOrder.flatMap((stage) => {
    const [first, ...rest] = stages.filter((one) => one.stage === stage);
    if (!first) return [];
    const worst = rest.reduce((a, b) => (b.ms > a.ms ? b : a), first);
    return [{ stage, ms: worst.ms, allowedMs: worst.allowedMs, where: [worst.step, worst.flow].filter(Boolean).join(', ') }];
  });
}

/** How much of the bar is filled: the limit is its end, and what is over it fills it whole. */
export const shareOf = ({ ms, allowedMs }: Pick<Worst, 'ms' | 'allowedMs'>): number =>
  Math.min(100, Math.max(1, Math.round((100 * ms) / Math.max(1, allowedMs))));

/** One sentence on what the books said last. */
export function netWords(net: SyntheticRun['net']): string {
  if (net.length === 0) return 'Nothing of it reached the books';
  const isZero = (amount: string) => /^-?0*(\.0*)?$/.test(amount);
  const left = net.filter(({ sales, money }) => !isZero(sales) || !isZero(money));
  const names = [...new Set(net.map(({ connection }) => connection))].join(', ');
  if (left.length === 0) return `It comes to nothing in ${names}`;
  return left.map(({ connection, currency, sales, money }) => `${connection} still shows ${[...(isZero(sales) ? [] : [`${currency} ${sales} of sales`]), ...(isZero(money) ? [] : [`${currency} ${money} of money`])].join(' and ')}`).join('; ');
} // prettier-ignore

import type { SyntheticRun } from '../../api/operations.js';
import { listed, t } from '../../language/index.js';

type Stage = SyntheticRun['stages'][number];

/** In the order of the trip. */
export const stageWords: Record<Stage['stage'], string> = {
  intake: t('Taken in'),
  prepare: t('Made ready'),
  send: t('Called and settled'),
  readBack: t('Books read back'),
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
  if (net.length === 0) return t('Nothing of it reached the books');
  const isZero = (amount: string) => /^-?0*(\.0*)?$/.test(amount);
  const left = net.filter(({ sales, money }) => !isZero(sales) || !isZero(money));
  const names = [...new Set(net.map(({ connection }) => connection))].join(', ');
  if (left.length === 0) return t('It comes to nothing in {{names}}', { names });
  return left
    .map(({ connection, currency, sales, money }) => {
      const amounts = [
        ...(isZero(sales) ? [] : [t('{{currency}} {{sales}} of sales', { currency, sales })]),
        ...(isZero(money) ? [] : [t('{{currency}} {{money}} of money', { currency, money })]),
      ];
      return t('{{connection}} still shows {{amounts}}', { connection, amounts: listed(amounts) });
    })
    .join('; ');
} // prettier-ignore

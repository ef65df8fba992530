import type { GapKind } from '../../api/reconcile.js';
import { formatCount } from '../../parts/money.js';
import { stepsOf } from './board.js';
import { kindOrder, kindWords } from './words.js';
import classes from './reconciliation.module.css';

export interface Step {
  kind: GapKind;
  gaps: number;
  /** Decimal text: money of one currency, or a quantity of one meter. */
  change: string;
}
interface End {
  label: string;
  value: string;
}

/**
 * The way from one side's sum to the other's, a bar for each kind of gap. The picture is of the difference, so it begins at nothing; exact values stand
 * beside each bar, which chooses its gaps in the list. `say` writes a value with its currency or unit.
 */
export function Waterfall({ from, to, steps: bars, say, chosen, onChoose }: { from: End; to: End; steps: readonly Step[]; say: (value: string) => string; chosen: string | undefined; onChoose: (kind: GapKind | undefined) => void }) {
  const ordered = [...bars].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind));
  const { steps } = stepsOf(0, ordered.map(({ change }) => Number(change)));
  const edges = [0, ...steps.map((step) => step.to)];
  const [low, high] = [Math.min(...edges), Math.max(...edges)];
  const place = (value: number) => (high === low ? 0 : ((value - low) / (high - low)) * 100);
  return (
    <div className={classes.waterfall}>
      <div className={classes.sumRow}>
        <span>{from.label}</span>
        <b>{say(from.value)}</b>
      </div>
      <ul>
        {ordered.map((bar, at) => {
          const step = steps[at]!;
          const left = place(Math.min(step.from, step.to));
          return (
            <li key={bar.kind}>
              <button type="button" className={classes.step} aria-pressed={chosen === bar.kind} onClick={() => onChoose(chosen === bar.kind ? undefined : bar.kind)}>
                <span>
                  {kindWords[bar.kind]} <small>{formatCount(bar.gaps)}</small>
                </span>
                <svg className={classes.track} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
                  <rect x={left} y={0} width={Math.max(0.6, place(Math.max(step.from, step.to)) - left)} height={10} rx={1} data-sign={step.to < step.from ? 'less' : 'more'} />
                </svg>
                <b>{say(bar.change)}</b>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={classes.sumRow}>
        <span>{to.label}</span>
        <b>{say(to.value)}</b>
      </div>
    </div>
  );
} // prettier-ignore

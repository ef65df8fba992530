import type { ControlRunDetail } from '../../api/reconcile.js';
import { formatAmount, formatCount } from '../../parts/money.js';
import { stepsOf } from './board.js';
import { kindOrder, kindWords } from './words.js';
import classes from './reconciliation.module.css';

type Total = ControlRunDetail['totals'][number];
type Bar = ControlRunDetail['bars'][number];

/**
 * The way from billing's sum to the ERP's, a bar for each kind of gap. The picture is of the difference, so it begins at nothing; exact amounts stand
 * beside each bar, which chooses its gaps in the list.
 */
export function Waterfall({ total, bars, chosen, onChoose }: { total: Total; bars: readonly Bar[]; chosen: string | undefined; onChoose: (kind: Bar['kind'] | undefined) => void }) {
  const ordered = [...bars].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind));
  const { steps } = stepsOf(0, ordered.map(({ amount }) => Number(amount)));
  const edges = [0, ...steps.map(({ to }) => to)];
  const [low, high] = [Math.min(...edges), Math.max(...edges)];
  const place = (value: number) => (high === low ? 0 : ((value - low) / (high - low)) * 100);
  return (
    <div className={classes.waterfall}>
      <div className={classes.sumRow}>
        <span>Billing, {formatCount(total.billingRows)} documents</span>
        <b>{formatAmount(total.billing, total.currency)}</b>
      </div>
      <ul>
        {ordered.map((bar, at) => {
          const { from, to } = steps[at]!;
          const left = place(Math.min(from, to));
          return (
            <li key={bar.kind}>
              <button type="button" className={classes.step} aria-pressed={chosen === bar.kind} onClick={() => onChoose(chosen === bar.kind ? undefined : bar.kind)}>
                <span>
                  {kindWords[bar.kind]} <small>{formatCount(bar.gaps)}</small>
                </span>
                <svg className={classes.track} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
                  <rect x={left} y={0} width={Math.max(0.6, place(Math.max(from, to)) - left)} height={10} rx={1} data-sign={to < from ? 'less' : 'more'} />
                </svg>
                <b>{formatAmount(bar.amount, bar.currency)}</b>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={classes.sumRow}>
        <span>ERP, {formatCount(total.erpRows)} documents</span>
        <b>{formatAmount(total.erp, total.currency)}</b>
      </div>
    </div>
  );
} // prettier-ignore

import { Group, SegmentedControl } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../api/operate.js';
import { counted, inSentence, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { axisLabel } from '../../parts/scale.js';
import { formatDuration, formatInstant, useNow } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import { runTitle } from './run-words.js';
import classes from './runs.module.css';
import { measures, scatterOf, type Dot, type Measure } from './scatter.js';

const width = 960;
const height = 220;
/** A shape each, so that nobody has to tell colours apart. */
const outcomes: Record<Run['state'], { word: string; path: string }> = {
  succeeded: { word: t('Succeeded'), path: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z' },
  failed: { word: t('Failed'), path: 'M0 -6L6 5H-6z' },
  cancelled: { word: t('Cancelled'), path: 'M-4.5 -4.5h9v9h-9z' },
  running: { word: t('Running'), path: 'M0 -6L6 0L0 6L-6 0z' },
};

/**
 * The runs of the list as dots over time. For people who see it and point: everybody else has the list, which says the same, so its dots are no
 * stops of the keyboard.
 */
export function RunsChart({ runs, measure, onMeasure }: { runs: readonly Run[]; measure: Measure; onMeasure: (measure: Measure) => void }) {
  const { zone } = useZone();
  const now = useNow();
  const { dots, across, stepMs, up } = scatterOf(runs, measure, now, { width, height });
  const say = (value: number) => (measure === 'took' ? formatDuration(value) : formatCount(value));
  const about = ({ run, value }: Dot) => {
    const words = {
      run: runTitle(run),
      state: inSentence(outcomes[run.state].word),
      startedAt: formatInstant(run.startedAt, zone),
      value: say(value),
    };
    return measure === 'took'
      ? t('{{run}}: {{state}}, begun {{startedAt}}, took {{value}}', words)
      : t('{{run}}: {{state}}, begun {{startedAt}}, read {{value}}', words);
  };
  return (
    <section aria-label={t('Runs over time')}>
      <Group justify="space-between" mb={6}>
        <Group gap="md" aria-hidden>
          {Object.entries(outcomes).map(([state, { word, path }]) => (
            <span key={state} className={classes.legend}>
              <svg width={14} height={14} viewBox="-7 -7 14 14">
                <path d={path} className={classes.dot} data-state={state} />
              </svg>
              {word}
            </span>
          ))}
        </Group>
        <SegmentedControl
          size="xs"
          aria-label={t('What the height says')}
          data={Object.entries(measures).map(([value, label]) => ({ value, label }))}
          value={measure}
          onChange={(next) => onMeasure(next as Measure)}
        />
      </Group>
      <p className={classes.none}>
        {counted(runs.length, '{{count}} run: {{tally}}.', '{{count}} runs: {{tally}}.', { tally: tally(runs) })}{' '}
        {t('Each dot leads to its run; the list has the same runs.')}
      </p>
      <div className={classes.chart}>
        <svg viewBox={`-76 -12 ${width + 96} ${height + 38}`} aria-hidden>
          {up.map(({ y, value }) => (
            <g key={value}>
              <line x1={0} x2={width} y1={y} y2={y} stroke="var(--wb-line)" />
              <text x={-10} y={y + 4} textAnchor="end" className={classes.axis}>
                {value === 0 ? '0' : say(value)}
              </text>
            </g>
          ))}
          {across.map(({ x, at }, n) => (
            <text key={at} x={x} y={height + 20} textAnchor={n === across.length - 1 ? 'end' : 'middle'} className={classes.axis}>
              {axisLabel(at, zone, stepMs)}
            </text>
          ))}
          {dots.map((dot) => (
            <Link key={dot.run.id} to="/runs/$id" params={{ id: dot.run.id }} search={{}} tabIndex={-1} data-run={dot.run.id}>
              <g transform={`translate(${dot.x} ${dot.y})`}>
                <title>{about(dot)}</title>
                <circle r={9} className={classes.hit} />
                <path d={outcomes[dot.run.state].path} className={classes.dot} data-state={dot.run.state} />
              </g>
            </Link>
          ))}
        </svg>
      </div>
    </section>
  );
}

function tally(runs: readonly Run[]): string {
  const counts = Object.entries(outcomes).map(
    ([state, { word }]) => [runs.filter((run) => run.state === state).length, inSentence(word)] as const,
  );
  return counts.flatMap(([n, word]) => (n > 0 ? [`${formatCount(n)} ${word}`] : [])).join(', ');
}

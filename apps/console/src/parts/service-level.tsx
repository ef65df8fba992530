import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { ServiceLevel } from '../api/operate.js';
import { locale, t } from '../language/index.js';
import { StateMark } from './badge.js';
import { formatDuration } from './time.js';

const percent = new Intl.NumberFormat(locale(), { maximumFractionDigits: 4 });
export const formatPercent = (share: number): string => `${percent.format(share)} %`;

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** `15 min`: a duration as a file says it, in its largest whole unit. */
export function formatSpan(ms: number): string {
  const unit = units.find(([, of]) => ms % of === 0);
  return unit ? `${ms / unit[1]} ${unit[0]}` : formatDuration(ms);
}

/** `99.5 % within 15 min`. */
export const promiseWords = ({ share, withinMs }: Pick<ServiceLevel, 'share' | 'withinMs'>): string =>
  t('{{share}} within {{withinMs}}', { share: formatPercent(share), withinMs: formatSpan(withinMs) });

const looks = {
  kept: { word: t('Kept'), icon: IconCircleCheck, tone: 'ok' },
  missed: { word: t('Missed'), icon: IconAlertTriangle, tone: 'bad' },
  'nothing-due': { word: t('Nothing due'), icon: IconCircleDashed, tone: 'idle' },
} as const;

export function ServiceLevelMark({ level }: { level: ServiceLevel }) {
  const { word, icon, tone } = looks[level.state];
  return (
    <StateMark icon={icon} tone={tone} title={t('Promised: {{promiseWords}}', { promiseWords: promiseWords(level) })}>
      {word}
      {level.keptShare === null ? null : `, ${formatPercent(level.keptShare)}`}
    </StateMark>
  );
}

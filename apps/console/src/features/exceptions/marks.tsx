import { IconAlarm, IconCircleCheck, IconCircleDot, IconClockPause, IconProgress, IconRefresh } from '@tabler/icons-react';
import type { ExceptionItem } from '../../api/operate.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { formatAge, formatInstant, useNow } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';

const looks = {
  open: { word: t('Open'), icon: IconCircleDot, tone: 'warn', meaning: t('Nobody has taken it up yet') },
  'in-progress': { word: t('In progress'), icon: IconProgress, tone: 'live', meaning: t('Its owner has taken it up') },
  replaying: { word: t('Replaying'), icon: IconRefresh, tone: 'live', meaning: t('Sent again; how that ends is not known yet') },
  resolved: { word: t('Resolved'), icon: IconCircleCheck, tone: 'ok', meaning: t('It has ended') },
} as const;

export function ExceptionStateMark({ item }: { item: Pick<ExceptionItem, 'state' | 'snoozedUntil'> }) {
  const { zone } = useZone();
  if (item.snoozedUntil !== null)
    return (
      <StateMark
        icon={IconClockPause}
        tone="idle"
        title={t('Put off until {{snoozedUntil}}', { snoozedUntil: formatInstant(item.snoozedUntil, zone, { seconds: false }) })}
      >
        {t('Snoozed')}
      </StateMark>
    );
  const look = looks[item.state];
  return (
    <StateMark icon={look.icon} tone={look.tone} title={look.meaning}>
      {look.word}
    </StateMark>
  );
}

/** The service-level clock in words: how much time is left, or how long it has been over. */
export function DueMark({ item }: { item: Pick<ExceptionItem, 'due' | 'dueAt' | 'closedAt'> }) {
  const { zone } = useZone();
  const now = useNow();
  const title = t('Due {{dueAt}}', { dueAt: formatInstant(item.dueAt, zone, { seconds: false }) });
  if (item.closedAt !== null) return <span title={title}>{item.due === 'breached' ? t('Ended over time') : t('Ended in time')}</span>;
  const late = item.due === 'breached' || Date.parse(item.dueAt) < now;
  if (!late && item.due === 'within') return <span title={title}>{t('due {{dueAt}}', { dueAt: formatAge(item.dueAt, now) })}</span>;
  return (
    <StateMark icon={IconAlarm} tone={late ? 'bad' : 'warn'} title={title}>
      {late
        ? t('Over time since {{dueAt}}', { dueAt: formatAge(item.dueAt, now) })
        : t('Due {{dueAt}}', { dueAt: formatAge(item.dueAt, now) })}
    </StateMark>
  );
}

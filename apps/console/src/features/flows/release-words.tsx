import {
  IconArchive,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconEye,
  IconHandStop,
  IconPencil,
  IconPercentage,
  IconPlayerStop,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { Release } from '../../api/build.js';
import { listed, locale, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';
import type { Tone } from '../../parts/tone.js';

type State = Release['state'];
type Look = { word: string; icon: Icon; tone: Tone; meaning: string };

const looks: Record<State, Look> = {
  draft: { word: t('Draft'), icon: IconPencil, tone: 'idle', meaning: t('Saved, live nowhere') },
  submitted: { word: t('Submitted'), icon: IconHandStop, tone: 'warn', meaning: t('It waits for somebody else to approve it') },
  approved: { word: t('Approved'), icon: IconCheck, tone: 'ok', meaning: t('It may go live') },
  shadow: {
    word: t('In the shadow'),
    icon: IconEye,
    tone: 'live',
    meaning: t('It maps what comes in beside the live release, and sends nothing'),
  },
  share: { word: t('On a share'), icon: IconPercentage, tone: 'live', meaning: t('A part of new messages comes under it') },
  stopped: { word: t('Stopped'), icon: IconPlayerStop, tone: 'bad', meaning: t('Its share was taken back') },
  live: { word: t('Live'), icon: IconCircleCheck, tone: 'ok', meaning: t('New messages come under it') },
  superseded: { word: t('Superseded'), icon: IconArchive, tone: 'idle', meaning: t('Another release went live') },
  withdrawn: { word: t('Withdrawn'), icon: IconBan, tone: 'idle', meaning: t('Given up before it went live') },
  rejected: { word: t('Rejected'), icon: IconX, tone: 'bad', meaning: t('It was not approved') },
  'rolled-back': {
    word: t('Rolled back'),
    icon: IconArrowBackUp,
    tone: 'warn',
    meaning: t('It was live, and an earlier one was made live again'),
  },
};

export function ReleaseMark({ state }: { state: State }) {
  const { word, icon, tone, meaning } = looks[state];
  return (
    <StateMark icon={icon} tone={tone} title={meaning}>
      {word}
    </StateMark>
  );
}

export const stateWord = (state: State): string => looks[state].word;

/** `10 % of new messages`, `new messages of US and DE`. */
export function shareInWords(share: { percent: number | null; entities: string[] | null } | null): string {
  if (share === null) return '';
  if (share.entities) return t('new messages of {{entities}}', { entities: listed(share.entities) });
  return t('{{percent}} % of new messages', { percent: share.percent ?? 0 });
}

/** `3 of 60 (5 %)`, of those that have come to an end. */
export function stoppedInWords({ ended, exceptions }: Release['counted']): string {
  if (ended === 0) return '–';
  return t('{{exceptions}} of {{ended}} ({{share}})', {
    exceptions: formatCount(exceptions),
    ended: formatCount(ended),
    share: new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 1 }).format(exceptions / ended),
  });
}

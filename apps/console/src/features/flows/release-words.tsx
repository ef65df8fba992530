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
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';
import type { Tone } from '../../parts/tone.js';

type State = Release['state'];
type Look = { word: string; icon: Icon; tone: Tone; meaning: string };

const looks: Record<State, Look> = {
  draft: { word: 'Draft', icon: IconPencil, tone: 'idle', meaning: 'Saved, live nowhere' },
  submitted: { word: 'Submitted', icon: IconHandStop, tone: 'warn', meaning: 'It waits for somebody else to approve it' },
  approved: { word: 'Approved', icon: IconCheck, tone: 'ok', meaning: 'It may go live' },
  shadow: {
    word: 'In the shadow',
    icon: IconEye,
    tone: 'live',
    meaning: 'It maps what comes in beside the live release, and sends nothing',
  },
  share: { word: 'On a share', icon: IconPercentage, tone: 'live', meaning: 'A part of new messages comes under it' },
  stopped: { word: 'Stopped', icon: IconPlayerStop, tone: 'bad', meaning: 'Its share was taken back' },
  live: { word: 'Live', icon: IconCircleCheck, tone: 'ok', meaning: 'New messages come under it' },
  superseded: { word: 'Superseded', icon: IconArchive, tone: 'idle', meaning: 'Another release went live' },
  withdrawn: { word: 'Withdrawn', icon: IconBan, tone: 'idle', meaning: 'Given up before it went live' },
  rejected: { word: 'Rejected', icon: IconX, tone: 'bad', meaning: 'It was not approved' },
  'rolled-back': {
    word: 'Rolled back',
    icon: IconArrowBackUp,
    tone: 'warn',
    meaning: 'It was live, and an earlier one was made live again',
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
  if (share.entities) return `new messages of ${new Intl.ListFormat().format(share.entities)}`;
  return `${share.percent ?? 0} % of new messages`;
}

/** `3 of 60 (5 %)`, of those that have come to an end. */
export function stoppedInWords({ ended, exceptions }: Release['counted']): string {
  if (ended === 0) return '–';
  return `${formatCount(exceptions)} of ${formatCount(ended)} (${new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(exceptions / ended)})`;
}

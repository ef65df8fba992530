import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconBook2,
  IconBraces,
  IconBuildingBank,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconClock,
  IconCopy,
  IconHandStop,
  IconHelpCircle,
  IconHourglass,
  IconLock,
  IconPlayerPause,
  IconPlugConnectedX,
  IconProgress,
  IconSend,
  IconVersions,
  type Icon,
} from '@tabler/icons-react';
import type { Category, MessageItem, Run } from '../api/operate.js';
import { t } from '../language/index.js';
import { StateMark } from './badge.js';
import type { Tone } from './tone.js';

export type MessageState = MessageItem['state'];
type Look = { word: string; icon: Icon; tone: Tone; meaning: string };

export const messageStates: Record<MessageState, Look> = {
  ready: { word: t('Ready'), icon: IconCircleDashed, tone: 'idle', meaning: t('Stored; its next stage has not begun') },
  claimed: { word: t('Claimed'), icon: IconProgress, tone: 'live', meaning: t('A worker has it in hand') },
  in_flight: { word: t('In flight'), icon: IconSend, tone: 'live', meaning: t('The call to the target is under way') },
  in_doubt: {
    word: t('In doubt'),
    icon: IconHelpCircle,
    tone: 'warn',
    meaning: t('The target may or may not have taken it; it is looked up before anything is sent again'),
  },
  waiting: { word: t('Waiting'), icon: IconClock, tone: 'idle', meaning: t('It waits for a time or for another document') },
  blocked: { word: t('Blocked'), icon: IconLock, tone: 'idle', meaning: t('An earlier message of the same document must end first') },
  held: { word: t('Held'), icon: IconHandStop, tone: 'warn', meaning: t('It waits for an approval') },
  exception: { word: t('Exception'), icon: IconAlertTriangle, tone: 'bad', meaning: t('It needs a person') },
  posted: { word: t('Posted'), icon: IconCircleCheck, tone: 'ok', meaning: t('The target has it') },
  skipped: { word: t('Skipped'), icon: IconArrowForwardUp, tone: 'idle', meaning: t('The policy says that it is not to be sent') },
  duplicate: { word: t('Duplicate'), icon: IconCopy, tone: 'idle', meaning: t('The same document was already here') },
  superseded: { word: t('Superseded'), icon: IconVersions, tone: 'idle', meaning: t('A newer version of the document took its place') },
  resolved: { word: t('Resolved'), icon: IconCircleCheck, tone: 'idle', meaning: t('A person ended it without posting') },
};

/** In the order of the trip: what a filter offers. */
export const messageStateOrder: MessageState[] = [
  'exception',
  'in_doubt',
  'held',
  'waiting',
  'blocked',
  'ready',
  'claimed',
  'in_flight',
  'posted',
  'skipped',
  'duplicate',
  'superseded',
  'resolved',
];

const unknown = (state: string): Look => ({ word: state.replaceAll('_', ' '), icon: IconHelpCircle, tone: 'idle', meaning: '' });

export function MessageStateMark({ state }: { state: string }) {
  const look = messageStates[state as MessageState] ?? unknown(state);
  return (
    <StateMark icon={look.icon} tone={look.tone} title={look.meaning}>
      {look.word}
    </StateMark>
  );
}

const categories: Record<Category, Look> = {
  'master-data': { word: t('Master data'), icon: IconBook2, tone: 'warn', meaning: t('A row of reference data is missing or wrong') },
  transformation: { word: t('Transformation'), icon: IconBraces, tone: 'warn', meaning: t('The mapping does not fit the record') },
  'api-failure': { word: t('API failure'), icon: IconPlugConnectedX, tone: 'bad', meaning: t('The call to a system failed') },
  duplicate: { word: t('Duplicate'), icon: IconCopy, tone: 'warn', meaning: t('The document seems to be there already') },
  'posting-rejection': {
    word: t('Posting rejection'),
    icon: IconBuildingBank,
    tone: 'bad',
    meaning: t('The target refused to post the document'),
  },
};

export const categoryOrder: Category[] = ['master-data', 'transformation', 'api-failure', 'duplicate', 'posting-rejection'];
export const categoryWord = (category: string): string => (categories[category as Category] ?? unknown(category)).word;

export function CategoryMark({ category }: { category: string }) {
  const look = categories[category as Category] ?? unknown(category);
  return (
    <StateMark icon={look.icon} tone={look.tone} title={look.meaning}>
      {look.word}
    </StateMark>
  );
}

const runStates: Record<Run['state'], Look> = {
  running: { word: t('Running'), icon: IconProgress, tone: 'live', meaning: '' },
  succeeded: { word: t('Succeeded'), icon: IconCircleCheck, tone: 'ok', meaning: '' },
  failed: { word: t('Failed'), icon: IconCircleX, tone: 'bad', meaning: '' },
  cancelled: { word: t('Cancelled'), icon: IconHandStop, tone: 'idle', meaning: '' },
};

export function RunStateMark({ state }: { state: Run['state'] }) {
  const look = runStates[state];
  return (
    <StateMark icon={look.icon} tone={look.tone}>
      {look.word}
    </StateMark>
  );
}

/** A flow or a connection: on or paused; a flow may be draining. */
export function SwitchMark({ state }: { state: string }) {
  if (state === 'draining')
    return (
      <StateMark icon={IconHourglass} tone="warn">
        {t('Draining')}
      </StateMark>
    );
  return state === 'paused' ? (
    <StateMark icon={IconPlayerPause} tone="warn">
      {t('Paused')}
    </StateMark>
  ) : (
    <StateMark icon={IconCircleCheck} tone="ok">
      {t('On')}
    </StateMark>
  );
}

export function HealthMark({ state }: { state: string }) {
  if (state === 'ok')
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('Working')}
      </StateMark>
    );
  if (state === 'failing')
    return (
      <StateMark icon={IconAlertTriangle} tone="bad">
        {t('Failing')}
      </StateMark>
    );
  if (state === 'open')
    return (
      <StateMark icon={IconPlugConnectedX} tone="bad">
        {t('Calls paused')}
      </StateMark>
    );
  if (state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="warn">
        {t('Paused')}
      </StateMark>
    );
  return (
    <StateMark icon={IconHourglass} tone="idle">
      {t('Not checked yet')}
    </StateMark>
  );
}

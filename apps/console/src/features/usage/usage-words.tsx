import {
  IconAdjustments,
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleDashed,
  IconEraser,
  IconHelpCircle,
  IconLockCheck,
  IconPencilCheck,
  IconReceiptRefund,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import type { Summary, UsageEvent } from '../../api/usage.js';
import { counted, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import type { Tone } from '../../parts/tone.js';
import { formatQuantity } from '../../parts/money.js';

interface Look {
  word: string;
  icon: Icon;
  tone: Tone;
  meaning: string;
}

export const eventStates: Record<UsageEvent['state'], Look> = {
  accepted: { word: t('Accepted'), icon: IconCircleCheck, tone: 'ok', meaning: t('It counts as it came') },
  corrected: { word: t('Corrected'), icon: IconArrowBackUp, tone: 'idle', meaning: t('A correction counts in its place') },
  cancelled: { word: t('Cancelled'), icon: IconX, tone: 'idle', meaning: t('A cancellation took it away') },
  correction: { word: t('Correction'), icon: IconPencilCheck, tone: 'live', meaning: t('It counts in the place of an earlier event') },
  cancellation: {
    word: t('Cancellation'),
    icon: IconEraser,
    tone: 'idle',
    meaning: t('It takes an earlier event away and counts nothing itself'),
  },
};

const unknown = (state: string): Look => ({ word: state, icon: IconHelpCircle, tone: 'idle', meaning: '' });

export function EventStateMark({ state }: { state: string }) {
  const look = eventStates[state as UsageEvent['state']] ?? unknown(state);
  return (
    <StateMark icon={look.icon} tone={look.tone} title={look.meaning}>
      {look.word}
    </StateMark>
  );
}

const summaryLooks: Record<string, Look> = {
  open: { word: t('Open'), icon: IconCircleDashed, tone: 'idle', meaning: t('Its period is not over or not sealed: it still changes') },
  sealed: { word: t('Sealed'), icon: IconLockCheck, tone: 'ok', meaning: t('It names exactly the events behind it and never changes') },
  adjustment: { word: t('Adjustment'), icon: IconAdjustments, tone: 'warn', meaning: t('What came too late for a sealed period') },
  'credit-request': {
    word: t('Credit request'),
    icon: IconReceiptRefund,
    tone: 'warn',
    meaning: t('A sealed period was billed too high: a credit memo is asked for'),
  },
};

export function SummaryMark({ summary }: { summary: Pick<Summary, 'state' | 'kind'> }) {
  const look = summaryLooks[summary.kind === 'credit-request' ? summary.kind : summary.state] ?? unknown(summary.state);
  return (
    <StateMark icon={look.icon} tone={look.tone} title={look.meaning}>
      {look.word}
    </StateMark>
  );
}

/** Quantities are decimal text and stay text: a number would lose digits. */
export function Quantity({ value, unit }: { value: string | null | undefined; unit?: string | null }) {
  if (value === null || value === undefined) return <>–</>;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatQuantity(value)}
      {unit ? ` ${unit}` : ''}
    </span>
  );
}

export const eventsInWords = (count: number): string => counted(count, '{{count}} event', '{{count}} events');

/** `region eu · tier gold`: the group-by values of a summary. */
export const dimensionsInWords = (dimensions: Record<string, string>): string =>
  Object.entries(dimensions)
    .map(([name, value]) => `${name.replace(/^\//, '')} ${value}`)
    .join(' · ');

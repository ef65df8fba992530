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
import { StateMark } from '../../parts/badge.js';
import type { Tone } from '../../parts/tone.js';
import { formatCount, formatQuantity } from '../../parts/money.js';

interface Look {
  word: string;
  icon: Icon;
  tone: Tone;
  meaning: string;
}

export const eventStates: Record<UsageEvent['state'], Look> = {
  accepted: { word: 'Accepted', icon: IconCircleCheck, tone: 'ok', meaning: 'It counts as it came' },
  corrected: { word: 'Corrected', icon: IconArrowBackUp, tone: 'idle', meaning: 'A correction counts in its place' },
  cancelled: { word: 'Cancelled', icon: IconX, tone: 'idle', meaning: 'A cancellation took it away' },
  correction: { word: 'Correction', icon: IconPencilCheck, tone: 'live', meaning: 'It counts in the place of an earlier event' },
  cancellation: {
    word: 'Cancellation',
    icon: IconEraser,
    tone: 'idle',
    meaning: 'It takes an earlier event away and counts nothing itself',
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
  open: { word: 'Open', icon: IconCircleDashed, tone: 'idle', meaning: 'Its period is not over or not sealed: it still changes' },
  sealed: { word: 'Sealed', icon: IconLockCheck, tone: 'ok', meaning: 'It names exactly the events behind it and never changes' },
  adjustment: { word: 'Adjustment', icon: IconAdjustments, tone: 'warn', meaning: 'What came too late for a sealed period' },
  'credit-request': {
    word: 'Credit request',
    icon: IconReceiptRefund,
    tone: 'warn',
    meaning: 'A sealed period was billed too high: a credit memo is asked for',
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

export const eventsInWords = (count: number): string => (count === 1 ? '1 event' : `${formatCount(count)} events`);

/** `region eu · tier gold`: the group-by values of a summary. */
export const dimensionsInWords = (dimensions: Record<string, string>): string =>
  Object.entries(dimensions)
    .map(([name, value]) => `${name.replace(/^\//, '')} ${value}`)
    .join(' · ');

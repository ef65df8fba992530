import { IconCircleX, IconLock, IconLockOpen, IconSignature } from '@tabler/icons-react';
import type { Checkpoint, ControlRun, GapKind } from '../../api/reconcile.js';
import { StateMark } from '../../parts/badge.js';

export const comparedWords: Record<string, string> = {
  invoice: 'Invoices',
  'credit-memo': 'Credit memos',
  payment: 'Payments',
  usage: 'Usage',
};

/** In the order of the waterfall: what needs a person first, what the engine explains last. */
export const kindWords: Record<GapKind, string> = {
  'missing-in-erp': 'Missing in the ERP',
  'missing-in-billing': 'Missing in billing',
  'missing-in-ledger': 'Missing in the ledger',
  amount: 'Amount differs',
  tax: 'Tax differs',
  date: 'Date differs',
  currency: 'Currency differs',
  quantity: 'Quantity differs',
  duplicate: 'Twice in the ERP',
  'counted-twice': 'Counted twice in billing',
  voided: 'Voided in the ERP',
  'not-voided': 'Not voided in the ERP',
  timing: 'Timing',
  'left-out': 'Left out by a rule',
  'taken-back': 'Taken back otherwise',
  rounding: 'Within tolerance',
};
/** A run of usage compares quantities of meters; any other compares documents. Known when it has ended. */
export const isOfUsage = (run: Pick<ControlRun, 'ledgerCutOff'>): boolean => run.ledgerCutOff !== null;

export const kindOrder = Object.keys(kindWords) as GapKind[];

const checkpointLooks = {
  prepared: { word: 'Prepared', icon: IconSignature, tone: 'live' },
  locked: { word: 'Locked', icon: IconLock, tone: 'ok' },
  reopened: { word: 'Reopened', icon: IconLockOpen, tone: 'warn' },
  void: { word: 'Void', icon: IconCircleX, tone: 'idle' },
} as const;

export function CheckpointMark({ state }: { state: Checkpoint['state'] }) {
  const { word, icon, tone } = checkpointLooks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

import { IconCircleX, IconLock, IconLockOpen, IconSignature } from '@tabler/icons-react';
import type { Checkpoint, ControlRun, GapKind } from '../../api/reconcile.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';

export const comparedWords: Record<string, string> = {
  invoice: t('Invoices'),
  'credit-memo': t('Credit memos'),
  payment: t('Payments'),
  usage: t('Usage'),
};

/** In the order of the waterfall: what needs a person first, what the engine explains last. */
export const kindWords: Record<GapKind, string> = {
  'missing-in-erp': t('Missing in the ERP'),
  'missing-in-billing': t('Missing in billing'),
  'missing-in-ledger': t('Missing in the ledger'),
  amount: t('Amount differs'),
  tax: t('Tax differs'),
  date: t('Date differs'),
  currency: t('Currency differs'),
  quantity: t('Quantity differs'),
  duplicate: t('Twice in the ERP'),
  'counted-twice': t('Counted twice in billing'),
  voided: t('Voided in the ERP'),
  'not-voided': t('Not voided in the ERP'),
  timing: t('Timing'),
  'left-out': t('Left out by a rule'),
  'taken-back': t('Taken back otherwise'),
  rounding: t('Within tolerance'),
};
/** A run of usage compares quantities of meters; any other compares documents. Known when it has ended. */
export const isOfUsage = (run: Pick<ControlRun, 'ledgerCutOff'>): boolean => run.ledgerCutOff !== null;

export const kindOrder = Object.keys(kindWords) as GapKind[];

const checkpointLooks = {
  prepared: { word: t('Prepared'), icon: IconSignature, tone: 'live' },
  locked: { word: t('Locked'), icon: IconLock, tone: 'ok' },
  reopened: { word: t('Reopened'), icon: IconLockOpen, tone: 'warn' },
  void: { word: t('Void'), icon: IconCircleX, tone: 'idle' },
} as const;

export function CheckpointMark({ state }: { state: Checkpoint['state'] }) {
  const { word, icon, tone } = checkpointLooks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

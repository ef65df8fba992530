import type { TraceKind } from '../../api/operate.js';
import { t } from '../../language/index.js';

const forms: readonly [RegExp, TraceKind][] = [
  [/^ue_[1-9][0-9]{0,18}$/, 'usage-event'],
  [/^usm_[0-9a-z]{26}$/, 'usage-summary'],
  [/^can_[0-9a-z]{26}$/, 'document'],
  [/^msg_[0-9a-z]{26}$/, 'message'],
];

/** What an id is, by its form; anything else is a number that people read. */
export const kindOf = (id: string): TraceKind => forms.find(([form]) => form.test(id))?.[1] ?? 'number';

/** The stages of the trip, in order: what stands in each. */
export const stages = [
  t('Usage events'),
  t('Summaries'),
  t('Billed usage'),
  t('Documents'),
  t('Payments and credits'),
  t('In their targets'),
  t('In the journal'),
] as const;

export function stageOf(node: { kind: string; of: string }): (typeof stages)[number] {
  switch (node.kind) {
    case 'usage-event':
      return t('Usage events');
    case 'usage-summary':
      return t('Summaries');
    case 'usage':
      return t('Billed usage');
    case 'delivery':
      return t('In their targets');
    case 'entry':
    case 'entry-lines':
      return t('In the journal');
    default:
      return node.of === 'payment' || node.of === 'credit-memo' ? t('Payments and credits') : t('Documents');
  }
}

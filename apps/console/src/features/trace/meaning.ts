import type { TraceKind } from '../../api/operate.js';

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
  'Usage events',
  'Summaries',
  'Billed usage',
  'Documents',
  'Payments and credits',
  'In their targets',
  'In the journal',
] as const;

export function stageOf(node: { kind: string; of: string }): (typeof stages)[number] {
  switch (node.kind) {
    case 'usage-event':
      return 'Usage events';
    case 'usage-summary':
      return 'Summaries';
    case 'usage':
      return 'Billed usage';
    case 'delivery':
      return 'In their targets';
    case 'entry':
    case 'entry-lines':
      return 'In the journal';
    default:
      return node.of === 'payment' || node.of === 'credit-memo' ? 'Payments and credits' : 'Documents';
  }
}

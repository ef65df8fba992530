import {
  assignException,
  assignSelection,
  resolveException,
  resolveSelection,
  snoozeException,
  snoozeSelection,
  type Acted,
  type ExceptionItem,
  type Frozen,
} from '../../api/operate.js';
import { counted, t } from '../../language/index.js';

export type Act = 'assign' | 'snooze' | 'resolve' | 'replay';
/** One exception, or what the engine froze. */
export type Target = { one: ExceptionItem } | { frozen: Frozen };

/** What an act answers: for one exception it was done, or it would have thrown. */
export type Outcome = Pick<Acted, 'done' | 'refused'>;
const one = async (call: Promise<ExceptionItem>): Promise<Outcome> => (await call, { done: 1, refused: [] });

export const assign = (target: Target, to: string | null): Promise<Outcome> =>
  'one' in target ? one(assignException(target.one.id, to)) : assignSelection(target.frozen.id, to);
export const snooze = (target: Target, until: string | null, reason: string): Promise<Outcome> =>
  'one' in target ? one(snoozeException(target.one.id, until, reason)) : snoozeSelection(target.frozen.id, until, reason);
export const resolve = (target: Target, reason: string): Promise<Outcome> =>
  'one' in target ? one(resolveException(target.one.id, reason)) : resolveSelection(target.frozen.id, reason);

const outcomes = {
  assigned: (count: number) => counted(count, '{{count}} exception assigned', '{{count}} exceptions assigned'),
  snoozed: (count: number) => counted(count, '{{count}} exception snoozed', '{{count}} exceptions snoozed'),
  resolved: (count: number) => counted(count, '{{count}} exception resolved', '{{count}} exceptions resolved'),
};
export type Done = keyof typeof outcomes;

/** `3 exceptions snoozed; 1 refused: …`, in the word of the button. */
export function outcomeWords(done: Done, { done: count, refused }: Outcome): string {
  const first = refused[0];
  const words = outcomes[done](count);
  return first ? t('{{words}}; {{count}} refused: {{reason}}', { words, count: refused.length, reason: first.reason }) : words;
}

/** When an exception can come back, from now. Mornings are at nine by this browser's clock. */
export function snoozeChoices(now: Date): { label: string; until: Date }[] {
  const morning = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, 9);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { label: t('Four hours'), until: new Date(now.getTime() + 4 * 3_600_000) },
    { label: t('Tomorrow morning'), until: morning(1) },
    { label: t('Monday morning'), until: morning(toMonday) },
    { label: t('A week'), until: morning(7) },
  ];
}

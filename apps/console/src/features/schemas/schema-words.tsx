import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconFilePlus, IconPlus } from '@tabler/icons-react';
import type { SchemaMark } from '../../api/build.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';

/** What a schema is of; `event` are types of usage events. */
export const kindWords = { canonical: 'Canonical type', source: 'Source', operation: 'Operation', event: 'Usage event type' } as const;
export type Kind = keyof typeof kindWords;
export const isKind = (word: string | undefined): word is Kind => word !== undefined && Object.hasOwn(kindWords, word);

/** A field as a path: `lines.amount`. */
export const pathWords = (path: readonly string[]): string => path.join('.');
export const counted = (n: number, one: string, many = `${one}s`): string => `${formatCount(n)} ${n === 1 ? one : many}`;
/** `97 %`; never 100 where one is missing, never 0 where one is there. */
export function share(filled: number, of: number): string {
  if (of === 0) return '–';
  const percent = Math.round((filled * 100) / of);
  return `${filled < of ? Math.min(99, filled > 0 ? Math.max(1, percent) : 0) : 100} %`;
}

/** The gravest thing that the newest payloads say against a schema. */
export function DriftMark({
  mark,
  written = true,
}: {
  mark: Pick<SchemaMark, 'payloads' | 'unknown' | 'unseen' | 'otherTypes'> | undefined;
  written?: boolean;
}) {
  if (!written)
    return (
      <StateMark icon={IconFilePlus} tone="warn" title="Events of this type come in, and no schema says what they look like">
        No schema
      </StateMark>
    );
  if (!mark || mark.payloads === 0)
    return (
      <StateMark icon={IconCircleDashed} tone="idle">
        No payloads
      </StateMark>
    );
  const title = `Of ${counted(mark.payloads, 'payload')}: ${counted(mark.otherTypes, 'field')} of another type, ${counted(mark.unknown, 'field')} not in the schema, ${counted(mark.unseen, 'field')} never filled`;
  if (mark.otherTypes > 0)
    return (
      <StateMark icon={IconAlertTriangle} tone="warn" title={title}>
        {formatCount(mark.otherTypes)} of another type
      </StateMark>
    );
  if (mark.unknown > 0)
    return (
      <StateMark icon={IconPlus} tone="live" title={title}>
        {counted(mark.unknown, 'more field')}
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok" title={title}>
      None
    </StateMark>
  );
}

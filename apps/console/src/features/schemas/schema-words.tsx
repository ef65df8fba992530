import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconFilePlus, IconPlus } from '@tabler/icons-react';
import type { SchemaMark } from '../../api/build.js';
import { counted, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';

/** What a schema is of; `event` are types of usage events. */
export const kindWords = {
  canonical: t('Canonical type'),
  source: t('Source'),
  operation: t('Operation'),
  event: t('Usage event type'),
} as const;
export type Kind = keyof typeof kindWords;
export const isKind = (word: string | undefined): word is Kind => word !== undefined && Object.hasOwn(kindWords, word);

/** A field as a path: `lines.amount`. */
export const pathWords = (path: readonly string[]): string => path.join('.');
export const fieldsInWords = (n: number): string => counted(n, '{{count}} field', '{{count}} fields');
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
      <StateMark icon={IconFilePlus} tone="warn" title={t('Events of this type come in, and no schema says what they look like')}>
        {t('No schema')}
      </StateMark>
    );
  if (!mark || mark.payloads === 0)
    return (
      <StateMark icon={IconCircleDashed} tone="idle">
        {t('No payloads')}
      </StateMark>
    );
  const title = t('Of {{payloads}}: {{otherTypes}} of another type, {{unknown}} not in the schema, {{unseen}} never filled', {
    payloads: counted(mark.payloads, '{{count}} payload', '{{count}} payloads'),
    otherTypes: fieldsInWords(mark.otherTypes),
    unknown: fieldsInWords(mark.unknown),
    unseen: fieldsInWords(mark.unseen),
  });
  if (mark.otherTypes > 0)
    return (
      <StateMark icon={IconAlertTriangle} tone="warn" title={title}>
        {t('{{otherTypes}} of another type', { otherTypes: formatCount(mark.otherTypes) })}
      </StateMark>
    );
  if (mark.unknown > 0)
    return (
      <StateMark icon={IconPlus} tone="live" title={title}>
        {counted(mark.unknown, '{{count}} more field', '{{count}} more fields')}
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok" title={title}>
      {t('None')}
    </StateMark>
  );
}

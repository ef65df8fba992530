import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Compatibility } from '../../api/build.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Section } from '../../parts/page.js';
import { FirstUse } from '../../parts/situations.js';
import type { Tone } from '../../parts/tone.js';

export interface Version {
  version: number;
  /** Who saved it, and when. */
  about: ReactNode;
  compatibility: Compatibility | null;
}

type Difference = Compatibility['differences'][number];

const verdictWords: Record<Compatibility['verdict'], { word: string; meaning: string; tone: Tone }> = {
  full: { word: t('Fully compatible'), meaning: t('What fitted before still fits, and who reads by the version before can still read.'), tone: 'ok' },
  backward: { word: t('Backward compatible'), meaning: t('What fitted before still fits. Who reads by the version before may meet what it does not know.'), tone: 'warn' },
  forward: { word: t('Forward compatible'), meaning: t('Who reads by the version before can still read. What fitted before may be refused.'), tone: 'warn' },
  none: { word: t('Not compatible'), meaning: t('What fitted before may be refused, and who reads by the version before may meet what it does not know.'), tone: 'bad' },
}; // prettier-ignore
const breaksWords = { senders: t('Breaks who sends'), readers: t('Breaks who reads'), both: t('Breaks both') } as const;

const columns: Column<Difference>[] = [
  { id: 'path', header: t('Field'), cell: ({ path }) => <code>{path === '' ? t('the whole') : path}</code> },
  {
    id: 'breaks',
    header: t('Effect'),
    cell: ({ breaks }) =>
      breaks === null ? (
        <StateMark icon={IconCircleCheck} tone="ok">
          {t('Harmless')}
        </StateMark>
      ) : (
        <StateMark icon={IconAlertTriangle} tone="bad">
          {breaksWords[breaks]}
        </StateMark>
      ),
  },
  { id: 'detail', header: t('Difference'), grow: true, cell: ({ detail }) => <span style={{ whiteSpace: 'normal' }}>{detail}</span> },
];

/** Each version beside the one before it. */
export function VersionPanel({ versions }: { versions: readonly Version[] }) {
  if (versions.length === 0) return <FirstUse title={t('No versions')}>{t('The connector that it comes with has one of it.')}</FirstUse>;
  return versions.map(({ version, about, compatibility }) => (
    <Section key={version} title={t('Version {{version}}', { version })} aside={about}>
      {compatibility === null ? (
        <Text size="sm" c="dimmed">
          {t('There is none before it here.')}
        </Text>
      ) : (
        <Beside compatibility={compatibility} version={version} />
      )}
    </Section>
  ));
}

/** A version beside the one before it: the verdict, and each difference. */
export function Beside({ compatibility: { verdict, differences, more }, version }: { compatibility: Compatibility; version: number }) {
  const { word, meaning, tone } = verdictWords[verdict];
  return (
    <>
      <p style={{ margin: '0 0 8px' }}>
        <StateMark icon={tone === 'ok' ? IconCircleCheck : IconAlertTriangle} tone={tone}>
          {word}
        </StateMark>{' '}
        {meaning}
      </p>
      {differences.length > 0 ? (
        <DataTable
          label={t('Differences of version {{version}}', { version })}
          columns={columns}
          rows={differences}
          rowId={(one) => JSON.stringify([one.path, one.detail])}
        />
      ) : null}
      {more ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('There are more differences.')}
        </Text>
      ) : null}
    </>
  );
}

import { IconBan, IconCircleCheck, IconHandStop, IconPencil } from '@tabler/icons-react';
import type { TableDraftItem } from '../../api/build.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';

const looks = {
  open: { word: t('Open'), icon: IconPencil, tone: 'live' },
  submitted: { word: t('Waits for approval'), icon: IconHandStop, tone: 'warn' },
  published: { word: t('Published'), icon: IconCircleCheck, tone: 'ok' },
  withdrawn: { word: t('Withdrawn'), icon: IconBan, tone: 'idle' },
} as const;

export function DraftMark({ state }: { state: TableDraftItem['state'] }) {
  const { word, icon, tone } = looks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

export const originWords: Record<TableDraftItem['origin'], string> = {
  hand: t('by hand'),
  csv: t('from a CSV file'),
  exception: t('for an exception'),
};

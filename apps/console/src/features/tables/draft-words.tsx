import { IconBan, IconCircleCheck, IconHandStop, IconPencil } from '@tabler/icons-react';
import type { TableDraftItem } from '../../api/build.js';
import { StateMark } from '../../parts/badge.js';

const looks = {
  open: { word: 'Open', icon: IconPencil, tone: 'live' },
  submitted: { word: 'Waits for approval', icon: IconHandStop, tone: 'warn' },
  published: { word: 'Published', icon: IconCircleCheck, tone: 'ok' },
  withdrawn: { word: 'Withdrawn', icon: IconBan, tone: 'idle' },
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
  hand: 'by hand',
  csv: 'from a CSV file',
  exception: 'for an exception',
};

import { IconBan, IconCircleCheck, IconEraser, IconHandStop, IconSearch } from '@tabler/icons-react';
import type { Erasure } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';

const marks = {
  counting: { icon: IconSearch, tone: 'live', word: t('Looking for it') },
  open: { icon: IconHandStop, tone: 'warn', word: t('To be confirmed') },
  erasing: { icon: IconEraser, tone: 'live', word: t('Erasing') },
  done: { icon: IconCircleCheck, tone: 'ok', word: t('Erased') },
  withdrawn: { icon: IconBan, tone: 'idle', word: t('Withdrawn') },
} as const;

export function ErasureMark({ erasure }: { erasure: Erasure }) {
  const { icon, tone, word } = marks[erasure.state as keyof typeof marks];
  const waits = erasure.state === 'erasing' && erasure.waitsFor.length > 0;
  return (
    <StateMark icon={icon} tone={waits ? 'warn' : tone} title={waits ? t('Documents of the customer are still on their way') : undefined}>
      {waits ? t('Waits') : word}
    </StateMark>
  );
}

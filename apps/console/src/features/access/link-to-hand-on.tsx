import { Button, Group, Stack } from '@mantine/core';
import type { HandedOut } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { ShownOnce } from '../../parts/shown-once.js';

/** Without a mail server the administrator is the post. */
export function LinkToHandOn({ handed, name, onClose }: { handed: HandedOut; name: string; onClose: () => void }) {
  return (
    <Stack>
      <ShownOnce value={handed.link ?? ''} what={t('link')}>
        {t('This installation sends no mail. Give this link to {{name}} yourself, by a way that others do not read. It is shown once.', {
          name,
        })}
      </ShownOnce>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('I have copied it')}</Button>
      </Group>
    </Stack>
  );
}

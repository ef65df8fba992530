import { Alert, Group, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../language/index.js';
import { Copy } from './id.js';
import classes from './parts.module.css';

/** A value that is never shown again: a key, a link, recovery codes. */
export function ShownOnce({ value, what, children }: { value: string; what: string; children?: ReactNode }) {
  return (
    <Stack gap="sm">
      <Alert color="yellow" icon={<IconKey size={18} />} title={t('Copy it now')}>
        {children ?? t('This is the only time that it is shown.')}
      </Alert>
      <Group wrap="nowrap" gap={6} align="flex-start" className={classes.once}>
        <span style={{ flex: 1 }} data-shown-once>
          {value}
        </span>
        <Copy value={value} label={t('Copy {{what}}', { what })} />
      </Group>
    </Stack>
  );
}

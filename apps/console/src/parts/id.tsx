import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../language/index.js';
import classes from './parts.module.css';

export function Copy({ value, label, tabIndex }: { value: string; label: string; tabIndex?: number }) {
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('Copied') : label}>
          <ActionIcon variant="subtle" color="gray" size={24} onClick={copy} aria-label={copied ? t('Copied') : label} tabIndex={tabIndex}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** An identifier that can be copied; cut in the middle of nowhere only by the eye, never in the copy. */
export function CopyId({ value, label = t('Copy') }: { value: string; label?: string }) {
  return (
    <span className={classes.id}>
      <span className={classes.idText} title={value}>
        {value}
      </span>
      <Copy value={value} label={label} />
    </span>
  );
}

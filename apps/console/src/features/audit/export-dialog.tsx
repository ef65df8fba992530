import { Button, Code, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { auditCountQuery, auditExportAddress, auditStatusQuery, type AuditFilter, type ExportFormat } from '../../api/govern.js';
import { counted, listed, rich, t } from '../../language/index.js';
import { Copy } from '../../parts/id.js';
import { done } from '../../parts/notice.js';
import { ProblemText } from '../../parts/situations.js';
import classes from './audit.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  filter: AuditFilter;
  /** The filter in words; empty for the whole log. */
  words: string[];
}

export function ExportDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('Export the audit log')} size="lg" centered>
      {props.opened ? <Choice {...props} /> : null}
    </Modal>
  );
}

/** What will be in the file, in which form, and how to check it. */
function Choice({ filter, words, onClose }: Props) {
  const [format, setFormat] = useState<ExportFormat>('jsonl');
  const count = useQuery(auditCountQuery(filter));
  const key = useQuery(auditStatusQuery).data?.publicKey;
  const part = Boolean(filter.actor || filter.action || filter.object);
  const command = `waybill verify-audit FILE.jsonl --key ${key ?? 'KEY'} --seals audit-seals.jsonl`;
  const entries = <strong>{counted(count.data?.count ?? 0, '{{count}} entry', '{{count}} entries')}</strong>;
  return (
    <Stack>
      <Text size="sm">
        {count.data ? (
          <>
            {words.length === 0
              ? rich('{{entries}}, the whole log, with what was before and after each change.', { entries })
              : rich('{{entries}}, filtered by {{words}}, with what was before and after each change.', { entries, words: listed(words) })}
          </>
        ) : count.isError ? null : (
          t('Counting …')
        )}
      </Text>
      {count.isError ? <ProblemText error={count.error} /> : null}
      <Text size="sm" c="dimmed">
        {part
          ? t(
              'A part chosen by actor, action or object shows that each entry is in the log, not that none was left out. Filter by time alone for that.',
            )
          : t(
              'Whole seals are exported, so that the file shows that nothing is missing; at the ends of a time there may be entries from just outside it.',
            )}
      </Text>
      <Radio.Group label={t('Form')} value={format} onChange={(value) => setFormat(value as ExportFormat)}>
        <Stack gap={8} mt={6}>
          <Radio
            value="jsonl"
            label={t('JSON Lines, to verify')}
            description={t('Each entry with its proof, the seals, and a signed manifest as the last line')}
          />
          <Radio
            value="csv"
            label={t('CSV, to read')}
            description={t('For a spreadsheet. Its signed manifest is at /v1/audit/exports/ID/manifest; the ID is in the name of the file')}
          />
        </Stack>
      </Radio.Group>
      {format === 'jsonl' ? (
        <div>
          <Text size="sm" mb={4}>
            {t('Check it on any machine with Waybill, without this engine:')}
          </Text>
          <div className={classes.command}>
            <Code block tabIndex={0}>
              {command}
            </Code>
            <Copy value={command} label={t('Copy the command')} />
          </div>
        </div>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('The export is an entry of the audit log itself, with your name and this filter.')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button
          component="a"
          href={auditExportAddress(filter, format)}
          download
          leftSection={<IconDownload size={16} />}
          onClick={() => {
            done(t('Exporting'), t('The browser saves the file as it comes.'));
            onClose();
          }}
        >
          {t('Export')}
        </Button>
      </Group>
    </Stack>
  );
}

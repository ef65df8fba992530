import { Button, Menu } from '@mantine/core';
import { IconBraces, IconDownload, IconTable } from '@tabler/icons-react';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';

/** What the list shows, all pages of it, as a file. The browser saves it as it comes. */
export function ExportFile({ address }: { address: (format: 'csv' | 'jsonl') => string }) {
  const began = () => done(t('Exporting'), t('The browser saves the file as it comes. The audit log says who exported what.'));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}>
          {t('Export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address('csv')} download leftSection={<IconTable size={14} />} onClick={began}>
          {t('CSV, for a spreadsheet')}
        </Menu.Item>
        <Menu.Item component="a" href={address('jsonl')} download leftSection={<IconBraces size={14} />} onClick={began}>
          {t('JSON Lines, for a program')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

import { Alert, Button, Group, Modal, Select, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { metersQuery, sealPeriod, usageKey, type SealPreview } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';
import { eventsInWords } from './usage-words.js';

/** Last month, in UTC, as a period is written. */
const lastMonth = (now: Date): string => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);

/** Asks which period, shows what a seal would fix, then seals. A seal is never taken back: what comes later is an adjustment. */
export function SealPeriod() {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('Seal a period…')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('Seal a period')} size="lg">
        {opened ? <Asked onClose={close} /> : null}
      </Modal>
    </>
  );
}

function Asked({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const meters = useQuery(metersQuery);
  const [period, setPeriod] = useState(() => lastMonth(new Date()));
  const [meter, setMeter] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const wanted = { ...(meter ? { meter } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) };
  const preview = useMutation({ mutationFn: () => sealPeriod(period, { ...wanted, dryRun: true }) });
  const seal = useMutation({
    mutationFn: () => sealPeriod(period, wanted),
    onSuccess: ({ items }) => {
      const summaries = items.reduce((sum, item) => sum + item.summaries, 0);
      done(
        t('Sealed'),
        t('{{summaries}} summaries of {{period}} are fixed and go to billing.', { summaries: formatCount(summaries), period }),
      );
      for (const key of [usageKey, 'messages', 'overview', 'audit']) void queries.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      preview.reset();
      seal.reset();
    };
  const valid = /^\d{4}-\d{2}(-\d{2})?$/.test(period);
  return (
    <Stack>
      <Group grow align="flex-start">
        <TextInput
          label={t('Period')}
          description={t('A month, 2026-10, or a day, 2026-10-03')}
          value={period}
          onChange={(event) => change(setPeriod)(event.currentTarget.value.trim())}
          error={valid ? undefined : t('Year and month, or a day')}
        />
        <Select
          label={t('Meter')}
          description={t('All that bill by such a period, if none is chosen')}
          placeholder={t('All')}
          clearable
          data={(meters.data?.items ?? []).map(({ name }) => name)}
          value={meter}
          onChange={change(setMeter)}
        />
      </Group>
      <Refused error={preview.error} title={t('Could not show what would be sealed')} />
      {preview.data ? (
        <>
          <Items items={preview.data.items} />
          <Textarea
            label={t('Reason')}
            description={t('Kept with the seal')}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Refused error={seal.error} title={t('Could not seal the period')} />
        </>
      ) : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Keep it open')}
        </Button>
        {preview.data && preview.data.items.length > 0 ? (
          <Button loading={seal.isPending} onClick={() => seal.mutate()}>
            {t('Seal {{period}}', { period })}
          </Button>
        ) : (
          <Button disabled={!valid} loading={preview.isPending} onClick={() => preview.mutate()}>
            {t('Show what would be sealed')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Items({ items }: { items: readonly SealPreview[] }) {
  if (items.length === 0) return <Text size="sm">{t('There is nothing to seal in this period.')}</Text>;
  const left = items.reduce((sum, item) => sum + item.unattributed, 0);
  return (
    <>
      <Table aria-label={t('What would be sealed')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('Meter')}</Table.Th>
            <Table.Th ta="right">{t('Summaries')}</Table.Th>
            <Table.Th ta="right">{t('Adjustments')}</Table.Th>
            <Table.Th ta="right">{t('Unattributed')}</Table.Th>
            <Table.Th ta="right">{t('Unreadable')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.meter}>
              <Table.Td>{t('{{meter}}, version {{meterVersion}}', { meter: item.meter, meterVersion: item.meterVersion })}</Table.Td>
              <Table.Td ta="right">{formatCount(item.summaries)}</Table.Td>
              <Table.Td ta="right">{formatCount(item.adjustments.length)}</Table.Td>
              <Table.Td ta="right">{formatCount(item.unattributed)}</Table.Td>
              <Table.Td ta="right">{formatCount(item.unreadable)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {left > 0 ? (
        <Alert
          color="yellow"
          title={t('{{eventsInWords}} of this period belong to nobody who is known', { eventsInWords: eventsInWords(left) })}
        >
          {t(
            'They are not in the seal. Name their customer in the table usage-accounts before, or they become an adjustment of a later period.',
          )}
        </Alert>
      ) : null}
      <Text size="sm" c="dimmed">
        {t('A seal is not taken back: what comes later for this period is an adjustment.')}
      </Text>
    </>
  );
}

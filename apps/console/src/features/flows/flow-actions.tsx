import { Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { flowQuery, pauseFlow, resumeFlow, type Flow } from '../../api/build.js';
import { startRun } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { LinkButton } from '../../parts/links.js';
import { done, failed } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';

export function FlowActions({ flow }: { flow: Flow }) {
  const can = useCan();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'turn' | 'backfill'>();
  const [days, setDays] = useState({ since: '', until: '' });
  const paused = flow.state === 'paused';
  const turn = useMutation({
    mutationFn: () => (paused ? resumeFlow(flow.name) : pauseFlow(flow.name)),
    onSuccess: (next) => {
      queries.setQueryData(flowQuery(flow.name).queryKey, { ...flow, ...next });
      for (const key of ['flows', 'overview']) void queries.invalidateQueries({ queryKey: [key] });
      done(paused ? t('Flow resumed') : t('Flow paused'));
      setAsking(undefined);
    },
  });
  const run = useMutation({
    mutationFn: (body: { kind: 'poll' | 'backfill'; since?: string; until?: string }) => startRun(flow.name, body),
    onSuccess: (started, { kind }) => {
      done(kind === 'poll' ? t('Polling now') : t('Backfill started'));
      void queries.invalidateQueries({ queryKey: ['runs'] });
      void navigate({ to: '/runs/$id', params: { id: started.id }, search: {} });
    },
    onError: (error, { kind }) => {
      if (kind === 'poll') failed(t('Could not poll now'), error);
    },
  });
  const fromHub = Boolean(flow.source.canonical);
  return (
    <>
      <LinkButton variant="default" to="/messages" search={{ flow: flow.name }}>
        {t('Messages')}
      </LinkButton>
      {can('run.start') ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} />} loading={run.isPending}>
              {t('Read source')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {fromHub ? null : <Menu.Item onClick={() => run.mutate({ kind: 'poll' })}>{t('Poll now')}</Menu.Item>}
            <Menu.Item
              onClick={() => {
                run.reset();
                setAsking('backfill');
              }}
            >
              {t('Backfill…')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {can('flow.write') ? (
        <Button variant={paused ? 'filled' : 'default'} onClick={() => setAsking('turn')}>
          {paused ? t('Resume…') : t('Pause…')}
        </Button>
      ) : null}
      <Confirm
        opened={asking === 'turn'}
        onClose={() => setAsking(undefined)}
        title={paused ? t('Resume flow') : t('Pause flow')}
        verb={paused ? t('Resume') : t('Pause')}
        pending={turn.isPending}
        error={turn.error}
        onConfirm={() => turn.mutate()}
      >
        {paused ? t('Messages that waited go on, in their order.') : t('Messages keep coming in and wait until you resume.')}
      </Confirm>
      <Modal opened={asking === 'backfill'} onClose={() => setAsking(undefined)} title={t('Backfill')} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            run.mutate({ kind: 'backfill', since: days.since || undefined, until: days.until || undefined });
          }}
        >
          <Stack>
            <Text size="sm">
              {fromHub
                ? t(
                    'What the hub holds of these days comes into this flow, in its newest version. What is already here is recognised and posts nothing twice.',
                  )
                : t('The source is read again over these days. What is already here is recognised and posts nothing twice.')}
            </Text>
            <Group grow align="flex-start">
              <TextInput
                type="date"
                label={t('First day')}
                description={t('In UTC')}
                withAsterisk
                required
                value={days.since}
                onChange={(event) => setDays({ ...days, since: event.currentTarget.value })}
              />
              <TextInput
                type="date"
                label={t('Last day')}
                description={t('In UTC; empty: until now')}
                min={days.since}
                value={days.until}
                onChange={(event) => setDays({ ...days, until: event.currentTarget.value })}
              />
            </Group>
            <Refused error={run.error} title={t('Could not start the backfill')} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(undefined)}>
                {t('Cancel')}
              </Button>
              <Button type="submit" loading={run.isPending}>
                {t('Start backfill')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}

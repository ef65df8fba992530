import { Button, Group, Modal } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  alertChannelsQuery,
  pauseAlertChannel,
  removeAlertChannel,
  resumeAlertChannel,
  testAlertChannel,
  type AlertChannel,
} from '../../api/alerts.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done, failed } from '../../parts/notice.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { ChannelMark, channelWords } from './alert-words.js';
import { ChannelForm } from './channel-form.js';

const route = getRouteApi('/app/alerts');

export function Channels() {
  const { sel } = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(alertChannelsQuery);
  const [removing, setRemoving] = useState<AlertChannel>();
  const open = (name: string | undefined) => void navigate({ to: '/alerts', search: { tab: 'channels', sel: name } });
  const again = () => void queries.invalidateQueries({ queryKey: ['alerts'] });
  const test = useMutation({
    mutationFn: (channel: AlertChannel) => testAlertChannel(channel.name),
    onSuccess: (notice) => {
      if (notice.state === 'sent') done(t('Test sent'), t('{{channel}} took it.', { channel: notice.channel }));
      else failed(t('Could not send the test'), new Error(notice.lastError ?? t('It is tried again.')));
      again();
    },
  });
  const turn = useMutation({
    mutationFn: (channel: AlertChannel) => (channel.state === 'on' ? pauseAlertChannel(channel.name) : resumeAlertChannel(channel.name)),
    onSuccess: (channel) => {
      done(channel.state === 'on' ? t('Channel resumed') : t('Channel paused'));
      again();
    },
  });
  const remove = useMutation({
    mutationFn: (channel: AlertChannel) => removeAlertChannel(channel.name),
    onSuccess: () => {
      done(t('Channel removed'));
      setRemoving(undefined);
      again();
    },
  });
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('alert channels')} onRetry={() => void query.refetch()} />;
  const channels = query.data.items;
  const chosen = channels.find(({ name }) => name === sel);
  const write = can('alert.write');
  const busy = (act: { isPending: boolean; variables: AlertChannel | undefined }, channel: AlertChannel) => act.isPending && act.variables?.name === channel.name;
  const columns: Column<AlertChannel>[] = [
    { id: 'name', header: t('Channel'), cell: ({ name }) => name },
    { id: 'kind', header: t('Kind'), room: 2, cell: ({ kind }) => channelWords[kind] },
    { id: 'about', header: t('Who reads it'), grow: true, room: 2, cell: ({ description, addresses }) => description || addresses.join(', ') },
    { id: 'state', header: t('State'), cell: (channel) => <ChannelMark channel={channel} /> },
    { id: 'at', header: t('Newest'), room: 3, cell: ({ health }) => (health.at ? <Ago at={health.at} /> : '–') },
    {
      id: 'acts',
      header: t('Actions'),
      cell: (channel) =>
        write ? (
          <Group gap={6} wrap="nowrap">
            <Button size="compact-xs" variant="default" disabled={channel.state === 'paused'} loading={busy(test, channel)} onClick={() => test.mutate(channel)} aria-label={t('Send a test to {{name}}', { name: channel.name })}>
              {t('Send test')}
            </Button>
            <Button size="compact-xs" variant="default" loading={busy(turn, channel)} onClick={() => turn.mutate(channel)} aria-label={`${channel.state === 'on' ? t('Pause') : t('Resume')} ${channel.name}`}>
              {channel.state === 'on' ? t('Pause') : t('Resume')}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => setRemoving(channel)} aria-label={t('Remove {{name}}', { name: channel.name })}>
              {t('Remove…')}
            </Button>
          </Group>
        ) : null,
    },
  ];
  const make = write ? (
    <Button size="xs" onClick={() => open('new')}>
      {t('Make channel')}
    </Button>
  ) : null;
  return (
    <>
      <Refused error={test.error} title={t('Could not send the test')} />
      <Refused error={turn.error} title={turn.variables?.state === 'on' ? t('Could not pause the channel') : t('Could not resume the channel')} />
      {channels.length === 0 ? (
        <FirstUse icon={IconSend2} title={t('No channels')} action={make}>
          {t('A channel is where alerts go: e-mail addresses, an incoming webhook of a chat, or a signed webhook of your own.')}
        </FirstUse>
      ) : (
        <>
          <Group justify="flex-end" mb="sm">
            {make}
          </Group>
          <DataTable label={t('Alert channels')} columns={columns} rows={channels} rowId={({ name }) => name} onOpen={({ name }) => open(name)} openId={chosen?.name} />
        </>
      )}
      <Modal
        opened={write && (sel === 'new' || chosen !== undefined)}
        onClose={() => open(undefined)}
        title={chosen ? t('Channel {{name}}', { name: chosen.name }) : t('Make channel')}
        centered
      >
        <ChannelForm key={chosen?.name ?? 'new'} channel={chosen} onClose={() => open(undefined)} />
      </Modal>
      <Confirm
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={t('Remove channel')}
        verb={t('Remove')}
        danger
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => removing && remove.mutate(removing)}
      >
        {rich('Nothing goes to {{name}} any more, and its secrets are deleted. What was sent stays in the log.', { name: <b>{removing?.name}</b> })}
      </Confirm>
    </>
  );
} // prettier-ignore

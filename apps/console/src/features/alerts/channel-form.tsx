import { Button, Group, PasswordInput, Select, Stack, TagsInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { saveAlertChannel, type AlertChannel } from '../../api/alerts.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';
import { formatInstant } from '../../parts/time.js';
import { useZone } from '../../parts/zone.js';
import { channelWords } from './alert-words.js';

const wellNamed = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export function ChannelForm({ channel, onClose }: { channel: AlertChannel | undefined; onClose: () => void }) {
  const queries = useQueryClient();
  const { zone } = useZone();
  const [name, setName] = useState(channel?.name ?? '');
  const [kind, setKind] = useState<AlertChannel['kind']>(channel?.kind ?? 'email');
  const [description, setDescription] = useState(channel?.description ?? '');
  const [addresses, setAddresses] = useState<string[]>(channel?.addresses ?? []);
  const [url, setUrl] = useState('');
  const [secret, setSecret] = useState('');
  const kept = (field: string) => channel?.secrets[field];
  const keeps = (field: string) => {
    const since = kept(field);
    return since ? t('Set {{since}}; empty keeps it', { since: formatInstant(since, zone, { seconds: false }) }) : undefined;
  };
  const save = useMutation({
    mutationFn: () =>
      saveAlertChannel(name, {
        kind,
        description: description.trim(),
        ...(kind === 'email' ? { addresses } : {}),
        ...(url ? { url } : {}),
        ...(secret ? { secret } : {}),
      }),
    onSuccess: () => {
      done(t('Channel saved'), t('Send a test to see whether it arrives.'));
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      onClose();
    },
  });
  const ready =
    wellNamed.test(name) &&
    (kind === 'email' ? addresses.length > 0 : url !== '' || kept('url')) &&
    (kind !== 'webhook' || secret.length >= 16 || (secret === '' && kept('secret')));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) save.mutate();
      }}
    >
      <Stack>
        <Refused error={save.error} title={t('Could not save the channel')} />
        {channel ? null : (
          <>
            <TextInput
              label={t('Name')}
              withAsterisk
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={name !== '' && !wellNamed.test(name) ? t('Small letters, digits and dashes, such as finance-desk') : undefined}
            />
            <Select
              label={t('Kind')}
              allowDeselect={false}
              data={Object.entries(channelWords).map(([value, label]) => ({ value, label }))}
              value={kind}
              onChange={(next) => setKind((next ?? 'email') as AlertChannel['kind'])}
            />
          </>
        )}
        <TextInput
          label={t('Who reads it')}
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        {kind === 'email' ? (
          <TagsInput
            label={t('Addresses')}
            description={t('Enter after each')}
            withAsterisk
            maxTags={20}
            value={addresses}
            onChange={setAddresses}
          />
        ) : (
          <PasswordInput
            label={kind === 'slack' ? t('Address of the incoming webhook') : t('Address')}
            description={keeps('url')}
            withAsterisk={!kept('url')}
            autoComplete="off"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
        )}
        {kind === 'webhook' ? (
          <PasswordInput
            label={t('Signing secret')}
            description={keeps('secret') ?? t('At least 16 characters; requests are signed by Standard Webhooks')}
            withAsterisk={!kept('secret')}
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {t('Save channel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rotateApiKey, type ApiKey } from '../../api/govern.js';
import { rich, t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { Refused } from '../../parts/situations.js';
import { endOfDay } from './create-key.js';

const overlaps = [
  { value: '1', label: t('One hour') },
  { value: '24', label: t('One day') },
  { value: '168', label: t('One week') },
  { value: '720', label: t('Thirty days') },
];

/** A successor with the same rights; the old key goes on for a while, so that nothing stands still in between. */
export function RotateKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queries = useQueryClient();
  const [hours, setHours] = useState('24');
  const [until, setUntil] = useState('');
  const rotate = useMutation({
    mutationFn: () =>
      rotateApiKey(apiKey.id, { oldUntil: new Date(Date.now() + Number(hours) * 3_600_000).toISOString(), expiresAt: endOfDay(until) }),
    onSuccess: () => {
      done(t('Key rotated'), t('The old key goes on until the time you chose.'));
      void queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  if (rotate.data)
    return (
      <Stack>
        <ShownOnce value={rotate.data.value} what={t('key')}>
          {rich('Give this to the program that uses {{name}}. It is the only time that the value is shown.', {
            name: <b>{apiKey.name}</b>,
          })}
        </ShownOnce>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('I have copied it')}</Button>
        </Group>
      </Stack>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate();
      }}
    >
      <Stack>
        <Text size="sm">{rich('{{name}} gets a successor that may do the same.', { name: <b>{apiKey.name}</b> })}</Text>
        <Refused error={rotate.error} title={t('Could not rotate the key')} />
        <Select
          label={t('The old key goes on for')}
          description={t('So long there is time to put the new one in its place')}
          data={overlaps}
          allowDeselect={false}
          value={hours}
          onChange={(value) => setHours(value ?? '24')}
        />
        <TextInput
          type="date"
          label={t('The new key is valid until')}
          description={t('Empty: until it is revoked')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={rotate.isPending}>
            {t('Rotate key')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

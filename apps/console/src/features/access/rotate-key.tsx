import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { rotateApiKey, type ApiKey } from '../../api/govern.js';
import { done } from '../../parts/notice.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { Refused } from '../../parts/situations.js';
import { endOfDay } from './create-key.js';

const overlaps = [
  { value: '1', label: 'One hour' },
  { value: '24', label: 'One day' },
  { value: '168', label: 'One week' },
  { value: '720', label: 'Thirty days' },
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
      done('Key rotated', 'The old key goes on until the time you chose.');
      void queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  if (rotate.data)
    return (
      <Stack>
        <ShownOnce value={rotate.data.value} what="key">
          Give this to the program that uses <b>{apiKey.name}</b>. It is the only time that the value is shown.
        </ShownOnce>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
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
        <Text size="sm">
          <b>{apiKey.name}</b> gets a successor that may do the same.
        </Text>
        <Refused error={rotate.error} title="Could not rotate the key" />
        <Select
          label="The old key goes on for"
          description="So long there is time to put the new one in its place"
          data={overlaps}
          allowDeselect={false}
          value={hours}
          onChange={(value) => setHours(value ?? '24')}
        />
        <TextInput
          type="date"
          label="The new key is valid until"
          description="Empty: until it is revoked"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={rotate.isPending}>
            Rotate key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

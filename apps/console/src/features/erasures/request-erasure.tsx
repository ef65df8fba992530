import { Alert, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { connectionsQuery } from '../../api/build.js';
import { requestErasure } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Refused } from '../../parts/situations.js';

export function RequestErasure(props: { opened: boolean; onClose: () => void; onAsked: (id: string) => void }) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('Ask for an erasure')} centered>
      {props.opened ? <Ask onClose={props.onClose} onAsked={props.onAsked} /> : null}
    </Modal>
  );
}

function Ask({ onClose, onAsked }: { onClose: () => void; onAsked: (id: string) => void }) {
  const queries = useQueryClient();
  const connections = useQuery(connectionsQuery);
  const [connection, setConnection] = useState<string | null>(null);
  const [customer, setCustomer] = useState('');
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: () => requestErasure({ connection: connection ?? '', customer: customer.trim(), reason: reason.trim() }),
    onSuccess: ({ id }) => {
      done(t('Erasure asked for'), t('It is looked up what there is; then somebody else confirms it.'));
      void queries.invalidateQueries({ queryKey: ['erasures'] });
      onClose();
      onAsked(id);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Stack>
        <Refused error={ask.error} title={t('Could not ask for the erasure')} />
        <Select
          label={t('Connection')}
          description={t('What brings the customer and its documents')}
          required
          withAsterisk
          searchable
          data-autofocus
          data={connections.data?.items.map(({ name }) => name) ?? []}
          value={connection}
          onChange={setConnection}
        />
        <TextInput
          label={t('Customer')}
          description={t('The id that the customer has there, for example cus_N1a2')}
          required
          withAsterisk
          minLength={2}
          maxLength={255}
          value={customer}
          onChange={(event) => setCustomer(event.currentTarget.value)}
        />
        <Textarea
          label={t('Reason')}
          description={t('Stands in the audit log for good: write nothing personal')}
          required
          withAsterisk
          minLength={3}
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Alert color="gray" title={t('Nothing is erased yet')}>
          {t(
            'You see what was found, and somebody else confirms it. Erase the customer in the source first: what it sends again comes in again.',
          )}
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending}>
            {t('Ask')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

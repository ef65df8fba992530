import { Alert, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmErasure, erasureQuery, withdrawErasure, type Erasure } from '../../api/govern.js';
import { Confirm } from '../../parts/confirm.js';
import { TextLink } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { ErasureMark } from './erasure-words.js';

export function ErasureDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={560} title="Erasure">
      {id ? <Detail key={id} id={id} /> : null}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const query = useQuery(erasureQuery(id));
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data) return <Failure error={query.error} what="the erasure" onRetry={() => void query.refetch()} />;
  return <Shown erasure={query.data} />;
}

const rows = [
  ['documents', 'Documents'],
  ['versions', 'Versions of them'],
  ['messages', 'Messages'],
  ['payloads', 'Payloads of messages'],
  ['deliveries', 'Deliveries as they came'],
  ['cases', 'Golden cases of mappings'],
] as const;

function Shown({ erasure }: { erasure: Erasure }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const again = () => void queries.invalidateQueries({ queryKey: ['erasures'] });
  const confirm = useMutation({
    mutationFn: () => confirmErasure(erasure.id),
    onSuccess: () => {
      setAsking(false);
      done('Erasure confirmed', 'It is being done.');
      again();
    },
  });
  const withdraw = useMutation({
    mutationFn: () => withdrawErasure(erasure.id),
    onSuccess: () => {
      done('Erasure withdrawn');
      again();
    },
  });
  const { state, found, erased } = erasure;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text fw={600}>
          {erasure.customer} of {erasure.sourceSystem}
        </Text>
        <ErasureMark erasure={erasure} />
      </Group>
      <Text size="sm">
        {erasure.requestedBy} asked for it <At at={erasure.requestedAt} />: {erasure.reason}
        {erasure.confirmedAt ? (
          <>
            . {erasure.confirmedBy} confirmed it <At at={erasure.confirmedAt} />
          </>
        ) : null}
        {erasure.endedAt && state === 'done' ? (
          <>
            ; done <At at={erasure.endedAt} />
          </>
        ) : null}
        .
      </Text>
      {found ? (
        <Table aria-label="What there is">
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th ta="right">Found</Table.Th>
              {erased ? <Table.Th ta="right">Erased</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(([name, word]) => (
              <Table.Tr key={name}>
                <Table.Th fw={400}>{word}</Table.Th>
                <Table.Td ta="right">{formatCount(found[name])}</Table.Td>
                {erased ? <Table.Td ta="right">{formatCount(erased[name])}</Table.Td> : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <Text size="sm" c="dimmed">
          Everything that was ever stored is looked through. That takes a while where there is much of it.
        </Text>
      )}
      {erasure.waitsFor.length > 0 ? (
        <Alert color="yellow" title="Documents of the customer are on their way">
          Nothing is erased before they have ended; until then what was sent may have to be looked up:{' '}
          {erasure.waitsFor.map((one, index) => (
            <span key={one}>
              {index > 0 ? ', ' : ''}
              {one.startsWith('msg_') ? (
                <TextLink to="/messages/$id" params={{ id: one }} search={{}}>
                  {one}
                </TextLink>
              ) : (
                one
              )}
            </span>
          ))}
          .
        </Alert>
      ) : null}
      {erasure.tables.length > 0 ? (
        <Alert color="gray" title="Tables that name the customer stay as they are">
          {erasure.tables.map(({ table, rows: n }) => `${table} (${n === 1 ? 'one row' : `${n} rows`})`).join(', ')}. Change these rows by
          hand where they hold something personal.
        </Alert>
      ) : null}
      <Refused error={withdraw.error} title="The erasure was not withdrawn" />
      {state === 'open' && erasure.ownPart ? <Text size="sm">{erasure.ownPart}</Text> : null}
      {state === 'open' || state === 'counting' ? (
        <Group justify="flex-end">
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            Withdraw
          </Button>
          {state === 'open' ? (
            <Button color="red" disabled={erasure.ownPart !== null} onClick={() => setAsking(true)}>
              Confirm erasure…
            </Button>
          ) : null}
        </Group>
      ) : null}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title="Confirm the erasure"
        verb="Erase"
        danger
        typed={erasure.customer}
        pending={confirm.isPending}
        error={confirm.error}
        onConfirm={() => confirm.mutate()}
      >
        What is personal of {erasure.customer} goes for good, also from payloads that explain what was posted. Nobody can bring it back.
      </Confirm>
    </Stack>
  );
}

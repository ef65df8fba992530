import { Alert, Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { confirmErasure, erasureQuery, withdrawErasure, type Erasure } from '../../api/govern.js';
import { counted, rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { TextLink } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { ErasureMark } from './erasure-words.js';

export function ErasureDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={560} title={t('Erasure')}>
      {id ? <Detail key={id} id={id} /> : null}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const query = useQuery(erasureQuery(id));
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data) return <Failure error={query.error} what={t('the erasure')} onRetry={() => void query.refetch()} />;
  return <Shown erasure={query.data} />;
}

const rows = [
  ['documents', t('Documents')],
  ['versions', t('Versions of them')],
  ['messages', t('Messages')],
  ['payloads', t('Payloads of messages')],
  ['deliveries', t('Deliveries as they came')],
  ['cases', t('Golden cases of mappings')],
] as const;

function Shown({ erasure }: { erasure: Erasure }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const again = () => void queries.invalidateQueries({ queryKey: ['erasures'] });
  const confirm = useMutation({
    mutationFn: () => confirmErasure(erasure.id),
    onSuccess: () => {
      setAsking(false);
      done(t('Erasure confirmed'), t('It is being done.'));
      again();
    },
  });
  const withdraw = useMutation({
    mutationFn: () => withdrawErasure(erasure.id),
    onSuccess: () => {
      done(t('Erasure withdrawn'));
      again();
    },
  });
  const { state, found, erased } = erasure;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text fw={600}>{t('{{customer}} of {{sourceSystem}}', { customer: erasure.customer, sourceSystem: erasure.sourceSystem })}</Text>
        <ErasureMark erasure={erasure} />
      </Group>
      <Text size="sm">
        {rich('{{requestedBy}} asked for it {{requestedAt}}: {{reason}}', {
          requestedBy: erasure.requestedBy,
          requestedAt: <At at={erasure.requestedAt} />,
          reason: erasure.reason,
        })}
        {erasure.confirmedAt ? (
          <>
            {rich('. {{confirmedBy}} confirmed it {{confirmedAt}}', {
              confirmedBy: erasure.confirmedBy,
              confirmedAt: <At at={erasure.confirmedAt} />,
            })}
          </>
        ) : null}
        {erasure.endedAt && state === 'done' ? <>{rich('; done {{endedAt}}', { endedAt: <At at={erasure.endedAt} /> })}</> : null}.
      </Text>
      {found ? (
        <Table aria-label={t('What there is')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th />
              <Table.Th ta="right">{t('Found')}</Table.Th>
              {erased ? <Table.Th ta="right">{t('Erased')}</Table.Th> : null}
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
          {t('Everything that was ever stored is looked through. That takes a while where there is much of it.')}
        </Text>
      )}
      {erasure.waitsFor.length > 0 ? (
        <Alert color="yellow" title={t('Documents of the customer are on their way')}>
          {t('Nothing is erased before they have ended; until then what was sent may have to be looked up:')}{' '}
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
        <Alert color="gray" title={t('Tables that name the customer stay as they are')}>
          {t('{{tables}}. Change these rows by hand where they hold something personal.', {
            tables: erasure.tables.map(({ table, rows: n }) => `${table} (${counted(n, 'one row', '{{count}} rows')})`).join(', '),
          })}
        </Alert>
      ) : null}
      <Refused error={withdraw.error} title={t('Could not withdraw')} />
      {state === 'open' && erasure.ownPart ? <Text size="sm">{erasure.ownPart}</Text> : null}
      {state === 'open' || state === 'counting' ? (
        <Group justify="flex-end">
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
            {t('Withdraw')}
          </Button>
          {state === 'open' ? (
            <Button color="red" disabled={erasure.ownPart !== null} onClick={() => setAsking(true)}>
              {t('Confirm erasure…')}
            </Button>
          ) : null}
        </Group>
      ) : null}
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('Confirm the erasure')}
        verb={t('Confirm erasure')}
        danger
        typed={erasure.customer}
        pending={confirm.isPending}
        error={confirm.error}
        onConfirm={() => confirm.mutate()}
      >
        {t('What is personal of {{customer}} goes for good, also from payloads that explain what was posted. Nobody can bring it back.', {
          customer: erasure.customer,
        })}
      </Confirm>
    </Stack>
  );
}

import { Button, Group, Modal } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClock, IconKey, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery, revokeApiKey, type ApiKey } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { CreateKey } from './create-key.js';
import { entitiesText } from './entities.js';
import { RotateKey } from './rotate-key.js';

const hasEnded = (apiKey: ApiKey) => apiKey.revokedAt !== null || (apiKey.expiresAt !== null && Date.parse(apiKey.expiresAt) < Date.now());

function KeyMark({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.revokedAt)
    return (
      <StateMark icon={IconBan} tone="idle">
        Revoked
      </StateMark>
    );
  if (hasEnded(apiKey))
    return (
      <StateMark icon={IconClock} tone="idle">
        Expired
      </StateMark>
    );
  if (apiKey.replacedBy)
    return (
      <StateMark icon={IconRefresh} tone="warn" title="It has a successor and ends soon">
        Being replaced
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok">
      Valid
    </StateMark>
  );
}

const rightsOf = (apiKey: ApiKey) =>
  apiKey.roles.length > 0
    ? apiKey.roles.join(', ')
    : apiKey.permissions.length === 1
      ? apiKey.permissions[0]!
      : `${apiKey.permissions.length} permissions`;

export function ApiKeys() {
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKey>();
  const [revoking, setRevoking] = useState<ApiKey>();
  const revoke = useMutation({
    mutationFn: (apiKey: ApiKey) => revokeApiKey(apiKey.id),
    onSuccess: () => {
      done('Key revoked');
      void queries.invalidateQueries({ queryKey: ['access'] });
      setRevoking(undefined);
    },
  });
  const columns: Column<ApiKey>[] = [
    { id: 'name', header: 'Name', grow: true, cell: (apiKey) => apiKey.name },
    { id: 'account', header: 'Service account', room: 3, cell: (apiKey) => apiKey.serviceAccount ?? '–' },
    { id: 'prefix', header: 'Begins with', room: 2, cell: (apiKey) => <code>{apiKey.prefix}…</code> },
    { id: 'rights', header: 'May', room: 2, cell: (apiKey) => <span title={apiKey.permissions.join(', ')}>{rightsOf(apiKey)}</span> },
    { id: 'entities', header: 'Legal entities', room: 3, cell: (apiKey) => entitiesText(apiKey.legalEntities) },
    { id: 'state', header: 'State', cell: (apiKey) => <KeyMark apiKey={apiKey} /> },
    { id: 'used', header: 'Last used', room: 2, cell: (apiKey) => <Ago at={apiKey.lastUsedAt} /> },
    {
      id: 'expires',
      header: 'Expires',
      room: 3,
      cell: (apiKey) => (apiKey.expiresAt ? <At at={apiKey.expiresAt} seconds={false} /> : 'Never'),
    },
    {
      id: 'revoke',
      header: 'Actions',
      cell: (apiKey) =>
        can('access.write') && !hasEnded(apiKey) ? (
          <Group gap={6} wrap="nowrap">
            {apiKey.replacedBy ? null : (
              <Button size="compact-xs" variant="default" onClick={() => setRotating(apiKey)} aria-label={`Rotate ${apiKey.name}`}>
                Rotate…
              </Button>
            )}
            <Button size="compact-xs" variant="default" onClick={() => setRevoking(apiKey)} aria-label={`Revoke ${apiKey.name}`}>
              Revoke…
            </Button>
          </Group>
        ) : null,
    },
  ];
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what="API keys" onRetry={() => void query.refetch()} />;
  const create = can('access.write') ? (
    <Button size="xs" onClick={() => setCreating(true)}>
      Create key
    </Button>
  ) : null;
  return (
    <>
      {query.data.items.length === 0 ? (
        <FirstUse icon={IconKey} title="No API keys" action={create}>
          A program signs in with a key of its own. Everything a button here does, a program with the right role can do.
        </FirstUse>
      ) : (
        <>
          <Group justify="flex-end" mb="sm">
            {create}
          </Group>
          <DataTable label="API keys" columns={columns} rows={query.data.items} rowId={(apiKey) => apiKey.id} />
        </>
      )}
      <Modal opened={creating} onClose={() => setCreating(false)} title="Create key" centered closeOnClickOutside={false}>
        {creating ? <CreateKey onClose={() => setCreating(false)} /> : null}
      </Modal>
      <Modal opened={rotating !== undefined} onClose={() => setRotating(undefined)} title="Rotate key" centered closeOnClickOutside={false}>
        {rotating ? <RotateKey apiKey={rotating} onClose={() => setRotating(undefined)} /> : null}
      </Modal>
      <Confirm
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title="Revoke key"
        verb="Revoke"
        danger
        typed={revoking?.name}
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoking && revoke.mutate(revoking)}
      >
        Programs that use <b>{revoking?.name}</b> are refused from now on. A revoked key cannot be made valid again.
      </Confirm>
    </>
  );
}

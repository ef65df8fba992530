import { Alert, Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core';
import { IconBan, IconCircleCheck, IconClock, IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiKeysQuery, createApiKey, revokeApiKey, type ApiKey, type NewApiKey } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Copy } from '../../parts/id.js';
import { done } from '../../parts/notice.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import classes from './access.module.css';
import { Entities, entitiesText } from './entities.js';
import { RoleConflicts } from './roles.js';
import { useRoleChoices } from './users.js';

function KeyMark({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.revokedAt)
    return (
      <StateMark icon={IconBan} tone="idle">
        Revoked
      </StateMark>
    );
  if (apiKey.expiresAt && Date.parse(apiKey.expiresAt) < Date.now())
    return (
      <StateMark icon={IconClock} tone="idle">
        Expired
      </StateMark>
    );
  return (
    <StateMark icon={IconCircleCheck} tone="ok">
      Valid
    </StateMark>
  );
}

export function ApiKeys() {
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
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
    { id: 'prefix', header: 'Begins with', room: 2, cell: (apiKey) => <code>{apiKey.prefix}…</code> },
    { id: 'roles', header: 'Roles', room: 2, cell: (apiKey) => apiKey.roles.join(', ') },
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
        can('access.write') && !apiKey.revokedAt ? (
          <Button size="compact-xs" variant="default" onClick={() => setRevoking(apiKey)}>
            Revoke…
          </Button>
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

function CreateKey({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const choices = useRoleChoices();
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [entities, setEntities] = useState<string[]>([]);
  const [until, setUntil] = useState('');
  const [made, setMade] = useState<NewApiKey>();
  const create = useMutation({
    mutationFn: () =>
      createApiKey({
        name: name.trim(),
        roles,
        legalEntities: entities,
        expiresAt: until ? new Date(`${until}T23:59:59`).toISOString() : null,
      }),
    onSuccess: (key) => {
      setMade(key);
      done('Key created');
      void queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  if (made) {
    return (
      <Stack>
        <Alert color="yellow" icon={<IconKey size={18} />} title="Copy it now">
          This is the only time that the value is shown.
        </Alert>
        <Group wrap="nowrap" gap={6} className={classes.value}>
          <span style={{ flex: 1 }}>{made.value}</span>
          <Copy value={made.value} label="Copy key" />
        </Group>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack>
        <Refused error={create.error} title="Could not create the key" />
        <TextInput
          label="Name"
          description="Which program will use it"
          required
          withAsterisk
          maxLength={120}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect label="Roles" withAsterisk data={choices} value={roles} onChange={setRoles} />
        <RoleConflicts chosen={roles} />
        <Entities value={entities} onChange={setEntities} />
        <TextInput
          type="date"
          label="Valid until"
          description="Empty: until it is revoked"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!name.trim() || roles.length === 0}>
            Create key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

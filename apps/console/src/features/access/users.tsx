import { Button, Group, Modal, MultiSelect, PasswordInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeUser, createUser, rolesQuery, usersQuery, type User } from '../../api/govern.js';
import { useCan, useIdentity } from '../../api/session.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { Entities, entitiesText } from './entities.js';
import { ConflictMark, RoleConflicts } from './roles.js';

const columns: Column<User>[] = [
  { id: 'name', header: 'Name', grow: true, cell: (user) => user.name },
  { id: 'email', header: 'E-mail', room: 2, cell: (user) => user.email },
  {
    id: 'roles',
    header: 'Roles',
    cell: (user) => (
      <>
        {user.roles.join(', ')}
        {user.conflicts.length > 0 ? <ConflictMark sentences={user.conflicts.map(({ sentence }) => sentence)} /> : null}
      </>
    ),
  },
  { id: 'entities', header: 'Legal entities', room: 2, cell: (user) => entitiesText(user.legalEntities) },
  {
    id: 'state',
    header: 'State',
    cell: (user) =>
      user.disabled ? (
        <StateMark icon={IconBan} tone="idle">
          Disabled
        </StateMark>
      ) : (
        <StateMark icon={IconCircleCheck} tone="ok">
          Enabled
        </StateMark>
      ),
  },
  { id: 'seen', header: 'Last seen', room: 2, cell: (user) => <Ago at={user.lastSeenAt} /> },
];

export function Users() {
  const can = useCan();
  const query = useQuery(usersQuery);
  const [open, setOpen] = useState<User | 'new'>();
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what="users" onRetry={() => void query.refetch()} />;
  return (
    <>
      {can('access.write') ? (
        <Group justify="flex-end" mb="sm">
          <Button size="xs" onClick={() => setOpen('new')}>
            Add user
          </Button>
        </Group>
      ) : null}
      <DataTable
        label="Users"
        columns={columns}
        rows={query.data.items}
        rowId={(user) => user.id}
        onOpen={can('access.write') ? setOpen : undefined}
      />
      <Modal opened={open !== undefined} onClose={() => setOpen(undefined)} title={open === 'new' ? 'Add user' : open?.name} centered>
        {open === 'new' ? (
          <NewUser onClose={() => setOpen(undefined)} />
        ) : open ? (
          <ChangeUser user={open} onClose={() => setOpen(undefined)} />
        ) : null}
      </Modal>
    </>
  );
}

export function useRoleChoices() {
  return (useQuery(rolesQuery).data?.items ?? []).map((role) => ({ value: role.name, label: role.title }));
}

function NewUser({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const roles = useRoleChoices();
  const form = useForm({
    initialValues: { name: '', email: '', roles: [] as string[], legalEntities: [] as string[], password: '' },
    validate: {
      name: (value) => (value.trim() ? null : 'A name'),
      email: (value) => (/^\S+@\S+$/.test(value) ? null : 'An e-mail address'),
      roles: (value) => (value.length ? null : 'At least one role'),
      password: (value) => (value.length >= 12 ? null : 'At least 12 characters'),
    },
  });
  const add = useMutation({
    mutationFn: createUser,
    onSuccess: (user) => {
      done('User added', `${user.name} can sign in with the first password.`);
      void queries.invalidateQueries({ queryKey: ['access'] });
      onClose();
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack>
        <Refused error={add.error} title="Could not add the user" />
        <TextInput label="Name" withAsterisk data-autofocus {...form.getInputProps('name')} />
        <TextInput label="E-mail" type="email" withAsterisk autoComplete="off" {...form.getInputProps('email')} />
        <MultiSelect label="Roles" withAsterisk data={roles} {...form.getInputProps('roles')} />
        <RoleConflicts chosen={form.values.roles} />
        <Entities value={form.values.legalEntities} onChange={(next) => form.setFieldValue('legalEntities', next)} />
        <PasswordInput
          label="First password"
          description="At least 12 characters; tell it to them, they can change it after signing in"
          withAsterisk
          autoComplete="new-password"
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={add.isPending}>
            Add user
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ChangeUser({ user, onClose }: { user: User; onClose: () => void }) {
  const queries = useQueryClient();
  const me = useIdentity();
  const roles = useRoleChoices();
  const [chosen, setChosen] = useState(user.roles);
  const [entities, setEntities] = useState(user.legalEntities);
  const [disabled, setDisabled] = useState(user.disabled);
  const save = useMutation({
    mutationFn: () => changeUser(user.id, { roles: chosen, legalEntities: entities, disabled }),
    onSuccess: () => {
      done('User saved', 'Their sessions have ended; they sign in again.');
      void queries.invalidateQueries({ queryKey: ['access'] });
      onClose();
    },
  });
  const own = me?.id === user.id;
  return (
    <Stack>
      <Refused error={save.error} title="Could not save the user" />
      <MultiSelect
        label="Roles"
        data={roles}
        value={chosen}
        onChange={setChosen}
        error={chosen.length === 0 ? 'At least one role' : undefined}
      />
      <RoleConflicts chosen={chosen} />
      <Entities value={entities} onChange={setEntities} />
      <Switch
        label="May sign in"
        description={own ? 'You cannot disable yourself' : undefined}
        disabled={own}
        checked={!disabled}
        onChange={(event) => setDisabled(!event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={save.isPending} disabled={chosen.length === 0} onClick={() => save.mutate()}>
          Save user
        </Button>
      </Group>
    </Stack>
  );
}

import { Button, Group, Modal, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconShieldCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { inviteUser, usersQuery, type User } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { done } from '../../parts/notice.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { Entities, entitiesText } from './entities.js';
import { LinkToHandOn } from './link-to-hand-on.js';
import { useRoleChoices } from './role-choices.js';
import { ConflictMark, RoleConflicts } from './roles.js';
import { UserDetail } from './user-detail.js';
import { UserMark, waysOf } from './user-words.js';

const route = getRouteApi('/app/access');

const columns: Column<User>[] = [
  { id: 'name', header: t('Name'), grow: true, cell: (user) => user.name },
  { id: 'email', header: t('E-mail'), room: 2, cell: (user) => user.email },
  {
    id: 'roles',
    header: t('Roles'),
    cell: (user) => (
      <>
        {user.roles.join(', ')}
        {user.conflicts.length > 0 ? <ConflictMark sentences={user.conflicts.map(({ sentence }) => sentence)} /> : null}
      </>
    ),
  },
  { id: 'entities', header: t('Legal entities'), room: 2, cell: (user) => entitiesText(user.legalEntities) },
  { id: 'state', header: t('State'), cell: (user) => <UserMark user={user} /> },
  {
    id: 'ways',
    header: t('Signs in with'),
    room: 3,
    cell: (user) => (
      <Group gap={4} wrap="nowrap">
        {user.secondFactor ? <IconShieldCheck size={14} aria-hidden /> : null}
        {waysOf(user)}
      </Group>
    ),
  },
  { id: 'seen', header: t('Last seen'), room: 2, cell: (user) => <Ago at={user.lastSeenAt} /> },
];

export function Users() {
  const can = useCan();
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery({ ...usersQuery(q), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [inviting, setInviting] = useState(false);
  const [openId, setOpenId] = useState<string>();
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('users')} onRetry={() => void query.refetch()} />;
  const open = rows.find((user) => user.id === openId);
  const find = (next: string | undefined) => void navigate({ to: '/access', search: { tab: 'users', q: next } });
  return (
    <>
      <FilterBar onClear={q ? () => find(undefined) : undefined}>
        <FilterText label={t('Find users')} placeholder={t('Name or e-mail')} value={q} onChange={find} />
        {can('access.write') ? (
          <Button size="xs" onClick={() => setInviting(true)}>
            {t('Invite user')}
          </Button>
        ) : null}
      </FilterBar>
      {rows.length === 0 && q ? (
        <FilteredEmpty what={t('users')} filters={[t('text “{{q}}”', { q })]} onClear={() => find(undefined)} />
      ) : (
        <DataTable
          label={t('Users')}
          columns={columns}
          rows={rows}
          rowId={(user) => user.id}
          onOpen={can('access.write') ? (user) => setOpenId(user.id) : undefined}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      )}
      <Modal opened={inviting} onClose={() => setInviting(false)} title={t('Invite user')} centered>
        {inviting ? <Invite onClose={() => setInviting(false)} /> : null}
      </Modal>
      <Modal opened={open !== undefined} onClose={() => setOpenId(undefined)} title={open?.name} centered size="lg">
        {open ? <UserDetail key={open.id} user={open} onClose={() => setOpenId(undefined)} /> : null}
      </Modal>
    </>
  );
}

function Invite({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const roles = useRoleChoices();
  const form = useForm({
    initialValues: { name: '', email: '', roles: [] as string[], legalEntities: [] as string[] },
    validate: {
      name: (value) => (value.trim() ? null : t('A name')),
      email: (value) => (/^\S+@\S+$/.test(value) ? null : t('An e-mail address')),
      roles: (value) => (value.length ? null : t('At least one role')),
    },
  });
  const invite = useMutation({
    mutationFn: inviteUser,
    onSettled: () => void queries.invalidateQueries({ queryKey: ['access'] }),
    onSuccess: ({ mailed, user }) => {
      done(t('User invited'), mailed ? t('{{name}} gets a mail with a link.', { name: user.name }) : undefined);
      if (mailed) onClose();
    },
  });
  if (invite.data && !invite.data.mailed) return <LinkToHandOn handed={invite.data} name={invite.data.user.name} onClose={onClose} />;
  return (
    <form noValidate onSubmit={form.onSubmit((values) => invite.mutate(values))}>
      <Stack>
        <Refused error={invite.error} title={t('Could not invite the user')} />
        <TextInput label={t('Name')} withAsterisk data-autofocus {...form.getInputProps('name')} />
        <TextInput label={t('E-mail')} type="email" withAsterisk autoComplete="off" {...form.getInputProps('email')} />
        <MultiSelect label={t('Roles')} withAsterisk data={roles} {...form.getInputProps('roles')} />
        <RoleConflicts chosen={form.values.roles} />
        <Entities value={form.values.legalEntities} onChange={(next) => form.setFieldValue('legalEntities', next)} />
        <Text size="sm" c="dimmed">
          {t('They choose a password by a link that works once and is valid for seven days.')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t('Invite user')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

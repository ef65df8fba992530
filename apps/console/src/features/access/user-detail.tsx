import { Alert, Button, Divider, Group, MultiSelect, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { changeUser, renewUserLink, resetSecondFactor, type User } from '../../api/govern.js';
import { useIdentity } from '../../api/session.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { Refused } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { Entities } from './entities.js';
import { LinkToHandOn } from './link-to-hand-on.js';
import { useRoleChoices } from './role-choices.js';
import { RoleConflicts } from './roles.js';
import { UserMark, waysOf } from './user-words.js';

/** What an administrator changes of one person. */
export function UserDetail({ user, onClose }: { user: User; onClose: () => void }) {
  const queries = useQueryClient();
  const me = useIdentity();
  const roles = useRoleChoices();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['access'] });
  const [chosen, setChosen] = useState(user.roles);
  const [entities, setEntities] = useState(user.legalEntities);
  const [disabled, setDisabled] = useState(user.disabled);
  const [resetting, setResetting] = useState(false);
  const own = me?.id === user.id;
  const fromProvider = user.rolesFrom === 'provider';
  const save = useMutation({
    mutationFn: () => changeUser(user.id, { ...(fromProvider ? {} : { roles: chosen }), legalEntities: entities, disabled }),
    onSuccess: () => {
      done('User saved', 'Their sessions have ended; they sign in again.');
      refresh();
      onClose();
    },
  });
  const link = useMutation({
    mutationFn: () => renewUserLink(user.id),
    onSuccess: ({ mailed }) => {
      if (mailed) done('Link sent', `${user.name} gets a mail.`);
      refresh();
    },
  });
  const reset = useMutation({
    mutationFn: () => resetSecondFactor(user.id),
    onSuccess: () => {
      done('Second factor reset', `${user.name} signs in with the password alone and can set up a new one.`);
      setResetting(false);
      refresh();
    },
  });
  if (link.data && !link.data.mailed) return <LinkToHandOn handed={link.data} name={user.name} onClose={onClose} />;
  return (
    <Stack>
      <Facts
        items={[
          ['State', <UserMark key="state" user={user} />],
          ['E-mail', user.email],
          ['Signs in with', waysOf(user)],
          ['Last seen', <Ago key="seen" at={user.lastSeenAt} />],
        ]}
      />
      <Group gap="xs">
        {!fromProvider && !user.disabled ? (
          <Button size="xs" variant="default" loading={link.isPending} onClick={() => link.mutate()}>
            {user.hasPassword ? 'Send link for a new password' : 'Invite again'}
          </Button>
        ) : null}
        {user.secondFactor ? (
          <Button size="xs" variant="default" onClick={() => setResetting(true)}>
            Reset second factor…
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link {...props} to="/access" search={{ tab: 'sessions', user: user.id }} />}
        >
          Sessions
        </Button>
      </Group>
      <Refused error={link.error} title="Could not make the link" />
      <Divider />
      <Refused error={save.error} title="Could not save the user" />
      {fromProvider ? (
        <Alert variant="light" title={`Roles: ${user.roles.join(', ') || 'none'}`}>
          <Text size="sm">They come from the groups of {user.provider} and are read anew at each sign-in.</Text>
        </Alert>
      ) : (
        <MultiSelect
          label="Roles"
          data={roles}
          value={chosen}
          onChange={setChosen}
          error={chosen.length === 0 ? 'At least one role' : undefined}
        />
      )}
      <RoleConflicts chosen={fromProvider ? user.roles : chosen} />
      <Entities value={entities} onChange={setEntities} />
      <Switch
        label="May sign in"
        description={own ? 'You cannot disable yourself' : 'Switched off, every session ends at once'}
        disabled={own}
        checked={!disabled}
        onChange={(event) => setDisabled(!event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={save.isPending} disabled={!fromProvider && chosen.length === 0} onClick={() => save.mutate()}>
          Save user
        </Button>
      </Group>
      <Confirm
        opened={resetting}
        onClose={() => setResetting(false)}
        title="Reset second factor"
        verb="Reset"
        danger
        pending={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate()}
      >
        Make sure that it is <b>{user.name}</b> who asks: afterwards the password alone lets them in. Their sessions end.
      </Confirm>
    </Stack>
  );
}

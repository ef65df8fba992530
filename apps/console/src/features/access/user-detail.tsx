import { Alert, Button, Divider, Group, MultiSelect, Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { changeUser, renewUserLink, resetSecondFactor, type User } from '../../api/govern.js';
import { useIdentity } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
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
      done(t('User saved'), t('Their sessions have ended; they sign in again.'));
      refresh();
      onClose();
    },
  });
  const link = useMutation({
    mutationFn: () => renewUserLink(user.id),
    onSuccess: ({ mailed }) => {
      if (mailed) done(user.hasPassword ? t('Link sent') : t('Invited again'), t('{{name}} gets a mail.', { name: user.name }));
      refresh();
    },
  });
  const reset = useMutation({
    mutationFn: () => resetSecondFactor(user.id),
    onSuccess: () => {
      done(t('Second factor reset'), t('{{name}} signs in with the password alone and can set up a new one.', { name: user.name }));
      setResetting(false);
      refresh();
    },
  });
  if (link.data && !link.data.mailed) return <LinkToHandOn handed={link.data} name={user.name} onClose={onClose} />;
  return (
    <Stack>
      <Facts
        items={[
          [t('State'), <UserMark key="state" user={user} />],
          [t('E-mail'), user.email],
          [t('Signs in with'), waysOf(user)],
          [t('Last seen'), <Ago key="seen" at={user.lastSeenAt} />],
        ]}
      />
      <Group gap="xs">
        {!fromProvider && !user.disabled ? (
          <Button size="xs" variant="default" loading={link.isPending} onClick={() => link.mutate()}>
            {user.hasPassword ? t('Send link for a new password') : t('Invite again')}
          </Button>
        ) : null}
        {user.secondFactor ? (
          <Button size="xs" variant="default" onClick={() => setResetting(true)}>
            {t('Reset second factor…')}
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => <Link {...props} to="/access" search={{ tab: 'sessions', user: user.id }} />}
        >
          {t('Sessions')}
        </Button>
      </Group>
      <Refused error={link.error} title={user.hasPassword ? t('Could not send the link') : t('Could not invite again')} />
      <Divider />
      <Refused error={save.error} title={t('Could not save the user')} />
      {fromProvider ? (
        <Alert variant="light" title={t('Roles: {{roles}}', { roles: user.roles.join(', ') || t('none') })}>
          <Text size="sm">
            {rich('They come from the groups of {{provider}} and are read anew at each sign-in.', { provider: user.provider })}
          </Text>
        </Alert>
      ) : (
        <MultiSelect
          label={t('Roles')}
          data={roles}
          value={chosen}
          onChange={setChosen}
          error={chosen.length === 0 ? t('At least one role') : undefined}
        />
      )}
      <RoleConflicts chosen={fromProvider ? user.roles : chosen} />
      <Entities value={entities} onChange={setEntities} />
      <Switch
        label={t('May sign in')}
        description={own ? t('You cannot disable yourself') : t('Switched off, every session ends at once')}
        disabled={own}
        checked={!disabled}
        onChange={(event) => setDisabled(!event.currentTarget.checked)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('Cancel')}
        </Button>
        <Button loading={save.isPending} disabled={!fromProvider && chosen.length === 0} onClick={() => save.mutate()}>
          {t('Save user')}
        </Button>
      </Group>
      <Confirm
        opened={resetting}
        onClose={() => setResetting(false)}
        title={t('Reset second factor')}
        verb={t('Reset')}
        danger
        pending={reset.isPending}
        error={reset.error}
        onConfirm={() => reset.mutate()}
      >
        {rich('Make sure that it is {{name}} who asks: afterwards the password alone lets them in. Their sessions end.', {
          name: <b>{user.name}</b>,
        })}
      </Confirm>
    </Stack>
  );
}

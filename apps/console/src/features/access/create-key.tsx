import { Button, Group, MultiSelect, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { createApiKey, serviceAccountsQuery, type KeyRights } from '../../api/govern.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { Refused } from '../../parts/situations.js';
import { Entities } from './entities.js';
import { usePermissionChoices, useRoleChoices } from './role-choices.js';
import { RoleConflicts } from './roles.js';

type Kind = 'roles' | 'permissions' | 'account';

/** The end of a day as the person's own clock has it. */
export const endOfDay = (day: string): string | null => (day ? new Date(`${day}T23:59:59`).toISOString() : null);

export function CreateKey({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const roleChoices = useRoleChoices();
  const permissionChoices = usePermissionChoices();
  const accounts = (useQuery(serviceAccountsQuery).data?.items ?? []).filter((account) => !account.disabled);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('permissions');
  const [roles, setRoles] = useState<string[]>([]);
  const [permissions, setPermissions] = useState<string[]>([]);
  const [account, setAccount] = useState<string | null>(null);
  const [entities, setEntities] = useState<string[]>([]);
  const [until, setUntil] = useState('');
  const rights: KeyRights =
    kind === 'roles' ? { roles } : kind === 'permissions' ? { permissions } : { serviceAccountId: account ?? undefined };
  const missing =
    (kind === 'roles' && roles.length === 0) || (kind === 'permissions' && permissions.length === 0) || (kind === 'account' && !account);
  const create = useMutation({
    mutationFn: () => createApiKey({ name: name.trim(), ...rights, legalEntities: entities, expiresAt: endOfDay(until) }),
    onSuccess: () => {
      done(t('Key created'));
      void queries.invalidateQueries({ queryKey: ['access'] });
    },
  });
  if (create.data)
    return (
      <Stack>
        <ShownOnce value={create.data.value} what={t('key')}>
          {t('This is the only time that the value is shown.')}
        </ShownOnce>
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('I have copied it')}</Button>
        </Group>
      </Stack>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack>
        <Refused error={create.error} title={t('Could not create the key')} />
        <TextInput
          label={t('Name')}
          description={t('Which program will use it')}
          required
          withAsterisk
          maxLength={120}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Stack gap={6}>
          <Text size="sm" fw={500} id="rights-of-key">
            {t('What it may do')}
          </Text>
          <SegmentedControl
            aria-labelledby="rights-of-key"
            value={kind}
            onChange={(next) => setKind(next as Kind)}
            data={[
              { value: 'permissions', label: t('Permissions') },
              { value: 'roles', label: t('Roles') },
              { value: 'account', label: t('Service account') },
            ]}
          />
        </Stack>
        {kind === 'roles' ? (
          <>
            <MultiSelect label={t('Roles')} withAsterisk data={roleChoices} value={roles} onChange={setRoles} />
            <RoleConflicts chosen={roles} />
          </>
        ) : kind === 'permissions' ? (
          <MultiSelect
            label={t('Permissions')}
            withAsterisk
            searchable
            data={permissionChoices}
            value={permissions}
            onChange={setPermissions}
          />
        ) : (
          <Select
            label={t('Service account')}
            description={t('The key may do all that the account may')}
            withAsterisk
            data={accounts.map(({ id, name: label }) => ({ value: id, label }))}
            nothingFoundMessage={t('There is none yet')}
            value={account}
            onChange={setAccount}
          />
        )}
        <Entities value={entities} onChange={setEntities} />
        <TextInput
          type="date"
          label={t('Valid until')}
          description={t('Empty: until it is revoked')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!name.trim() || missing}>
            {t('Create key')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

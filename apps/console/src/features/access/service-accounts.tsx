import { Button, Group, Modal, MultiSelect, Stack, Switch, TextInput } from '@mantine/core';
import { IconBan, IconCircleCheck, IconRobot } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeServiceAccount, createServiceAccount, serviceAccountsQuery, type ServiceAccount } from '../../api/govern.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { usePermissionChoices } from './role-choices.js';

const columns: Column<ServiceAccount>[] = [
  { id: 'name', header: t('Name'), grow: true, cell: (account) => account.name },
  { id: 'purpose', header: t('What for'), room: 3, cell: (account) => account.purpose || '–' },
  {
    id: 'may',
    header: t('May'),
    room: 2,
    cell: (account) => (
      <span title={account.permissions.join(', ')}>{t('{{count}} permissions', { count: account.permissions.length })}</span>
    ),
  },
  { id: 'keys', header: t('Keys'), align: 'right', cell: (account) => account.keys },
  {
    id: 'state',
    header: t('State'),
    cell: (account) =>
      account.disabled ? (
        <StateMark icon={IconBan} tone="idle">
          {t('Disabled')}
        </StateMark>
      ) : (
        <StateMark icon={IconCircleCheck} tone="ok">
          {t('Enabled')}
        </StateMark>
      ),
  },
  { id: 'since', header: t('Since'), room: 3, cell: (account) => <Ago at={account.createdAt} /> },
];

export function ServiceAccounts() {
  const can = useCan();
  const query = useQuery(serviceAccountsQuery);
  const [open, setOpen] = useState<ServiceAccount | 'new'>();
  if (query.isPending) return <Waiting rows={4} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('service accounts')} onRetry={() => void query.refetch()} />;
  const create = can('access.write') ? (
    <Button size="xs" onClick={() => setOpen('new')}>
      {t('Create service account')}
    </Button>
  ) : null;
  return (
    <>
      {query.data.items.length === 0 ? (
        <FirstUse icon={IconRobot} title={t('No service accounts')} action={create}>
          {t(
            'A service account is the name under which a program acts. Its keys come and go; what it may do, and what it did, stay in one place.',
          )}
        </FirstUse>
      ) : (
        <>
          <Group justify="flex-end" mb="sm">
            {create}
          </Group>
          <DataTable
            label={t('Service accounts')}
            columns={columns}
            rows={query.data.items}
            rowId={(account) => account.id}
            onOpen={can('access.write') ? setOpen : undefined}
          />
        </>
      )}
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open === 'new' ? t('Create service account') : open?.name}
        centered
      >
        {open ? <Edit account={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} /> : null}
      </Modal>
    </>
  );
}

function Edit({ account, onClose }: { account: ServiceAccount | undefined; onClose: () => void }) {
  const queries = useQueryClient();
  const choices = usePermissionChoices();
  const [name, setName] = useState(account?.name ?? '');
  const [purpose, setPurpose] = useState(account?.purpose ?? '');
  const [permissions, setPermissions] = useState(account?.permissions ?? []);
  const [disabled, setDisabled] = useState(account?.disabled ?? false);
  const save = useMutation({
    mutationFn: () =>
      account
        ? changeServiceAccount(account.id, { permissions, disabled })
        : createServiceAccount({ name: name.trim(), purpose: purpose.trim(), permissions }),
    onSuccess: () => {
      done(account ? t('Service account saved') : t('Service account created'), account ? undefined : t('Create a key for it next.'));
      void queries.invalidateQueries({ queryKey: ['access'] });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <Refused error={save.error} title={t('Could not save the service account')} />
        {account ? null : (
          <>
            <TextInput
              label={t('Name')}
              description={t('The program or system that acts')}
              withAsterisk
              required
              maxLength={120}
              data-autofocus
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput label={t('What for')} maxLength={300} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} />
          </>
        )}
        <MultiSelect
          label={t('Permissions')}
          description={t('What its keys may do at most')}
          withAsterisk
          searchable
          data={choices}
          value={permissions}
          onChange={setPermissions}
        />
        {account ? (
          <Switch
            label={t('Enabled')}
            description={t('Switched off, all its keys are refused at once')}
            checked={!disabled}
            onChange={(event) => setDisabled(!event.currentTarget.checked)}
          />
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('Cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={permissions.length === 0 || (!account && !name.trim())}>
            {account ? t('Save service account') : t('Create service account')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

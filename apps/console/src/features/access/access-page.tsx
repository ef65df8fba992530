import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHead } from '../../parts/page.js';
import { ApiKeys } from './api-keys.js';
import { Roles } from './roles.js';
import { Users } from './users.js';

const route = getRouteApi('/app/access');

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = tab === 'roles' || tab === 'keys' ? tab : 'users';
  return (
    <>
      <PageHead title="Access" name="Access" lead="Who may do what, and the keys that programs use." />
      <Tabs
        value={shown}
        onChange={(next) => void navigate({ to: '/access', search: { tab: next === 'users' ? undefined : (next ?? undefined) } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="users">Users</Tabs.Tab>
          <Tabs.Tab value="roles">Roles</Tabs.Tab>
          <Tabs.Tab value="keys">API keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="users">
          <Users />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <Roles />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <ApiKeys />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHead } from '../../parts/page.js';
import { ApiKeys } from './api-keys.js';
import { Roles } from './roles.js';
import { AllSessions } from './all-sessions.js';
import { ServiceAccounts } from './service-accounts.js';
import { Users } from './users.js';

const route = getRouteApi('/app/access');
const tabs = [
  { value: 'users', word: 'Users', Panel: Users },
  { value: 'sessions', word: 'Sessions', Panel: AllSessions },
  { value: 'roles', word: 'Roles', Panel: Roles },
  { value: 'keys', word: 'API keys', Panel: ApiKeys },
  { value: 'service-accounts', word: 'Service accounts', Panel: ServiceAccounts },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = tabs.find(({ value }) => value === tab)?.value ?? 'users';
  return (
    <>
      <PageHead title="Access" name="Access" lead="Who may do what, and the keys that programs use." />
      <Tabs
        value={shown}
        onChange={(next) => void navigate({ to: '/access', search: { tab: next === 'users' ? undefined : (next ?? undefined) } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map(({ value, word }) => (
            <Tabs.Tab key={value} value={value}>
              {word}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ value, Panel }) => (
          <Tabs.Panel key={value} value={value}>
            <Panel />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

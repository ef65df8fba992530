import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHead } from '../../parts/page.js';
import { Channels } from './channels.js';
import { OpenAlerts } from './open-alerts.js';
import { Rules } from './rules.js';
import { Sent } from './sent.js';

const route = getRouteApi('/app/alerts');
const tabs = [
  { value: 'open', word: 'Alerts', Panel: OpenAlerts },
  { value: 'rules', word: 'Rules', Panel: Rules },
  { value: 'channels', word: 'Channels', Panel: Channels },
  { value: 'sent', word: 'Sent', Panel: Sent },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = tabs.find(({ value }) => value === tab)?.value ?? 'open';
  return (
    <>
      <PageHead title="Alerts" name="Alerts" lead="What is said to people who do not look here: by mail, in a chat, to another system." />
      <Tabs
        value={shown}
        onChange={(next) => void navigate({ to: '/alerts', search: { tab: next === 'open' ? undefined : (next ?? undefined) } })}
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

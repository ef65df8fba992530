import { Tabs } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { PageHead } from '../../parts/page.js';
import { Storage } from './storage.js';
import { Unread } from './unread.js';
import { Work } from './work.js';

const route = getRouteApi('/app/ops');
const tabs = [
  { value: 'work', word: 'Work', Panel: Work },
  { value: 'unread', word: 'Unread deliveries', Panel: Unread },
  { value: 'storage', word: 'Storage', Panel: Storage },
] as const;

export function Page() {
  const { tab } = route.useSearch();
  const navigate = useNavigate();
  const shown = tabs.find(({ value }) => value === tab)?.value ?? 'work';
  return (
    <>
      <PageHead
        title="Operations"
        name="Operations"
        lead="What the processes, the queue, the connections and the database are doing now."
      />
      <Tabs
        value={shown}
        onChange={(next) => void navigate({ to: '/ops', search: { tab: next === 'work' ? undefined : (next ?? undefined) } })}
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

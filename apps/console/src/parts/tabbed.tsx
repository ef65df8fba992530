import { Tabs } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

/** What it shows: a component, or what a page that has read something makes of it. */
export type Tab = { value: string; word: string } & ({ Panel: ComponentType } | { panel: ReactNode });

/** Tabs of a page; which one is open stands in the address, and the first one is what an address without one shows. */
export function Tabbed({ tabs, tab, onTab }: { tabs: readonly Tab[]; tab: string | undefined; onTab: (tab: string | undefined) => void }) {
  const first = tabs[0]!.value;
  const shown = tabs.find(({ value }) => value === tab)?.value ?? first;
  return (
    <Tabs value={shown} onChange={(next) => onTab(next === first ? undefined : (next ?? undefined))} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map(({ value, word }) => (
          <Tabs.Tab key={value} value={value}>
            {word}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((one) => (
        <Tabs.Panel key={one.value} value={one.value}>
          {'Panel' in one ? <one.Panel /> : one.panel}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

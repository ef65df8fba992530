import { ActionIcon, AppShell, Burger, Group, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { t } from '../language/index.js';
import { usePreference } from '../parts/preference.js';
import { Header } from './header.js';
import { useKeptFocus } from './kept-focus.js';
import { useLive } from './live.js';
import { Mark } from './mark.js';
import { Navigation } from './navigation.js';
import { ReachBanner } from './reach-banner.js';
import classes from './shell.module.css';
import { SessionEnded } from './session-ended.js';
import { Shortcuts } from './shortcuts.js';

// What is asked for may be opened before it is here; it shows then.
const Search = lazy(async () => ({ default: (await import('./search.js')).Search }));

export function Shell() {
  const [menuOpen, menu] = useDisclosure(false);
  const [collapsed, setCollapsed] = usePreference('nav.collapsed', false);
  const live = useLive();
  useKeptFocus();
  return (
    <>
      <a href="#main" className="skip-link">
        {t('Skip to content')}
      </a>
      <AppShell
        layout="alt"
        header={{ height: 48 }}
        navbar={{ width: collapsed ? 56 : 210, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
        padding={0}
        transitionDuration={120}
      >
        <AppShell.Navbar className={classes.side}>
          <div className={classes.sideHead} data-collapsed={collapsed || undefined}>
            <Mark />
            <Burger opened={menuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={t('Close menu')} />
          </div>
          <Navigation collapsed={collapsed} onNavigate={menu.close} />
          <div className={classes.sideFoot}>
            <Tooltip label={collapsed ? t('Show the words') : t('Only icons')} position="right">
              <ActionIcon
                variant="subtle"
                color="gray"
                visibleFrom="sm"
                onClick={() => setCollapsed(!collapsed)}
                aria-label={collapsed ? t('Expand navigation') : t('Collapse navigation')}
                aria-expanded={!collapsed}
              >
                {collapsed ? (
                  <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
                ) : (
                  <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
                )}
              </ActionIcon>
            </Tooltip>
          </div>
        </AppShell.Navbar>
        <AppShell.Header className={classes.header}>
          <Group h="100%" px="md" gap="sm" wrap="nowrap">
            <Burger opened={menuOpen} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label={t('Open menu')} />
            <Header live={live} />
          </Group>
        </AppShell.Header>
        <AppShell.Main id="main" className={classes.main}>
          <ReachBanner />
          <div className={classes.page}>
            <Outlet />
          </div>
        </AppShell.Main>
      </AppShell>
      <Suspense>
        <Search />
      </Suspense>
      <Shortcuts />
      <SessionEnded />
    </>
  );
}

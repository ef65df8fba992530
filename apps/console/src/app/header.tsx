import { ActionIcon, Kbd, Menu, SegmentedControl, Tooltip, useMantineColorScheme } from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
import {
  IconClock,
  IconDeviceDesktop,
  IconHelp,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconServer2,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { signOut, useIdentity } from '../api/session.js';
import { chooseLanguage, language, languages, locale, t, type Language } from '../language/index.js';
import { failed } from '../parts/notice.js';
import { useZone } from '../parts/zone.js';
import { environmentName } from './environment.js';
import type { Live } from './live.js';
import classes from './shell.module.css';
import { openShortcuts } from './shortcuts.js';
import { tellOtherWindows } from './windows.js';

const liveWords: Record<Live, { word: string; meaning: string }> = {
  connected: { word: t('Live'), meaning: t('Changes show by themselves') },
  polling: { word: t('Every 15 s'), meaning: t('The live stream is not connected; pages are read again every 15 seconds') },
  paused: { word: t('Paused'), meaning: t('Nothing is read while this window is hidden') },
};

const schemes = {
  auto: { word: t('As the system'), icon: IconDeviceDesktop },
  light: { word: t('Light'), icon: IconSun },
  dark: { word: t('Dark'), icon: IconMoon },
} as const;

export function Header({ live }: { live: Live }) {
  const { zone, setZone } = useZone();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const identity = useIdentity();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      tellOtherWindows();
      await navigate({ to: '/sign-in', search: {} });
      queries.clear();
    },
    onError: (error) => failed(t('Could not sign out'), error),
  });
  const Scheme = schemes[colorScheme].icon;
  const environment = environmentName(identity?.environment);
  return (
    <>
      <button type="button" className={classes.searchButton} onClick={openSpotlight} aria-label={t('Search')}>
        <IconSearch size={15} aria-hidden />
        <span>{t('Search or paste an id')}</span>
        <Kbd size="xs" visibleFrom="sm">
          {t('Ctrl K')}
        </Kbd>
      </button>
      <div style={{ flex: 1 }} />
      <Tooltip label={t('This console belongs to the engine at {{host}}', { host: globalThis.location.host })}>
        <span className={`${classes.environment} mantine-visible-from-md`} data-production={/^prod/i.test(environment) || undefined}>
          <IconServer2 size={14} aria-hidden />
          {environment}
        </span>
      </Tooltip>
      <Tooltip label={liveWords[live].meaning}>
        <span className={`${classes.live} mantine-visible-from-xs`} data-state={live} role="status">
          {liveWords[live].word}
        </span>
      </Tooltip>
      <SegmentedControl
        size="xs"
        visibleFrom="md"
        aria-label={t('Time zone')}
        value={zone}
        onChange={(value) => setZone(value === 'utc' ? 'utc' : 'local')}
        data={[
          {
            value: 'local',
            label: localZoneWord(),
          },
          { value: 'utc', label: 'UTC' },
        ]}
      />
      <Menu position="bottom-end" width={190}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('Colours: {{word}}', { word: schemes[colorScheme].word })}
            title={t('Colours')}
          >
            <Scheme size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('Colours')}</Menu.Label>
          {(['auto', 'light', 'dark'] as const).map((scheme) => {
            const Glyph = schemes[scheme].icon;
            return (
              <Menu.Item
                key={scheme}
                leftSection={<Glyph size={15} />}
                onClick={() => setColorScheme(scheme)}
                aria-current={scheme === colorScheme || undefined}
                fw={scheme === colorScheme ? 600 : undefined}
              >
                {schemes[scheme].word}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        variant="subtle"
        color="gray"
        onClick={openShortcuts}
        aria-label={t('Keyboard shortcuts')}
        title={t('Keyboard shortcuts')}
        visibleFrom="xs"
      >
        <IconHelp size={17} stroke={1.7} />
      </ActionIcon>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon variant="light" radius="xl" size={30} aria-label={t('Account of {{name}}', { name: identity?.name ?? '' })}>
            {initials(identity?.name) || <IconUser size={16} />}
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <span style={{ display: 'block', fontWeight: 600, color: 'var(--mantine-color-text)' }}>{identity?.name}</span>
            {identity?.email}
            <span style={{ display: 'block', marginTop: 4 }}>{identity?.roles.join(', ')}</span>
          </Menu.Label>
          <Menu.Divider />
          <Menu.Item hiddenFrom="md" leftSection={<IconClock size={15} />} onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}>
            {zone === 'utc' ? t('Show local times') : t('Show UTC times')}
          </Menu.Item>{' '}
          <Menu.Label>{t('Language')}</Menu.Label>
          {(Object.keys(languages) as Language[]).map((one) => (
            <Menu.Item
              key={one}
              lang={one}
              leftSection={<IconLanguage size={15} />}
              onClick={() => chooseLanguage(one)}
              aria-current={one === language() || undefined}
              fw={one === language() ? 600 : undefined}
            >
              {languages[one]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {identity?.kind === 'user' ? (
            <Menu.Item leftSection={<IconUser size={15} />} component={Link} to="/profile">
              {t('Profile and security')}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => leave.mutate()}>
            {t('Sign out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** How the browser's own zone is called; one that is called UTC is still the person's own. */
function localZoneWord(): string {
  const name = new Intl.DateTimeFormat(locale(), { timeZoneName: 'short' })
    .formatToParts()
    .find((part) => part.type === 'timeZoneName')?.value;
  return name === undefined || name === 'UTC' ? t('Local') : name;
}

function initials(name: string | undefined): string {
  const words = (name ?? '').split(/\s+/).filter(Boolean);
  return words.length > 1 ? `${words[0]![0]}${words.at(-1)![0]}`.toUpperCase() : (words[0]?.slice(0, 2).toUpperCase() ?? '');
}

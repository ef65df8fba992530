import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconChevronDown, IconTrash, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useCan } from '../api/session.js';
import { changeView, makeView, removeView, shareView, viewsQuery, type SavedView } from '../api/views.js';
import { t, tIn } from '../language/index.js';
import { stringifySearch, type Search } from './address.js';
import classes from './filter-bar.module.css';
import { done, failed } from './notice.js';
import { Refused } from './situations.js';

/** What opens something on the list, and is no part of where one looks. */
const passing = new Set(['sel', 'peek', 'message']);
const kept = (search: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search as Search).filter((pair): pair is [string, string] => Boolean(pair[1]) && !passing.has(pair[0])),
  );
const same = (a: Record<string, string>, b: Record<string, string>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
};
export const addressOfView = ({ page, search }: Pick<SavedView, 'page' | 'search'>): string => `/${page}${stringifySearch(search)}`;

/** Views of this list that somebody has kept. `page` is the first part of its path. */
export function Views({ page, search }: { page: string; search: object }) {
  const can = useCan();
  const router = useRouter();
  const [saving, setSaving] = useState(false);
  const [managing, setManaging] = useState(false);
  const query = useQuery({ ...viewsQuery, enabled: can('view.save') });
  if (!can('view.save')) return null;
  const views = (query.data?.items ?? []).filter((view) => view.page === page);
  const here = kept(search);
  const chosen = views.find((view) => same(view.search, here));
  const item = (view: SavedView) => (
    <Menu.Item
      key={view.id}
      leftSection={<IconCheck size={14} style={{ visibility: view === chosen ? 'visible' : 'hidden' }} aria-hidden />}
      rightSection={view.shared ? <IconUsers size={14} aria-label={t('Shared')} /> : undefined}
      aria-current={view === chosen || undefined}
      onClick={() => router.history.push(addressOfView(view))}
    >
      {view.name}
    </Menu.Item>
  );
  const [mine, others] = [views.filter((view) => view.mine), views.filter((view) => !view.mine)];
  return (
    <>
      <Menu position="bottom-start" width={260} shadow="md">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            className={classes.chip}
            data-set={chosen !== undefined || undefined}
            leftSection={<IconBookmark size={14} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {chosen ? (
              <>
                {t('View')}
                <b>: {chosen.name}</b>
              </>
            ) : (
              t('Views')
            )}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
          {mine.length > 0 ? <Menu.Label>{t('Mine')}</Menu.Label> : null}
          {mine.map(item)}
          {others.length > 0 ? <Menu.Label>{t('Shared by others')}</Menu.Label> : null}
          {others.map(item)}
          {views.length > 0 ? (
            <Menu.Divider />
          ) : (
            <Menu.Label>{t('Filters, order and columns of time that you come back to can be kept under a name.')}</Menu.Label>
          )}
          <Menu.Item disabled={chosen !== undefined} onClick={() => setSaving(true)}>
            {t('Save this view…')}
          </Menu.Item>
          {views.length > 0 ? <Menu.Item onClick={() => setManaging(true)}>{t('Manage views…')}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={saving} onClose={() => setSaving(false)} title={t('Save this view')} centered>
        {saving ? <Save page={page} search={here} onDone={() => setSaving(false)} /> : null}
      </Modal>
      <Modal opened={managing} onClose={() => setManaging(false)} title={t('Views of this list')} size="lg" centered>
        {managing ? <Manage views={views} here={here} /> : null}
      </Modal>
    </>
  );
}

function Save({ page, search, onDone }: { page: string; search: Record<string, string>; onDone: () => void }) {
  const can = useCan();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const view = await makeView({ page, name: name.trim(), search });
      return shared ? shareView(view.id, true) : view;
    },
    onSuccess: (view) => {
      done(
        t('View saved'),
        view.shared
          ? t('Everybody finds “{{name}}” under Views.', { name: view.name })
          : t('You find “{{name}}” under Views.', { name: view.name }),
      );
      onDone();
    },
    // Also when it could be kept but not shared: then it is there.
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery.queryKey }),
  });
  const words = Object.entries(search);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) save.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('Name')}
          placeholder={t('Umbrella, older than a week')}
          maxLength={60}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {words.length > 0
            ? t('It keeps {{filters}}.', { filters: words.map(([key, value]) => `${key}: ${value}`).join('; ') })
            : t('It keeps the list without a filter.')}
        </Text>
        {can('view.share') ? (
          <Checkbox label={t('Share with everybody')} checked={shared} onChange={(event) => setShared(event.currentTarget.checked)} />
        ) : null}
        <Refused error={save.error} title={t('Could not save the view')} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            {t('Save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Manage({ views, here }: { views: SavedView[]; here: Record<string, string> }) {
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {views.length === 0 ? <Text size="sm">{t('No view is left.')}</Text> : null}
      {views.map((view) => (
        <Managed key={view.id} view={view} here={here} />
      ))}
    </Stack>
  );
}

function Managed({ view, here }: { view: SavedView; here: Record<string, string> }) {
  const can = useCan();
  const queries = useQueryClient();
  const [name, setName] = useState(view.name);
  const mayChange = view.mine || can('view.share');
  const after = (title: string, otherwise: string) => ({
    onSuccess: () => {
      done(title, `“${name.trim() || view.name}”`);
      return queries.invalidateQueries({ queryKey: viewsQuery.queryKey });
    },
    onError: (error: unknown) => failed(otherwise, error),
  });
  const rename = useMutation({
    mutationFn: () => changeView({ id: view.id, name: name.trim(), search: view.search }),
    ...after(t('View renamed'), t('Could not rename the view')),
  });
  const set = useMutation({
    mutationFn: () => changeView({ id: view.id, name: name.trim(), search: here }),
    ...after(t('View set to what is shown'), t('Could not set the view to what is shown')),
  });
  const share = useMutation({
    mutationFn: (shared: boolean) => shareView(view.id, shared),
    ...after(
      view.shared ? t('View taken back') : t('View shared'),
      view.shared ? t('Could not take the view back') : t('Could not share the view'),
    ),
  });
  const remove = useMutation({ mutationFn: () => removeView(view.id), ...after(t('View removed'), t('Could not remove the view')) });
  const renamed = name.trim() !== '' && name.trim() !== view.name;
  return (
    <li>
      <Group gap="xs" wrap="wrap" align="center">
        <TextInput
          aria-label={t('Name of {{name}}', { name: view.name })}
          size="xs"
          style={{ flex: '1 1 180px' }}
          maxLength={60}
          readOnly={!mayChange}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayChange ? (
          <>
            {renamed ? (
              <Button size="xs" loading={rename.isPending} onClick={() => rename.mutate()}>
                {t('Rename')}
              </Button>
            ) : null}
            <Button size="xs" variant="default" disabled={same(view.search, here)} loading={set.isPending} onClick={() => set.mutate()}>
              {t('Set to what is shown')}
            </Button>
            {can('view.share') ? (
              <Button size="xs" variant="default" loading={share.isPending} onClick={() => share.mutate(!view.shared)}>
                {view.shared ? t('Take back') : tIn('verb', 'Share')}
              </Button>
            ) : null}
            <ActionIcon
              variant="subtle"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate()}
              aria-label={t('Remove {{name}}', { name: view.name })}
              title={t('Remove')}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed" mt={2}>
        {view.mine ? (view.shared ? t('Yours, shared with everybody') : t('Yours alone')) : t('Shared by {{owner}}', { owner: view.owner })}{' '}
        · {addressOfView(view)}
      </Text>
    </li>
  );
}

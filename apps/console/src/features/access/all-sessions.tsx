import { Anchor, Group, Text } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { endSession, sessionsQuery } from '../../api/govern.js';
import { useCan, type Session } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { FilterBar, FilterText } from '../../parts/filter-bar.js';
import { done } from '../../parts/notice.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { deviceWords, Sessions } from '../../parts/sessions.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';

const route = getRouteApi('/app/access');

/** Who is signed in, where; of one person when the address says whom. */
export function AllSessions() {
  const search = route.useSearch();
  const { user, q } = search;
  const navigate = useNavigate();
  const can = useCan();
  const queries = useQueryClient();
  const query = useInfiniteQuery({ ...sessionsQuery({ user, q }), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [ending, setEnding] = useState<Session>();
  const end = useMutation({
    mutationFn: (session: Session) => endSession(session.id),
    onSuccess: () => {
      done(t('Session ended'));
      setEnding(undefined);
      void queries.invalidateQueries({ queryKey: ['access', 'sessions'] });
    },
  });
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('sessions')} onRetry={() => void query.refetch()} />;
  const find = (next: string | undefined) => void navigate({ to: '/access', search: { ...search, q: next } });
  return (
    <>
      {user ? (
        <Group mb="sm" gap={8}>
          <Text size="sm">{t('Of {{user}} only.', { user: rows[0]?.user ?? t('one person') })}</Text>
          <Anchor renderRoot={(props) => <Link {...props} to="/access" search={{ tab: 'sessions' }} />} size="sm">
            {t('Show everybody')}
          </Anchor>
        </Group>
      ) : null}
      <FilterBar onClear={q ? () => find(undefined) : undefined}>
        <FilterText label={t('Find sessions')} placeholder={t('Name, e-mail or address')} value={q} onChange={find} />
      </FilterBar>
      {rows.length === 0 && q ? (
        <FilteredEmpty what={t('sessions')} filters={[t('text “{{q}}”', { q })]} onClear={() => find(undefined)} />
      ) : rows.length === 0 ? (
        <FirstUse icon={IconLogin2} title={t('Nobody is signed in')}>
          {t('A session shows here from its sign-in until it ends. API keys have none.')}
        </FirstUse>
      ) : (
        <Sessions
          label={t('Sessions')}
          whose
          rows={rows}
          onEnd={can('access.write') ? setEnding : undefined}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      )}
      <Confirm
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t('End session')}
        verb={t('End session')}
        danger
        pending={end.isPending}
        error={end.error}
        onConfirm={() => ending && end.mutate(ending)}
      >
        {rich('{{user}} on {{deviceWords}} is asked to sign in again. To keep somebody out, disable the user.', {
          user: <b>{ending?.user}</b>,
          deviceWords: deviceWords(ending?.device ?? null),
        })}
      </Confirm>
    </>
  );
}

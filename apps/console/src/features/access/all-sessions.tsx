import { Anchor, Group, Text } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { endSession, sessionsQuery } from '../../api/govern.js';
import { useCan, type Session } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';
import { deviceWords, Sessions } from '../../parts/sessions.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';

const route = getRouteApi('/app/access');

/** Who is signed in, where; of one person when the address says whom. */
export function AllSessions() {
  const { user } = route.useSearch();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(sessionsQuery(user));
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
  const { items } = query.data;
  return (
    <>
      {user ? (
        <Group mb="sm" gap={8}>
          <Text size="sm">{t('Of {{user}} only.', { user: items[0]?.user ?? t('one person') })}</Text>
          <Anchor renderRoot={(props) => <Link {...props} to="/access" search={{ tab: 'sessions' }} />} size="sm">
            {t('Show everybody')}
          </Anchor>
        </Group>
      ) : null}
      {items.length === 0 ? (
        <FirstUse icon={IconLogin2} title={t('Nobody is signed in')}>
          {t('A session shows here from its sign-in until it ends. API keys have none.')}
        </FirstUse>
      ) : (
        <Sessions label={t('Sessions')} whose rows={items} onEnd={can('access.write') ? setEnding : undefined} />
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

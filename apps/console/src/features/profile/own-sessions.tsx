import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { endMyOtherSessions, endMySession, mySessionsQuery, type Session } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { done } from '../../parts/notice.js';
import { Section } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { deviceWords, Sessions } from '../../parts/sessions.js';
import { Failure, Waiting } from '../../parts/situations.js';

export function OwnSessions() {
  const queries = useQueryClient();
  const query = useInfiniteQuery(mySessionsQuery);
  const [ending, setEnding] = useState<Session | 'others'>();
  const end = useMutation({
    mutationFn: async (which: Session | 'others') => (which === 'others' ? endMyOtherSessions() : endMySession(which.id)),
    onSuccess: (_, which) => {
      done(which === 'others' ? t('Other sessions ended') : t('Session ended'));
      setEnding(undefined);
      void queries.invalidateQueries({ queryKey: mySessionsQuery.queryKey });
    },
  });
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  return (
    <Section
      title={t('Sessions')}
      aside={
        rows.length > 1 ? (
          <Button size="compact-sm" variant="default" onClick={() => setEnding('others')}>
            {t('End all others…')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? (
        <Waiting rows={2} height={41} />
      ) : query.data ? (
        <Sessions label={t('My sessions')} rows={rows} onEnd={setEnding} more={moreOf(query)} />
      ) : (
        <Failure error={query.error} what={t('your sessions')} onRetry={() => void query.refetch()} />
      )}
      <Confirm
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={ending === 'others' ? t('End all other sessions') : t('End session')}
        verb={ending === 'others' ? t('End others') : t('End session')}
        danger
        pending={end.isPending}
        error={end.error}
        onConfirm={() => ending && end.mutate(ending)}
      >
        {ending === 'others'
          ? t('Every other browser in which you are signed in is asked to sign in again.')
          : t('{{deviceWords}} is asked to sign in again. If you do not know it, change your password, too.', {
              deviceWords: deviceWords(ending?.device ?? null),
            })}
      </Confirm>
    </Section>
  );
}

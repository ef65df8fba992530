import { Button, Group, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { commentException, exceptionHistoryQuery, type HistoryEntry } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { At, formatInstant } from '../../parts/time.js';
import { useZone, type Zone } from '../../parts/zone.js';
import classes from './exceptions.module.css';
import { entryWords } from './history-words.js';

/** Who did what, and when, as one list; and the place to say something. What is said stays. */
export function History({ id }: { id: string }) {
  const query = useQuery(exceptionHistoryQuery(id));
  const { zone } = useZone();
  return (
    <section aria-label={t('History')}>
      <Text size="sm" fw={600} mb={6}>
        {t('History')}
      </Text>
      {query.isPending ? <Waiting rows={3} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the history')} onRetry={() => void query.refetch()} /> : null}
      {query.data?.more ? (
        <Text size="sm" c="dimmed" mb={6}>
          {t('The newest {{count}} entries.', { count: query.data.items.length })}
        </Text>
      ) : null}
      {query.data ? (
        <ol className={classes.history}>
          {query.data.items.map((entry, index) => (
            <Entry key={`${entry.at} ${index}`} entry={entry} zone={zone} />
          ))}
        </ol>
      ) : null}
      <Comment id={id} />
    </section>
  );
}

function Entry({ entry, zone }: { entry: HistoryEntry; zone: Zone }) {
  const words = entryWords(entry, (at) => formatInstant(at, zone, { seconds: false }));
  return (
    <li data-kind={entry.kind}>
      <div className={classes.when}>
        <At at={entry.at} />
      </div>
      <div>
        <b>{entry.by ?? 'Waybill'}</b> {words.did}
        {entry.runId ? (
          <>
            {' '}
            ·{' '}
            <Link to="/runs/$id" params={{ id: entry.runId }}>
              {t('run')}
            </Link>
          </>
        ) : null}
        {words.said ? <p className={classes.said}>{words.said}</p> : null}
      </div>
    </li>
  );
}

function Comment({ id }: { id: string }) {
  const can = useCan();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const comment = useMutation({
    mutationFn: () => commentException(id, text.trim()),
    onSuccess: () => {
      setText('');
      done(t('Comment written'));
      void queries.invalidateQueries({ queryKey: ['exceptions'] });
    },
  });
  if (!can('exception.work')) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') comment.mutate();
      }}
    >
      <Textarea
        label={t('Comment')}
        description={t('Everybody who sees the exception sees it; it cannot be changed afterwards')}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Refused error={comment.error} title={t('Could not write the comment')} />
      <Group justify="flex-end" mt={8}>
        <Button type="submit" size="xs" variant="default" disabled={text.trim() === ''} loading={comment.isPending}>
          {t('Write comment')}
        </Button>
      </Group>
    </form>
  );
}

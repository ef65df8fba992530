import { Button, Code, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../../api/session.js';
import { answerRefusal, refusalQuery, usageKey } from '../../api/usage.js';
import { rich, t } from '../../language/index.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import classes from './usage.module.css';

/** The record as it came, everything that is wrong with it, and what somebody made of it. */
export function RefusalDetail({ id, onAnswered }: { id: string; onAnswered: () => void }) {
  const query = useQuery(refusalQuery(id));
  const can = useCan();
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data) return <Failure error={query.error} what={t('the refused record')} onRetry={() => void query.refetch()} />;
  const { connection, stream, at, receivedAt, problems, headers, text, base64, bytes, keptBytes, answer } = query.data;
  return (
    <Stack gap="md">
      <div>
        {problems.map((problem) => (
          <Text key={problem.path + problem.detail} size="sm">
            {problem.path ? <span className={classes.mono}>{problem.path} </span> : null}
            {problem.detail}
          </Text>
        ))}
      </div>
      <Facts
        items={[
          [t('Stream'), t('{{stream}} of {{connection}}', { stream, connection })],
          [t('Place'), <span className={classes.mono}>{at}</span>],
          [t('Read'), <At at={receivedAt} />],
          [
            t('Length'),
            keptBytes < bytes
              ? t('{{bytes}} bytes, of which {{keptBytes}} are kept', { bytes, keptBytes })
              : t('{{bytes}} bytes', { bytes }),
          ],
          [
            t('Answered'),
            answer ? <>{rich('{{at}} by {{by}}: {{note}}', { at: <At at={answer.at} />, by: answer.by, note: answer.note })}</> : null,
          ],
        ]}
      />
      {Object.keys(headers).length > 0 ? (
        <Code block tabIndex={0} aria-label={t('Headers')}>
          {Object.entries(headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\n')}
        </Code>
      ) : null}
      {bytes > 0 ? (
        <Code block tabIndex={0} aria-label={text === null ? t('Value in base64') : t('Value')} className={classes.broken}>
          {text ?? base64}
        </Code>
      ) : null}
      {answer === null && can('exception.work') ? <Answer id={id} onAnswered={onAnswered} /> : null}
    </Stack>
  );
}

function Answer({ id, onAnswered }: { id: string; onAnswered: () => void }) {
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const answer = useMutation({
    mutationFn: () => answerRefusal(id, note.trim()),
    onSuccess: () => {
      done(t('Answered'), t('The record stays as it was.'));
      void queries.invalidateQueries({ queryKey: [usageKey] });
      onAnswered();
    },
  });
  return (
    <form
      onSubmit={(submitted) => {
        submitted.preventDefault();
        answer.mutate();
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={t('What became of it')}
          description={t('Such as: the source has sent it again, corrected. Kept with the record and in the audit log')}
          withAsterisk
          autosize
          minRows={2}
          maxLength={2_000}
          value={note}
          onChange={(changed) => setNote(changed.currentTarget.value)}
        />
        <Refused error={answer.error} title={t('Could not answer the record')} />
        <Group justify="flex-end">
          <Button type="submit" disabled={note.trim() === ''} loading={answer.isPending}>
            {t('Answer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

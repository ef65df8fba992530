import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { controlRunQuery, evidenceFile, prepareCheckpoint, reopenCheckpoint, reviewCheckpoint, type Checkpoint, type ControlRunDetail } from '../../api/reconcile.js'; // prettier-ignore
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { monthWord } from '../../parts/control-run.js';
import { Confirm } from '../../parts/confirm.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Section } from '../../parts/page.js';
import { Ago } from '../../parts/time.js';
import { CheckpointMark } from './words.js';
import classes from './reconciliation.module.css';

type Asked = 'prepare' | 'review' | 'reopen';

/** One prepares, another reviews and locks; what is refused says why. */
export function SignOff({ run }: { run: ControlRunDetail }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asked, ask] = useState<Asked>();
  const early = run.day <= run.ends;
  const current = run.checkpoints.find(({ state }) => state === 'prepared' || state === 'locked');
  const act = useMutation({
    mutationFn: (words: string): Promise<unknown> => {
      if (asked === 'prepare') return prepareCheckpoint(run.id, run.contentHash ?? '', words);
      if (asked === 'review') return reviewCheckpoint(current!.id, run.contentHash ?? '', words);
      return reopenCheckpoint(current!.id, words);
    },
    onSuccess: () => {
      done(asked === 'prepare' ? t('Signed as preparer') : asked === 'review' ? t('Reviewed and locked') : t('Reopened'));
      ask(undefined);
      void queries.invalidateQueries({ queryKey: controlRunQuery(run.id).queryKey });
    },
  });
  const texts = {
    prepare: { title: t('Sign as preparer'), verb: t('Sign'), say: t('You say that {{monthWord}} of {{control}} is right as this run shows it. Somebody else reviews it.', { monthWord: monthWord(run.period), control: run.control }) },
    review: { title: t('Review and lock'), verb: t('Lock'), say: t('{{preparedBy}} has prepared it. After this nothing is said to its gaps any more, until somebody reopens it.', { preparedBy: current?.preparedBy ?? '' }) },
    reopen: { title: t('Reopen the period'), verb: t('Reopen'), say: t('The sign-off stays to be seen, with your reason.') },
  }[asked ?? 'prepare']; // prettier-ignore
  return (
    <Section title={t('Sign-off')}>
      {run.checkpoints.length === 0 ? <p className={classes.dim}>{t('Nobody has signed {{monthWord}} yet.', { monthWord: monthWord(run.period) })}</p> : null}
      <ul className={classes.checkpoints}>
        {run.checkpoints.map((one) => (
          <li key={one.id}>
            <CheckpointLine checkpoint={one} runId={run.id} />
          </li>
        ))}
      </ul>
      <Group gap={8} mt={8}>
        {can('control.work') && current?.state !== 'locked' ? (
          <Button size="xs" disabled={run.openGaps > 0 || early} onClick={() => ask('prepare')}>
            {t('Sign as preparer')}
          </Button>
        ) : null}
        {can('control.review') && current?.state === 'prepared' ? (
          <Button size="xs" onClick={() => ask('review')}>
            {t('Review and lock')}
          </Button>
        ) : null}
        {can('control.review') && current?.state === 'locked' ? (
          <Button size="xs" variant="default" onClick={() => ask('reopen')}>
            {t('Reopen…')}
          </Button>
        ) : null}
        {current?.state === 'locked' ? (
          <Button component="a" size="xs" variant="default" leftSection={<IconDownload size={14} />} href={evidenceFile(current.id)} download>
            {t('Evidence pack')}
          </Button>
        ) : null}
        {early && run.checkpoints.length === 0 ? <span className={classes.dim}>{t('{{monthWord}} is not over: run the control again when it is, and sign that run.', { monthWord: monthWord(run.period) })}</span> : null}
        {run.openGaps > 0 ? <span className={classes.dim}>{t('{{openGaps}} open: mend or accept each before it is signed.', { openGaps: formatCount(run.openGaps) })}</span> : null}
      </Group>
      <Confirm
        opened={asked !== undefined}
        onClose={() => ask(undefined)}
        title={texts.title}
        verb={texts.verb}
        reason={asked === 'reopen' ? 'required' : 'optional'}
        reasonLabel={asked === 'reopen' ? t('Reason') : t('Comment')}
        pending={act.isPending}
        error={act.error}
        onConfirm={(words) => act.mutate(words)}
      >
        {texts.say}
      </Confirm>
    </Section>
  );
} // prettier-ignore

function CheckpointLine({ checkpoint: one, runId }: { checkpoint: Checkpoint; runId: string }) {
  return (
    <>
      <CheckpointMark state={one.state} />
      <span>
        {rich('{{preparedBy}} prepared {{preparedAt}}', { preparedBy: one.preparedBy, preparedAt: <Ago at={one.preparedAt} /> })}
        {one.comment ? `: ${one.comment}` : ''}
        {one.reviewedBy ? (
          <>
            {'; '}
            {rich('{{reviewedBy}} reviewed {{reviewedAt}}', { reviewedBy: one.reviewedBy, reviewedAt: <Ago at={one.reviewedAt} /> })}
            {one.reviewComment ? `: ${one.reviewComment}` : ''}
          </>
        ) : null}
        {one.reopenedBy ? (
          <>
            {'; '}
            {rich('{{reopenedBy}} reopened {{reopenedAt}}: {{reopenReason}}', {
              reopenedBy: one.reopenedBy,
              reopenedAt: <Ago at={one.reopenedAt} />,
              reopenReason: one.reopenReason,
            })}
          </>
        ) : null}
        {one.runId === runId ? '' : t(', on another run')}
      </span>
    </>
  );
}

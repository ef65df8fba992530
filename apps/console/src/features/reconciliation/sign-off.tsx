import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { controlRunQuery, evidenceFile, prepareCheckpoint, reopenCheckpoint, reviewCheckpoint, type Checkpoint, type ControlRunDetail } from '../../api/reconcile.js'; // prettier-ignore
import { useCan } from '../../api/session.js';
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
  const current = run.checkpoints.find(({ state }) => state === 'prepared' || state === 'locked');
  const act = useMutation({
    mutationFn: (words: string): Promise<unknown> => {
      if (asked === 'prepare') return prepareCheckpoint(run.id, run.contentHash ?? '', words);
      if (asked === 'review') return reviewCheckpoint(current!.id, run.contentHash ?? '', words);
      return reopenCheckpoint(current!.id, words);
    },
    onSuccess: () => {
      done(asked === 'prepare' ? 'Prepared' : asked === 'review' ? 'Reviewed and locked' : 'Reopened');
      ask(undefined);
      void queries.invalidateQueries({ queryKey: controlRunQuery(run.id).queryKey });
    },
  });
  const texts = {
    prepare: { title: 'Sign as preparer', verb: 'Sign', say: `You say that ${monthWord(run.period)} of ${run.control} is right as this run shows it. Somebody else reviews it.` },
    review: { title: 'Review and lock', verb: 'Lock', say: `${current?.preparedBy ?? ''} has prepared it. After this nothing is said to its gaps any more, until somebody reopens it.` },
    reopen: { title: 'Reopen the period', verb: 'Reopen', say: 'The sign-off stays to be seen, with your reason.' },
  }[asked ?? 'prepare']; // prettier-ignore
  return (
    <Section title="Sign-off">
      {run.checkpoints.length === 0 ? <p className={classes.dim}>Nobody has signed {monthWord(run.period)} yet.</p> : null}
      <ul className={classes.checkpoints}>
        {run.checkpoints.map((one) => (
          <li key={one.id}>
            <CheckpointLine checkpoint={one} runId={run.id} />
          </li>
        ))}
      </ul>
      <Group gap={8} mt={8}>
        {can('control.work') && current?.state !== 'locked' ? (
          <Button size="xs" disabled={run.openGaps > 0} onClick={() => ask('prepare')}>
            Sign as preparer
          </Button>
        ) : null}
        {can('control.review') && current?.state === 'prepared' ? (
          <Button size="xs" onClick={() => ask('review')}>
            Review and lock
          </Button>
        ) : null}
        {can('control.review') && current?.state === 'locked' ? (
          <Button size="xs" variant="default" onClick={() => ask('reopen')}>
            Reopen…
          </Button>
        ) : null}
        {current?.state === 'locked' ? (
          <Button component="a" size="xs" variant="default" leftSection={<IconDownload size={14} />} href={evidenceFile(current.id)} download>
            Evidence pack
          </Button>
        ) : null}
        {run.openGaps > 0 ? <span className={classes.dim}>{formatCount(run.openGaps)} open: mend or accept each before it is signed.</span> : null}
      </Group>
      <Confirm
        opened={asked !== undefined}
        onClose={() => ask(undefined)}
        title={texts.title}
        verb={texts.verb}
        reason={asked === 'reopen' ? 'required' : 'optional'}
        reasonLabel={asked === 'reopen' ? 'Reason' : 'Comment'}
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
        {one.preparedBy} prepared <Ago at={one.preparedAt} />
        {one.comment ? `: ${one.comment}` : ''}
        {one.reviewedBy ? (
          <>
            ; {one.reviewedBy} reviewed <Ago at={one.reviewedAt} />
            {one.reviewComment ? `: ${one.reviewComment}` : ''}
          </>
        ) : null}
        {one.reopenedBy ? (
          <>
            ; {one.reopenedBy} reopened <Ago at={one.reopenedAt} />: {one.reopenReason}
          </>
        ) : null}
        {one.runId === runId ? '' : ', on another run'}
      </span>
    </>
  );
}

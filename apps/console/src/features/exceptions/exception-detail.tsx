import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assignException, exceptionGroupsQuery, snoozeException, type ExceptionItem, type Selection } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton, TextLink } from '../../parts/links.js';
import { formatCount, Money } from '../../parts/money.js';
import { done, failed } from '../../parts/notice.js';
import { Facts, Verbatim } from '../../parts/page.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { CategoryMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import { ActDialog } from './act-dialog.js';
import type { Act } from './acts.js';
import { BulkAct } from './bulk-act.js';
import classes from './exceptions.module.css';
import { FixStep } from './fix-step.js';
import { History } from './history.js';
import { DueMark, ExceptionStateMark } from './marks.js';

/** What happened, what the target said, what to do, replay, and what was done so far: in the order in which a person needs them. */
export function ExceptionDetail({ exception }: { exception: ExceptionItem }) {
  const can = useCan();
  const me = useIdentity();
  const queries = useQueryClient();
  const [replaying, setReplaying] = useState<Selection>();
  const [all, setAll] = useState(false);
  const [act, setAct] = useState<Exclude<Act, 'replay'>>();
  const groups = useQuery(exceptionGroupsQuery({ causeKey: exception.causeKey }));
  const alike = groups.data?.items[0]?.count ?? 1;
  const open = exception.state === 'open' || exception.state === 'in-progress';
  const works = open && can('exception.work');
  const fresh = () => ['exceptions', 'messages', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  const takeUp = useMutation({
    mutationFn: (id: string | null) => assignException(exception.id, id),
    onSuccess: (item) => done(item.assignee === null ? 'Given back' : 'Taken up'),
    onError: (error) => failed('Could not assign', error),
    onSettled: fresh,
  });
  const wake = useMutation({
    mutationFn: () => snoozeException(exception.id, null),
    onSuccess: () => done('Snooze ended'),
    onError: (error) => failed('Could not end the snooze', error),
    onSettled: fresh,
  });
  const mine = me?.kind === 'user' && exception.assigneeId === me.id;
  return (
    <Stack gap="lg">
      <div>
        <Group gap={8} mb={8}>
          <CategoryMark category={exception.category} />
          <ExceptionStateMark item={exception} />
          <DueMark item={exception} />
        </Group>
        {exception.state === 'resolved' ? <Ended exception={exception} /> : null}
        {exception.state === 'replaying' ? (
          <Text size="sm" c="dimmed" mb={4}>
            It was sent again. It ends by itself when its document is posted, and comes back here when it stops again.
          </Text>
        ) : null}
        <h2 className={classes.sentence}>{exception.cause}</h2>
        {exception.path ? (
          <Text size="sm" c="dimmed" mt={4}>
            At <code>{exception.path}</code> in the document, stage {exception.stage}
          </Text>
        ) : (
          <Text size="sm" c="dimmed" mt={4}>
            Stopped at stage {exception.stage}
          </Text>
        )}
      </div>
      {exception.vendorWords ? (
        <section aria-label="What the target said">
          <Text size="sm" fw={600} mb={4}>
            What the target said
          </Text>
          <Verbatim>{exception.vendorWords}</Verbatim>
        </section>
      ) : null}
      {open ? (
        <>
          <FixStep exception={exception} />
          <section className={classes.step} aria-label="Replay">
            <span className={classes.stepNumber}>2</span>
            <h3 className={classes.stepTitle}>Replay</h3>
            <Text size="sm">You see what would be sent before anything is sent.</Text>
            {can('message.replay') ? (
              <Group gap="sm" mt={4}>
                <Button onClick={() => setReplaying({ messages: [exception.messageId] })}>Preview replay</Button>
                {alike > 1 ? (
                  <Button variant="default" onClick={() => setAll(true)}>
                    Replay all {formatCount(alike)} of this cause…
                  </Button>
                ) : null}
              </Group>
            ) : (
              <Text size="sm" c="dimmed">
                Your roles do not include replay.
              </Text>
            )}
          </section>
        </>
      ) : null}
      <Facts
        items={[
          ['Document', exception.title],
          ['Amount', exception.amount ? <Money value={exception.amount} /> : null],
          ['Customer', exception.customer],
          ['Legal entity', exception.legalEntity],
          ['Flow', exception.flow],
          ['Attempts', String(exception.attempts)],
          ['Code', <code>{exception.code}</code>],
          ['Owner', exception.assignee ?? 'nobody'],
          ['Opened', <At at={exception.openedAt} />],
          ['Due', <At at={exception.dueAt} seconds={false} />],
          ['Snoozed until', exception.snoozedUntil ? <At at={exception.snoozedUntil} seconds={false} /> : null],
          [
            'Came back from a replay',
            exception.returns > 0 ? `${formatCount(exception.returns)} ${exception.returns === 1 ? 'time' : 'times'}` : null,
          ],
          [
            'Closed',
            exception.closedAt ? (
              <>
                <At at={exception.closedAt} />
                {exception.closedBy ? ` by ${exception.closedBy}` : ''}
              </>
            ) : null,
          ],
          ['Id', <CopyId value={exception.id} label="Copy id" />],
        ]}
      />
      <Group gap="sm">
        <LinkButton variant="default" to="/messages/$id" params={{ id: exception.messageId }} search={{}}>
          Open message
        </LinkButton>
        {works && me?.kind === 'user' && !(mine && exception.state === 'in-progress') ? (
          <Button variant="default" loading={takeUp.isPending} onClick={() => takeUp.mutate(me.id)}>
            Take up
          </Button>
        ) : null}
        {works && mine ? (
          <Button variant="default" loading={takeUp.isPending} onClick={() => takeUp.mutate(null)}>
            Give back
          </Button>
        ) : null}
        {works ? (
          <Button variant="default" onClick={() => setAct('assign')}>
            Assign…
          </Button>
        ) : null}
        {works && exception.snoozedUntil !== null ? (
          <Button variant="default" loading={wake.isPending} onClick={() => wake.mutate()}>
            End snooze
          </Button>
        ) : null}
        {works && exception.snoozedUntil === null ? (
          <Button variant="default" onClick={() => setAct('snooze')}>
            Snooze…
          </Button>
        ) : null}
        {works ? (
          <Button variant="subtle" color="gray" onClick={() => setAct('resolve')}>
            Resolve without posting…
          </Button>
        ) : null}
      </Group>
      <History id={exception.id} />
      <ReplayDialog opened={replaying !== undefined} selection={replaying ?? {}} onClose={() => setReplaying(undefined)} />
      {all ? <BulkAct act="replay" chosen={{ filter: { causeKey: exception.causeKey } }} onClose={() => setAll(false)} /> : null}
      {act ? <ActDialog act={act} target={{ one: exception }} onClose={() => setAct(undefined)} /> : null}
    </Stack>
  );
}

/** How it ended, and what ended it. */
function Ended({ exception }: { exception: ExceptionItem }) {
  return (
    <Text size="sm" mb={4} component="div">
      Ended by {exception.closedBy ?? 'somebody'}
      {exception.resolution ? `: ${exception.resolution}` : ''}
      {exception.closedRun ? (
        <>
          {' '}
          ·{' '}
          <TextLink fz="inherit" underline="always" to="/runs/$id" params={{ id: exception.closedRun }}>
            Open the replay
          </TextLink>
        </>
      ) : null}
    </Text>
  );
}

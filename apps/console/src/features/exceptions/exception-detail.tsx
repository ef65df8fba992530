import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assignException, exceptionGroupsQuery, snoozeException, type ExceptionItem, type Selection } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
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
    onSuccess: (item) => done(item.assignee === null ? t('Given back') : t('Taken up')),
    onError: (error, id) => failed(id === null ? t('Could not give it back') : t('Could not take it up'), error),
    onSettled: fresh,
  });
  const wake = useMutation({
    mutationFn: () => snoozeException(exception.id, null),
    onSuccess: () => done(t('Snooze ended')),
    onError: (error) => failed(t('Could not end the snooze'), error),
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
            {t('It was sent again. It ends by itself when its document is posted, and comes back here when it stops again.')}
          </Text>
        ) : null}
        <h2 className={classes.sentence}>{exception.cause}</h2>
        {exception.path ? (
          <Text size="sm" c="dimmed" mt={4}>
            {rich('At {{path}} in the document, stage {{stage}}', { path: <code>{exception.path}</code>, stage: exception.stage })}
          </Text>
        ) : (
          <Text size="sm" c="dimmed" mt={4}>
            {t('Stopped at stage {{stage}}', { stage: exception.stage })}
          </Text>
        )}
      </div>
      {exception.vendorWords ? (
        <section aria-label={t('What the target said')}>
          <Text size="sm" fw={600} mb={4}>
            {t('What the target said')}
          </Text>
          <Verbatim>{exception.vendorWords}</Verbatim>
        </section>
      ) : null}
      {open ? (
        <>
          <FixStep exception={exception} />
          <section className={classes.step} aria-label={t('Replay')}>
            <span className={classes.stepNumber}>2</span>
            <h3 className={classes.stepTitle}>{t('Replay')}</h3>
            <Text size="sm">{t('You see what would be sent before anything is sent.')}</Text>
            {can('message.replay') ? (
              <Group gap="sm" mt={4}>
                <Button onClick={() => setReplaying({ messages: [exception.messageId] })}>{t('Preview replay')}</Button>
                {alike > 1 ? (
                  <Button variant="default" onClick={() => setAll(true)}>
                    {t('Replay all {{alike}} of this cause…', { alike: formatCount(alike) })}
                  </Button>
                ) : null}
              </Group>
            ) : (
              <Text size="sm" c="dimmed">
                {t('Your roles do not include replay.')}
              </Text>
            )}
          </section>
        </>
      ) : null}
      <Facts
        items={[
          [t('Document'), exception.title],
          [t('Amount'), exception.amount ? <Money value={exception.amount} /> : null],
          [t('Customer'), exception.customer],
          [t('Legal entity'), exception.legalEntity],
          [t('Flow'), exception.flow],
          [t('Attempts'), String(exception.attempts)],
          [t('Code'), <code>{exception.code}</code>],
          [t('Owner'), exception.assignee ?? t('nobody')],
          [t('Opened'), <At at={exception.openedAt} />],
          [t('Due'), <At at={exception.dueAt} seconds={false} />],
          [t('Snoozed until'), exception.snoozedUntil ? <At at={exception.snoozedUntil} seconds={false} /> : null],
          [t('Came back from a replay'), exception.returns > 0 ? counted(exception.returns, '{{count}} time', '{{count}} times') : null],
          [
            t('Closed'),
            exception.closedAt ? (
              exception.closedBy ? (
                rich('{{closedAt}} by {{closedBy}}', { closedAt: <At at={exception.closedAt} />, closedBy: exception.closedBy })
              ) : (
                <At at={exception.closedAt} />
              )
            ) : null,
          ],
          [t('Id'), <CopyId value={exception.id} label={t('Copy id')} />],
        ]}
      />
      <Group gap="sm">
        <LinkButton variant="default" to="/messages/$id" params={{ id: exception.messageId }} search={{}}>
          {t('Open message')}
        </LinkButton>
        {works && me?.kind === 'user' && !(mine && exception.state === 'in-progress') ? (
          <Button variant="default" loading={takeUp.isPending} onClick={() => takeUp.mutate(me.id)}>
            {t('Take up')}
          </Button>
        ) : null}
        {works && mine ? (
          <Button variant="default" loading={takeUp.isPending} onClick={() => takeUp.mutate(null)}>
            {t('Give back')}
          </Button>
        ) : null}
        {works ? (
          <Button variant="default" onClick={() => setAct('assign')}>
            {t('Assign…')}
          </Button>
        ) : null}
        {works && exception.snoozedUntil !== null ? (
          <Button variant="default" loading={wake.isPending} onClick={() => wake.mutate()}>
            {t('End snooze')}
          </Button>
        ) : null}
        {works && exception.snoozedUntil === null ? (
          <Button variant="default" onClick={() => setAct('snooze')}>
            {t('Snooze…')}
          </Button>
        ) : null}
        {works ? (
          <Button variant="subtle" color="gray" onClick={() => setAct('resolve')}>
            {t('Resolve without posting…')}
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
      {t('Ended by {{closedBy}}', { closedBy: exception.closedBy ?? t('somebody') })}
      {exception.resolution ? `: ${exception.resolution}` : ''}
      {exception.closedRun ? (
        <>
          {' '}
          ·{' '}
          <TextLink fz="inherit" underline="always" to="/runs/$id" params={{ id: exception.closedRun }}>
            {t('Open the replay')}
          </TextLink>
        </>
      ) : null}
    </Text>
  );
}

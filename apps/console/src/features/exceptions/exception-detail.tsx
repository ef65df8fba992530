import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assignException, exceptionGroupsQuery, resolveException, type ExceptionItem } from '../../api/operate.js';
import { useCan, useIdentity } from '../../api/session.js';
import { Confirm } from '../../parts/confirm.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount, Money } from '../../parts/money.js';
import { done, failed } from '../../parts/notice.js';
import { Facts, Verbatim } from '../../parts/page.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { CategoryMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import type { Selection } from '../../api/operate.js';
import classes from './exceptions.module.css';
import { FixStep } from './fix-step.js';

/** What happened, what the target said, what to do, replay: in the order in which a person needs them. */
export function ExceptionDetail({ exception }: { exception: ExceptionItem }) {
  const can = useCan();
  const me = useIdentity();
  const queries = useQueryClient();
  const [replaying, setReplaying] = useState<Selection>();
  const [resolving, resolving_] = useDisclosure(false);
  const groups = useQuery(exceptionGroupsQuery);
  const alike = groups.data?.items.find((group) => group.causeKey === exception.causeKey)?.count ?? 1;
  const open = exception.state === 'open';
  const fresh = () => ['exceptions', 'messages', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  const assign = useMutation({
    mutationFn: (assignee: string | null) => assignException(exception.id, assignee),
    onSuccess: (item) => {
      done(item.assignee ? 'Assigned to you' : 'Assignment taken back');
      fresh();
    },
    onError: (error) => failed('Could not assign', error),
  });
  const resolve = useMutation({
    mutationFn: (reason: string) => resolveException(exception.id, reason),
    onSuccess: () => {
      done('Resolved without posting');
      resolving_.close();
      fresh();
    },
  });
  const myName = me?.email ?? me?.name;
  const mine = exception.assignee !== null && exception.assignee === myName;
  return (
    <Stack gap="lg">
      <div>
        <Group gap={8} mb={8}>
          <CategoryMark category={exception.category} />
          {!open ? (
            <Text size="sm" c="dimmed">
              Resolved{exception.resolution ? `: ${exception.resolution}` : ''}
            </Text>
          ) : null}
        </Group>
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
                  <Button variant="default" onClick={() => setReplaying({ causeKey: exception.causeKey })}>
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
          ['Assigned to', exception.assignee ?? 'nobody'],
          ['Opened', <At at={exception.openedAt} />],
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
        {open && can('exception.work') && myName ? (
          <Button variant="default" loading={assign.isPending} onClick={() => assign.mutate(mine ? null : myName)}>
            {mine ? 'Take back assignment' : 'Assign to me'}
          </Button>
        ) : null}
        {open && can('exception.work') ? (
          <Button variant="subtle" color="gray" onClick={resolving_.open}>
            Resolve without posting…
          </Button>
        ) : null}
      </Group>
      <ReplayDialog opened={replaying !== undefined} selection={replaying ?? {}} onClose={() => setReplaying(undefined)} />
      <Confirm
        opened={resolving}
        onClose={resolving_.close}
        title="Resolve without posting"
        verb="Resolve"
        danger
        reason="required"
        reasonLabel="Why will it not be posted?"
        typed={exception.title ?? 'resolve'}
        pending={resolve.isPending}
        error={resolve.error}
        onConfirm={(reason) => resolve.mutate(reason)}
      >
        {exception.title ?? 'The document'} will not be sent to the target by this flow
        {exception.amount ? (
          <>
            : <Money value={exception.amount} /> stay unposted here
          </>
        ) : null}
        . Do this when it was booked by hand, or is not to be booked at all. The reason is kept in the audit log.
      </Confirm>
    </Stack>
  );
}

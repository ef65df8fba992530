import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { decideApproval, type Approval } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { Confirm } from '../../parts/confirm.js';
import { CopyId } from '../../parts/id.js';
import { JsonView } from '../../parts/json/json-view.js';
import { LinkButton } from '../../parts/links.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { At } from '../../parts/time.js';

export function ApprovalDrawer({ approval, onClose }: { approval: Approval | undefined; onClose: () => void }) {
  return (
    <Drawer opened={approval !== undefined} onClose={onClose} position="right" size={640} title="Approval">
      {approval ? <Decide key={approval.id} approval={approval} onClose={onClose} /> : null}
    </Drawer>
  );
}

function Decide({ approval, onClose }: { approval: Approval; onClose: () => void }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const decide = useMutation({
    mutationFn: ({ decision, reason }: { decision: 'approve' | 'reject'; reason: string }) =>
      decideApproval(approval.id, decision, { contentHash: approval.contentHash, reason: reason || undefined }),
    onSuccess: (_, { decision }) => {
      done(
        decision === 'approve' ? 'Approved' : 'Rejected',
        decision === 'approve' ? 'The document goes on to its target.' : 'The message is now an exception.',
      );
      for (const key of ['approvals', 'messages', 'exceptions', 'overview']) void queries.invalidateQueries({ queryKey: [key] });
      setAsking(undefined);
      onClose();
    },
  });
  return (
    <Stack gap="lg">
      <Text fw={600}>{approval.summary}</Text>
      <Facts
        items={[
          ['Rule', approval.rule],
          ['Who decides', approval.role],
          ['Asked', <At at={approval.requestedAt} />],
          [
            'Decided',
            approval.decidedAt ? (
              <>
                <At at={approval.decidedAt} />
                {approval.decidedBy ? ` by ${approval.decidedBy}` : ''}
              </>
            ) : null,
          ],
          ['Reason', approval.reason],
          ['Content hash', <CopyId value={approval.contentHash} label="Copy content hash" />],
        ]}
      />
      <section aria-label="What is approved">
        <Text size="sm" fw={600} mb={6}>
          What is approved
        </Text>
        <JsonView text={JSON.stringify(approval.content)} label="What is approved" maxHeight={380} />
      </section>
      {approval.state === 'void' ? (
        <Alert color="yellow" title="Void">
          The document changed after this was asked for. A new approval covers the new content.
        </Alert>
      ) : null}
      <Group gap="sm">
        {approval.state === 'open' && can('approval.decide') ? (
          <>
            <Button onClick={() => setAsking('approve')}>Approve…</Button>
            <Button variant="outline" color="red" onClick={() => setAsking('reject')}>
              Reject…
            </Button>
          </>
        ) : null}
        {approval.state === 'open' && !can('approval.decide') ? (
          <Text size="sm" c="dimmed">
            Somebody of the role {approval.role} decides.
          </Text>
        ) : null}
        {approval.messageId ? (
          <LinkButton variant="default" to="/messages/$id" params={{ id: approval.messageId }} search={{}}>
            Open message
          </LinkButton>
        ) : null}
      </Group>
      <Confirm
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={asking === 'reject' ? 'Reject' : 'Approve'}
        verb={asking === 'reject' ? 'Reject' : 'Approve'}
        danger={asking === 'reject'}
        reason={asking === 'reject' ? 'required' : 'optional'}
        pending={decide.isPending}
        error={decide.error}
        onConfirm={(reason) => decide.mutate({ decision: asking ?? 'approve', reason })}
      >
        {asking === 'reject'
          ? 'The message becomes an exception. Your reason is shown there and kept in the audit log.'
          : `${approval.summary}. Should the document change before this reaches the engine, it refuses the decision.`}
      </Confirm>
    </Stack>
  );
}

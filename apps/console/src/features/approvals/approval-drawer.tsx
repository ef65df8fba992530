import { Alert, Box, Button, Drawer, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconUserX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { approvalQuery, decideApproval, type Approval, type ApprovalDetail } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { Diff } from '../../parts/diff.js';
import { CopyId } from '../../parts/id.js';
import { JsonView } from '../../parts/json/json-view.js';
import { LinkButton } from '../../parts/links.js';
import { formatAmount, Money } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { Edit, ReleaseChange, TableChange } from './what-is-approved.js';

export function ApprovalDrawer({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={720} title={t('Approval')}>
      {id ? <Shown key={id} id={id} onClose={onClose} /> : null}
    </Drawer>
  );
}

function Shown({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(approvalQuery(id));
  if (query.isPending) return <Waiting rows={8} height={32} />;
  if (!query.data) return <Failure error={query.error} what={t('the approval')} onRetry={() => void query.refetch()} />;
  return <Decide approval={query.data} onClose={onClose} />;
}

function Decide({ approval, onClose }: { approval: ApprovalDetail; onClose: () => void }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const decide = useMutation({
    mutationFn: ({ decision, reason }: { decision: 'approve' | 'reject'; reason: string }) =>
      decideApproval(approval.id, decision, { contentHash: approval.contentHash, reason: reason || undefined }),
    onSuccess: (_, { decision }) => {
      const { approved, rejected } = outcomeOf(approval.kind);
      done(decision === 'approve' ? t('Approved') : t('Rejected'), decision === 'approve' ? approved : rejected);
      for (const key of ['approvals', 'messages', 'exceptions', 'overview', 'tables', 'flows'])
        void queries.invalidateQueries({ queryKey: [key] });
      setAsking(undefined);
      onClose();
    },
  });
  const { document } = approval;
  const open = approval.state === 'open';
  return (
    <Stack gap="lg">
      <div>
        <Text fw={600} size="lg">
          {document?.title ?? sentence(approval.summary).replace(/\.$/, '')} {document?.amount ? <Money value={document.amount} /> : null}
        </Text>
        {document?.title ? (
          <Text size="sm" c="dimmed">
            {sentence(approval.summary)}
          </Text>
        ) : null}
      </div>
      {approval.state === 'void' ? (
        <Alert color="yellow" title={t('Void')}>
          {approval.reason ? `${sentence(approval.reason)} ` : ''}
          {t(
            'What was shown is not there any more, so nobody can decide it. What took its place has an approval of its own where one is needed.',
          )}
        </Alert>
      ) : null}
      {open && approval.ownPart ? (
        <Alert color="yellow" icon={<IconUserX size={18} />} title={t('Somebody else approves this')}>
          {t('{{ownPart}} You can still reject it.', { ownPart: approval.ownPart })}
        </Alert>
      ) : null}
      <Facts
        items={[
          [t('Customer'), document?.customer],
          [t('Legal entity'), document?.legalEntity],
          [t('Flow'), document?.flow],
          [t('Rule'), approval.rule],
          [t('Asked by'), approval.requestedBy],
          [
            t('Asked'),
            <>
              <At at={approval.requestedAt} /> (<Ago at={approval.requestedAt} />)
            </>,
          ],
          [t('Who decides'), approval.role],
          [t('Decided'), <Outcome approval={approval} />],
          [t('Reason'), approval.state === 'void' ? null : approval.reason],
        ]}
      />
      {approval.kind === 'table-draft' ? <TableChange approval={approval} /> : null}
      {approval.kind === 'payload-edit' ? <Edit approval={approval} /> : null}
      {approval.kind === 'release' ? <ReleaseChange approval={approval} /> : null}
      {approval.kind === 'message' ? <What approval={approval} /> : null}
      <section aria-label={t('Who made it')}>
        <Text size="sm" fw={600} mb={6}>
          {t('Who made it, and so does not approve it')}
        </Text>
        <Stack gap={2}>
          {approval.makers.map(({ name, did }) => (
            <Text key={`${name} ${did}`} size="sm">
              {name} {did}
            </Text>
          ))}
        </Stack>
      </section>
      <Group gap="sm">
        {open && can('approval.decide') ? (
          <>
            <Button disabled={approval.ownPart !== null} onClick={() => setAsking('approve')}>
              {t('Approve…')}
            </Button>
            <Button variant="outline" color="red" onClick={() => setAsking('reject')}>
              {t('Reject…')}
            </Button>
          </>
        ) : null}
        {open && !can('approval.decide') ? (
          <Text size="sm" c="dimmed">
            {t('Somebody of the role {{role}} decides.', { role: approval.role })}
          </Text>
        ) : null}
        {approval.messageId ? (
          <LinkButton variant="default" to="/messages/$id" params={{ id: approval.messageId }} search={{}}>
            {t('Open message')}
          </LinkButton>
        ) : null}
        {approval.messageId && can('canonical.read') ? (
          <LinkButton variant="default" to="/trace/$kind/$id" params={{ kind: 'message', id: approval.messageId }} search={{}}>
            {t('See lineage')}
          </LinkButton>
        ) : null}
      </Group>
      <Confirm
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={asking === 'reject' ? t('Reject') : t('Approve')}
        verb={asking === 'reject' ? t('Reject') : t('Approve')}
        danger={asking === 'reject'}
        reason={asking === 'reject' ? 'required' : 'optional'}
        pending={decide.isPending}
        error={decide.error}
        onConfirm={(reason) => decide.mutate({ decision: asking ?? 'approve', reason })}
      >
        {asking === 'reject'
          ? t('{{rejected}} Your reason is shown there and kept in the audit log.', { rejected: outcomeOf(approval.kind).rejected })
          : [
              document ? `${named(document)}.` : sentence(approval.summary),
              outcomeOf(approval.kind).approved,
              t('Should it change before this reaches the engine, it refuses the decision.'),
            ].join(' ')}
      </Confirm>
    </Stack>
  );
}

/** What a decision brings about, by what is decided. */
function outcomeOf(kind: string): { approved: string; rejected: string } {
  if (kind === 'table-draft') return { approved: t('The rows are live.'), rejected: t('The draft goes back to its author.') };
  if (kind === 'payload-edit') return { approved: t('The message goes on with the edit.'), rejected: t('The exception stays as it is.') };
  if (kind === 'release')
    return { approved: t('It may go live: into the shadow, on a share, or whole.'), rejected: t('It never goes live; a new draft may.') };
  return { approved: t('The document goes on to its target.'), rejected: t('The message becomes an exception.') };
}

/** A document as a decision names it: its number, whose it is, and how much. */
const named = ({ title, customer, amount }: NonNullable<Approval['document']>): string =>
  [title, customer, amount ? formatAmount(amount.amount, amount.currency) : null].filter(Boolean).join(', ');

/** The engine's half sentences, as they stand alone. */
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;

function Outcome({ approval }: { approval: Approval }) {
  if (!approval.decidedAt) return <>{t('Not yet')}</>;
  const decided = <At at={approval.decidedAt} />;
  const used = <At at={approval.usedAt} />;
  return (
    <>
      {approval.decidedBy ? rich('{{decidedAt}} by {{decidedBy}}', { decidedAt: decided, decidedBy: approval.decidedBy }) : decided}
      {approval.usedAt ? (
        <>
          {'; '}
          {approval.kind === 'table-draft'
            ? rich('published {{usedAt}}', { usedAt: used })
            : approval.kind === 'release'
              ? rich('used {{usedAt}}', { usedAt: used })
              : rich('sent {{usedAt}}', { usedAt: used })}
        </>
      ) : null}
    </>
  );
}

/** Exactly what a decision binds: the document, the versions behind it, and the hash of both. */
function What({ approval }: { approval: ApprovalDetail }) {
  const { previous, versions } = approval;
  const compares = previous !== null && previous !== undefined;
  const [view, setView] = useState(compares ? 'diff' : 'document');
  return (
    <section aria-label={t('What is approved')}>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={600}>
          {t('What is approved')}
        </Text>
        {compares ? (
          <SegmentedControl
            size="xs"
            aria-label={t('How it is shown')}
            value={view}
            onChange={setView}
            data={[
              { value: 'diff', label: t('Against what was posted') },
              { value: 'document', label: t('Document') },
            ]}
          />
        ) : null}
      </Group>
      {view === 'diff' && compares ? (
        <Diff
          before={JSON.stringify(previous, null, 2)}
          after={JSON.stringify(approval.content, null, 2)}
          beforeLabel={t('Posted last')}
          afterLabel={t('To be approved')}
          language="json"
        />
      ) : (
        <JsonView text={JSON.stringify(approval.content)} label={t('What is approved')} maxHeight={380} />
      )}
      <Box mt="sm">
        <Facts
          items={[
            [
              t('Made by'),
              versions ? t('release {{release}}, mapping {{mapping}}', { release: versions.release, mapping: versions.mapping }) : null,
            ],
            [t('Tables'), versions?.tables.map(({ name, version }) => `${name} ${version}`).join(', ')],
            [t('Content hash'), <CopyId value={approval.contentHash} label={t('Copy content hash')} />],
          ]}
        />
      </Box>
    </section>
  );
}

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  changeTableDraft,
  rebaseTableDraft,
  reopenTableDraft,
  submitTableDraft,
  tableDraftQuery,
  tableQuery,
  withdrawTableDraft,
  type ChangeEntry,
  type Table,
  type TableDraft,
} from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { Confirm } from '../../parts/confirm.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton, TextLink } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { done, failed } from '../../parts/notice.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { RowForm } from '../../parts/row-form.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { ChangeCounts, ChangeList } from '../../parts/table-draft/change-list.js';
import { TriedImpact } from '../../parts/table-draft/impact.js';
import { At } from '../../parts/time.js';
import { DraftMark, originWords } from './draft-words.js';

const route = getRouteApi('/app/tables/$name/drafts/$id');

export function Page() {
  const { id } = route.useParams();
  const draft = useQuery(tableDraftQuery(id));
  // A pasted id leads here without the name of its table.
  const table = useQuery({ ...tableQuery(draft.data?.table ?? ''), enabled: draft.data !== undefined });
  if (table.data && draft.data) return <DraftView table={table.data} draft={draft.data} />;
  return (
    <>
      <PageHead title="Draft" name="Draft" />
      {draft.isPending || (table.isPending && draft.data) ? (
        <Waiting rows={8} height={41} />
      ) : (
        <Failure error={draft.error ?? table.error} what="the draft" onRetry={() => void draft.refetch()} />
      )}
    </>
  );
}

function DraftView({ table, draft }: { table: Table; draft: TableDraft }) {
  const can = useCan();
  const write = can('table.write') && draft.state === 'open';
  const live = draft.state === 'open' || draft.state === 'submitted';
  const title = draft.reason || `Draft of ${table.title}`;
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <>
            <Link to="/tables" search={{}} style={{ color: 'inherit' }}>
              Tables
            </Link>{' '}
            ·{' '}
            <Link to="/tables/$name" params={{ name: table.name }} search={{ tab: 'drafts' }} style={{ color: 'inherit' }}>
              {table.title}
            </Link>{' '}
            · draft
          </>
        }
        marks={<DraftMark state={draft.state} />}
        lead={leadOf(draft, table)}
        actions={can('table.write') ? <Actions table={table} draft={draft} /> : null}
      />
      <Notices table={table} draft={draft} />
      {live ? (
        <Section title="Changes" aside={<ChangeCounts counts={draft.counts} />}>
          {draft.entries.length > 0 ? (
            <ChangeList
              label="Changes of the draft"
              changes={draft.entries}
              columns={table.key}
              conflict={(entry) => draft.conflicts.some((key) => sameKey(key, entry.key))}
              action={write ? (entry) => <Drop draft={draft} entry={entry} /> : undefined}
            />
          ) : (
            <Text size="sm" c="dimmed">
              The draft holds no change any more. Add one, or withdraw it.
            </Text>
          )}
          {draft.more ? (
            <Text size="sm" c="dimmed" mt={6}>
              The first {formatCount(draft.entries.length)} of {formatCount(draft.changes)}, problems first.
            </Text>
          ) : null}
        </Section>
      ) : null}
      {live && draft.entries.length > 0 && can('message.read') ? (
        <Section title="Impact">
          <TriedImpact draftId={draft.id} contentHash={draft.contentHash} tableVersion={draft.tableVersion} />
        </Section>
      ) : null}
      <Section title="Draft">
        <Facts
          items={[
            ['Reason', draft.reason],
            ['Begun on', `version ${draft.baseVersion} of ${table.name}`],
            ['Made', <>{originWords[draft.origin]}, <At at={draft.createdAt} /> by {draft.createdBy}</>], // prettier-ignore
            [
              'Exception',
              draft.exceptionId ? (
                <TextLink fz="inherit" to="/exceptions" search={{ view: 'list', state: 'all', sel: draft.exceptionId }}>
                  {draft.exceptionId}
                </TextLink>
              ) : null,
            ],
            ['Changed last', <><At at={draft.changedAt} /> by {draft.changedBy}</>], // prettier-ignore
            ['Submitted', draft.submittedAt ? <><At at={draft.submittedAt} /> by {draft.submittedBy}</> : null], // prettier-ignore
            [
              draft.state === 'published' ? 'Published' : 'Withdrawn',
              draft.endedAt ? <><At at={draft.endedAt} /> by {draft.endedBy}</> : null, // prettier-ignore
            ],
            ['Content hash', <CopyId value={draft.contentHash} label="Copy content hash" />],
            ['Id', <CopyId value={draft.id} label="Copy id" />],
          ]}
        />
      </Section>
    </>
  );
}

const sameKey = (one: Record<string, string>, other: Record<string, string>): boolean =>
  Object.keys({ ...one, ...other }).every((column) => one[column] === other[column]);

function leadOf(draft: TableDraft, table: Table): React.ReactNode {
  if (draft.state === 'published')
    return (
      <>
        It is live as version {draft.publishedVersion}.{' '}
        <TextLink
          fz="inherit"
          underline="always"
          to="/tables/$name"
          params={{ name: table.name }}
          search={{ tab: 'history', version: String(draft.publishedVersion) }}
        >
          See what it changed
        </TextLink>
      </>
    );
  if (draft.state === 'withdrawn') return 'It was never live.';
  if (draft.state === 'submitted')
    return `Nothing is live yet: somebody of the role ${draft.approver ?? 'admin'} decides, who did not make it.`;
  return draft.approver
    ? `Nothing is live yet. A ${draft.approver} who did not make it approves it.`
    : 'Nothing is live yet. It needs no approval.';
}

/** What stands in the way, and the way on. */
function Notices({ table, draft }: { table: Table; draft: TableDraft }) {
  const can = useCan();
  const queries = useQueryClient();
  const rebase = useMutation({
    mutationFn: () => rebaseTableDraft(draft.id, { revision: draft.revision, version: draft.tableVersion }),
    onSuccess: () => done('Rebased', `The draft now stands on version ${draft.tableVersion}.`),
    onError: (error) => failed('Could not rebase', error),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tables'] }),
  });
  const { approval } = draft;
  const refused = draft.state === 'open' && approval && (approval.state === 'rejected' || approval.state === 'void') ? approval : undefined;
  return (
    <Stack gap="sm" mb={draft.behind || refused || draft.counts.refused > 0 ? 'md' : 0}>
      {draft.behind ? (
        <Alert
          color="yellow"
          title={`The table has changed: it is at version ${draft.tableVersion}, the draft stands on ${draft.baseVersion}`}
        >
          <Text size="sm">
            {draft.conflicts.length > 0
              ? `Somebody else changed ${draft.conflicts.length === 1 ? 'a row' : `${formatCount(draft.conflicts.length)} rows`} of this draft: ${draft.conflicts.slice(0, 5).map((key) => table.key.map((column) => key[column]).join(' · ')).join('; ')}. Below stands what the draft would change now.` // prettier-ignore
              : 'No row of this draft was changed by anybody else.'}
          </Text>
          {can('table.write') && draft.state === 'open' ? (
            <Button size="xs" variant="default" mt="sm" loading={rebase.isPending} onClick={() => rebase.mutate()}>
              Rebase on version {draft.tableVersion}
            </Button>
          ) : null}
        </Alert>
      ) : null}
      {refused ? (
        <Alert
          color="yellow"
          title={refused.state === 'rejected' ? `Rejected by ${refused.decidedBy ?? 'somebody'}` : 'Its approval is void'}
        >
          {refused.reason ? `${refused.reason.replace(/\.$/, '')}. ` : ''}Change the draft and submit it again, or withdraw it.
        </Alert>
      ) : null}
      {draft.counts.refused > 0 ? (
        <Alert
          color="red"
          title={`${formatCount(draft.counts.refused)} ${draft.counts.refused === 1 ? 'change has a problem' : 'changes have problems'}`}
          role="status"
        >
          {draft.counts.refused === 1 ? 'It stands' : 'They stand'} first below. The draft can be submitted when that is corrected or taken
          out.
        </Alert>
      ) : null}
    </Stack>
  );
}

function Actions({ table, draft }: { table: Table; draft: TableDraft }) {
  const queries = useQueryClient();
  const [adding, add] = useDisclosure(false);
  const [asking, setAsking] = useState<'submit' | 'withdraw'>();
  const fresh = () =>
    ['tables', 'exceptions', 'approvals', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] }));
  const change = useMutation({
    mutationFn: (row: Parameters<Parameters<typeof RowForm>[0]['onSubmit']>[0]) =>
      changeTableDraft(draft.id, { revision: draft.revision, put: [row] }),
    onSuccess: () => {
      done('Added to the draft');
      add.close();
      fresh();
    },
  });
  const submit = useMutation({
    mutationFn: (reason: string) => submitTableDraft(draft.id, { contentHash: draft.contentHash, reason: reason || undefined }),
    onSuccess: (now) => {
      done(now.state === 'published' ? `Published as version ${now.publishedVersion}` : 'Submitted', now.state === 'published' ? undefined : 'Somebody else decides now.'); // prettier-ignore
      setAsking(undefined);
      fresh();
    },
  });
  const withdraw = useMutation({
    mutationFn: (reason: string) => withdrawTableDraft(draft.id, reason),
    onSuccess: () => {
      done('Withdrawn');
      setAsking(undefined);
      fresh();
    },
  });
  const reopen = useMutation({
    mutationFn: () => reopenTableDraft(draft.id),
    onSuccess: () => done('Taken back', 'It can be changed again.'),
    onError: (error) => failed('Could not take it back', error),
    onSettled: fresh,
  });
  if (draft.state === 'published' || draft.state === 'withdrawn') return null;
  const verb = draft.approver ? 'Submit for approval' : 'Publish';
  const ready = draft.counts.refused === 0 && !draft.behind && draft.counts.unchanged < draft.changes;
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setAsking('withdraw')}>
        Withdraw…
      </Button>
      {draft.state === 'submitted' ? (
        <>
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            Take back
          </Button>
          {draft.approval ? (
            <LinkButton variant="default" to="/approvals" search={{ sel: draft.approval.id }}>
              Open approval
            </LinkButton>
          ) : null}
        </>
      ) : (
        <>
          <Button variant="default" onClick={add.open}>
            Add a change…
          </Button>
          <Button disabled={!ready} onClick={() => setAsking('submit')}>
            {verb}…
          </Button>
        </>
      )}
      <Modal opened={adding} onClose={add.close} title={`Add a change to the draft of ${table.title}`}>
        {adding ? (
          <RowForm
            table={table}
            start={{}}
            verb="Add to the draft"
            pending={change.isPending}
            error={change.error}
            onSubmit={(row) => change.mutate(row)}
            onCancel={add.close}
          />
        ) : null}
      </Modal>
      <Confirm
        opened={asking === 'submit'}
        onClose={() => setAsking(undefined)}
        title={verb}
        verb={verb}
        reason={draft.reason ? 'optional' : 'required'}
        reasonLabel={draft.reason ? 'Another reason' : 'Reason'}
        pending={submit.isPending}
        error={submit.error}
        onConfirm={(reason) => submit.mutate(reason)}
      >
        {draft.approver
          ? `Somebody of the role ${draft.approver} is asked to approve exactly what you see. Until then nothing is live, and a change of the draft needs a new approval.`
          : `The rows are live at once as version ${draft.tableVersion + 1}. What was there stays in the history.`}
        {draft.reason ? ` Reason: ${draft.reason}.` : ''}
      </Confirm>
      <Confirm
        opened={asking === 'withdraw'}
        onClose={() => setAsking(undefined)}
        title="Withdraw the draft"
        verb="Withdraw"
        danger
        reason="optional"
        pending={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) => withdraw.mutate(reason)}
      >
        It ends without ever being live. It stays in the list of drafts.
      </Confirm>
    </>
  );
}

function Drop({ draft, entry }: { draft: TableDraft; entry: ChangeEntry }) {
  const queries = useQueryClient();
  const drop = useMutation({
    mutationFn: () => changeTableDraft(draft.id, { revision: draft.revision, drop: [{ key: entry.key, validFrom: entry.validFrom }] }),
    onError: (error) => failed('Could not take it out', error),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tables'] }),
  });
  return (
    <Group gap={0}>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        loading={drop.isPending}
        onClick={() => drop.mutate()}
        aria-label={`Take out ${Object.values(entry.key).join(' · ')}`}
      >
        Take out
      </Button>
    </Group>
  );
}

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
import { counted, rich, t } from '../../language/index.js';
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
      <PageHead title={t('Draft')} name={t('Draft')} />
      {draft.isPending || (table.isPending && draft.data) ? (
        <Waiting rows={8} height={41} />
      ) : (
        <Failure error={draft.error ?? table.error} what={t('the draft')} onRetry={() => void draft.refetch()} />
      )}
    </>
  );
}

function DraftView({ table, draft }: { table: Table; draft: TableDraft }) {
  const can = useCan();
  const write = can('table.write') && draft.state === 'open';
  const live = draft.state === 'open' || draft.state === 'submitted';
  const title = draft.reason || t('Draft of {{title}}', { title: table.title });
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <>
            <Link to="/tables" search={{}} style={{ color: 'inherit' }}>
              {t('Tables')}
            </Link>{' '}
            ·{' '}
            <Link to="/tables/$name" params={{ name: table.name }} search={{ tab: 'drafts' }} style={{ color: 'inherit' }}>
              {table.title}
            </Link>{' '}
            · {t('draft')}
          </>
        }
        marks={<DraftMark state={draft.state} />}
        lead={leadOf(draft, table)}
        actions={can('table.write') ? <Actions table={table} draft={draft} /> : null}
      />
      <Notices table={table} draft={draft} />
      {live ? (
        <Section title={t('Changes')} aside={<ChangeCounts counts={draft.counts} />}>
          {draft.entries.length > 0 ? (
            <ChangeList
              label={t('Changes of the draft')}
              changes={draft.entries}
              columns={table.key}
              conflict={(entry) => draft.conflicts.some((key) => sameKey(key, entry.key))}
              action={write ? (entry) => <Drop draft={draft} entry={entry} /> : undefined}
            />
          ) : (
            <Text size="sm" c="dimmed">
              {t('The draft holds no change any more. Add one, or withdraw it.')}
            </Text>
          )}
          {draft.more ? (
            <Text size="sm" c="dimmed" mt={6}>
              {t('The first {{count}} of {{changes}}, problems first.', {
                count: formatCount(draft.entries.length),
                changes: formatCount(draft.changes),
              })}
            </Text>
          ) : null}
        </Section>
      ) : null}
      {live && draft.entries.length > 0 && can('message.read') ? (
        <Section title={t('Impact')}>
          <TriedImpact draftId={draft.id} contentHash={draft.contentHash} tableVersion={draft.tableVersion} />
        </Section>
      ) : null}
      <Section title={t('Draft')}>
        <Facts
          items={[
            [t('Reason'), draft.reason],
            [t('Begun on'), t('version {{baseVersion}} of {{name}}', { baseVersion: draft.baseVersion, name: table.name })],
            [t('Made'), <>{rich('{{origin}}, {{createdAt}} by {{createdBy}}', { origin: originWords[draft.origin], createdAt: <At at={draft.createdAt} />, createdBy: draft.createdBy })}</>], // prettier-ignore
            [
              t('Exception'),
              draft.exceptionId ? (
                <TextLink fz="inherit" to="/exceptions" search={{ view: 'list', state: 'all', sel: draft.exceptionId }}>
                  {draft.exceptionId}
                </TextLink>
              ) : null,
            ],
            [t('Changed last'), <>{rich('{{changedAt}} by {{changedBy}}', { changedAt: <At at={draft.changedAt} />, changedBy: draft.changedBy })}</>], // prettier-ignore
            [t('Submitted'), draft.submittedAt ? <>{rich('{{submittedAt}} by {{submittedBy}}', { submittedAt: <At at={draft.submittedAt} />, submittedBy: draft.submittedBy })}</> : null], // prettier-ignore
            [
              draft.state === 'published' ? t('Published') : t('Withdrawn'),
              draft.endedAt ? <>{rich('{{endedAt}} by {{endedBy}}', { endedAt: <At at={draft.endedAt} />, endedBy: draft.endedBy })}</> : null, // prettier-ignore
            ],
            [t('Content hash'), <CopyId value={draft.contentHash} label={t('Copy content hash')} />],
            [t('Id'), <CopyId value={draft.id} label={t('Copy id')} />],
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
        {t('It is live as version {{version}}.', { version: draft.publishedVersion ?? '' })}{' '}
        <TextLink
          fz="inherit"
          underline="always"
          to="/tables/$name"
          params={{ name: table.name }}
          search={{ tab: 'history', version: String(draft.publishedVersion) }}
        >
          {t('See what it changed')}
        </TextLink>
      </>
    );
  if (draft.state === 'withdrawn') return t('It was never live.');
  if (draft.state === 'submitted')
    return t('Nothing is live yet: somebody of the role {{approver}} decides, who did not make it.', {
      approver: draft.approver ?? 'admin',
    });
  return draft.approver
    ? t('Nothing is live yet. A {{approver}} who did not make it approves it.', { approver: draft.approver })
    : t('Nothing is live yet. It needs no approval.');
}

/** What stands in the way, and the way on. */
function Notices({ table, draft }: { table: Table; draft: TableDraft }) {
  const can = useCan();
  const queries = useQueryClient();
  const rebase = useMutation({
    mutationFn: () => rebaseTableDraft(draft.id, { revision: draft.revision, version: draft.tableVersion }),
    onSuccess: () => done(t('Rebased'), t('The draft now stands on version {{tableVersion}}.', { tableVersion: draft.tableVersion })),
    onError: (error) => failed(t('Could not rebase'), error),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['tables'] }),
  });
  const { approval } = draft;
  const refused = draft.state === 'open' && approval && (approval.state === 'rejected' || approval.state === 'void') ? approval : undefined;
  return (
    <Stack gap="sm" mb={draft.behind || refused || draft.counts.refused > 0 ? 'md' : 0}>
      {draft.behind ? (
        <Alert
          color="yellow"
          title={t('The table has changed: it is at version {{tableVersion}}, the draft stands on {{baseVersion}}', {
            tableVersion: draft.tableVersion,
            baseVersion: draft.baseVersion,
          })}
        >
          <Text size="sm">
            {draft.conflicts.length > 0
              ? [
                  counted(
                    draft.conflicts.length,
                    'Somebody else changed a row of this draft: {{keys}}.',
                    'Somebody else changed {{count}} rows of this draft: {{keys}}.',
                    {
                      keys: draft.conflicts
                        .slice(0, 5)
                        .map((key) => table.key.map((column) => key[column]).join(' · '))
                        .join('; '),
                    },
                  ),
                  t('Below stands what the draft would change now.'),
                ].join(' ')
              : t('No row of this draft was changed by anybody else.')}
          </Text>
          {can('table.write') && draft.state === 'open' ? (
            <Button size="xs" variant="default" mt="sm" loading={rebase.isPending} onClick={() => rebase.mutate()}>
              {t('Rebase on version {{tableVersion}}', { tableVersion: draft.tableVersion })}
            </Button>
          ) : null}
        </Alert>
      ) : null}
      {refused ? (
        <Alert
          color="yellow"
          title={
            refused.state === 'rejected'
              ? t('Rejected by {{decidedBy}}', { decidedBy: refused.decidedBy ?? t('somebody') })
              : t('Its approval is void')
          }
        >
          {refused.reason ? `${refused.reason.replace(/\.$/, '')}. ` : ''}
          {t('Change the draft and submit it again, or withdraw it.')}
        </Alert>
      ) : null}
      {draft.counts.refused > 0 ? (
        <Alert
          color="red"
          title={counted(draft.counts.refused, '{{count}} change has a problem', '{{count}} changes have problems')}
          role="status"
        >
          {counted(draft.counts.refused, 'It stands first below.', 'They stand first below.')}{' '}
          {t('The draft can be submitted when that is corrected or taken out.')}
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
      done(t('Added to the draft'));
      add.close();
      fresh();
    },
  });
  const submit = useMutation({
    mutationFn: (reason: string) => submitTableDraft(draft.id, { contentHash: draft.contentHash, reason: reason || undefined }),
    onSuccess: (now) => {
      done(now.state === 'published' ? t('Published as version {{publishedVersion}}', { publishedVersion: now.publishedVersion ?? '' }) : t('Submitted'), now.state === 'published' ? undefined : t('Somebody else decides now.')); // prettier-ignore
      setAsking(undefined);
      fresh();
    },
  });
  const withdraw = useMutation({
    mutationFn: (reason: string) => withdrawTableDraft(draft.id, reason),
    onSuccess: () => {
      done(t('Withdrawn'));
      setAsking(undefined);
      fresh();
    },
  });
  const reopen = useMutation({
    mutationFn: () => reopenTableDraft(draft.id),
    onSuccess: () => done(t('Taken back'), t('It can be changed again.')),
    onError: (error) => failed(t('Could not take it back'), error),
    onSettled: fresh,
  });
  if (draft.state === 'published' || draft.state === 'withdrawn') return null;
  const verb = draft.approver ? t('Submit for approval') : t('Publish');
  const ready = draft.counts.refused === 0 && !draft.behind && draft.counts.unchanged < draft.changes;
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setAsking('withdraw')}>
        {t('Withdraw…')}
      </Button>
      {draft.state === 'submitted' ? (
        <>
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            {t('Take back')}
          </Button>
          {draft.approval ? (
            <LinkButton variant="default" to="/approvals" search={{ sel: draft.approval.id }}>
              {t('Open approval')}
            </LinkButton>
          ) : null}
        </>
      ) : (
        <>
          <Button variant="default" onClick={add.open}>
            {t('Add a change…')}
          </Button>
          <Button disabled={!ready} onClick={() => setAsking('submit')}>
            {verb}…
          </Button>
        </>
      )}
      <Modal opened={adding} onClose={add.close} title={t('Add a change to the draft of {{title}}', { title: table.title })}>
        {adding ? (
          <RowForm
            table={table}
            start={{}}
            verb={t('Add to the draft')}
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
        reasonLabel={draft.reason ? t('Another reason') : t('Reason')}
        pending={submit.isPending}
        error={submit.error}
        onConfirm={(reason) => submit.mutate(reason)}
      >
        {draft.approver
          ? t(
              'Somebody of the role {{approver}} is asked to approve exactly what you see. Until then nothing is live, and a change of the draft needs a new approval.',
              { approver: draft.approver },
            )
          : t('The rows are live at once as version {{tableVersion}}. What was there stays in the history.', {
              tableVersion: draft.tableVersion + 1,
            })}
        {draft.reason ? ` ${t('Reason: {{reason}}.', { reason: draft.reason })}` : ''}
      </Confirm>
      <Confirm
        opened={asking === 'withdraw'}
        onClose={() => setAsking(undefined)}
        title={t('Withdraw the draft')}
        verb={t('Withdraw')}
        danger
        reason="optional"
        pending={withdraw.isPending}
        error={withdraw.error}
        onConfirm={(reason) => withdraw.mutate(reason)}
      >
        {t('It ends without ever being live. It stays in the list of drafts.')}
      </Confirm>
    </>
  );
}

function Drop({ draft, entry }: { draft: TableDraft; entry: ChangeEntry }) {
  const queries = useQueryClient();
  const drop = useMutation({
    mutationFn: () => changeTableDraft(draft.id, { revision: draft.revision, drop: [{ key: entry.key, validFrom: entry.validFrom }] }),
    onError: (error) => failed(t('Could not take it out'), error),
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
        aria-label={t('Take out {{key}}', { key: Object.values(entry.key).join(' · ') })}
      >
        {t('Take out')}
      </Button>
    </Group>
  );
}

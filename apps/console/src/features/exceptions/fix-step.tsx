import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  draftForException,
  submitTableDraft,
  tableQuery,
  type ImpactOnExceptions,
  type RowChange,
  type TableDraft,
} from '../../api/build.js';
import type { ExceptionItem } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { LinkButton, TextLink } from '../../parts/links.js';
import { RowForm } from '../../parts/row-form.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { ChangeList } from '../../parts/table-draft/change-list.js';
import { clearsInWords } from '../../parts/table-draft/impact.js';
import { EditDialog } from './edit-dialog.js';
import classes from './exceptions.module.css';
import { FixLink } from './fix-link.js';

/** Step one: put the cause right. A row of a table is drafted here, a field of the record corrected; everything else is one link away. */
export function FixStep({ exception }: { exception: ExceptionItem }) {
  const can = useCan();
  const [doing, setDoing] = useState<'row' | 'edit'>();
  const [drafted, setDrafted] = useState<{ draft: TableDraft; exceptions: ImpactOnExceptions }>();
  const fix = exception.fix;
  const mayDraft = fix.kind === 'table' && can('table.write');
  return (
    <section className={classes.step} aria-label={t('What to do')}>
      <span className={classes.stepNumber}>1</span>
      <h3 className={classes.stepTitle}>{t('What to do')}</h3>
      <Text size="sm">{exception.remedy}</Text>
      <Text size="sm" component="div">
        <FixLink fix={fix} messageId={exception.messageId} />
        {fix.kind === 'mapping' && can('mapping.write') ? (
          <>
            {' · '}
            <TextLink
              fz="inherit"
              underline="always"
              to="/mappings/$name"
              params={{ name: fix.mapping }}
              search={{ sample: exception.messageId, panel: 'cases' }}
            >
              {t('Make a golden case of the record')}
            </TextLink>
          </>
        ) : null}
      </Text>
      {drafted ? <Drafted {...drafted} /> : null}
      {doing !== 'row' && !drafted && (mayDraft || can('payload.edit')) ? (
        <Group gap="sm" mt={4}>
          {mayDraft ? (
            <Button size="xs" variant="light" onClick={() => setDoing('row')}>
              {t('Write the row here')}
            </Button>
          ) : null}
          {can('payload.edit') ? (
            <Button size="xs" variant="default" onClick={() => setDoing('edit')}>
              {t('Correct a field of the record…')}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {doing === 'row' && mayDraft && !drafted ? (
        <InlineRow exception={exception.id} table={fix.table} by={fix.by} onCancel={() => setDoing(undefined)} onDrafted={setDrafted} />
      ) : null}
      <EditDialog exception={exception} opened={doing === 'edit'} onClose={() => setDoing(undefined)} />
    </section>
  );
}

function InlineRow({
  exception,
  table: name,
  by,
  onDrafted,
  onCancel,
}: {
  exception: string;
  table: string;
  by: Record<string, string>;
  onDrafted: (made: { draft: TableDraft; exceptions: ImpactOnExceptions }) => void;
  onCancel: () => void;
}) {
  const queries = useQueryClient();
  const table = useQuery(tableQuery(name));
  const make = useMutation({
    mutationFn: ({ row, reason }: { row: RowChange; reason: string }) =>
      draftForException(exception, { put: [row], reason: reason || undefined }),
    onSuccess: (made) => {
      for (const key of ['tables', 'exceptions']) void queries.invalidateQueries({ queryKey: [key] });
      onDrafted(made);
    },
  });
  if (table.isPending) return <Waiting rows={4} />;
  if (!table.data) return <Failure error={table.error} what={t('table {{name}}', { name })} onRetry={() => void table.refetch()} />;
  return (
    <>
      <Text size="xs" c="dimmed">
        {table.data.approver
          ? t('Somebody of the role {{approver}} who did not make it approves the row.', { approver: table.data.approver })
          : t('The row needs no approval: it is live when you publish it.')}
      </Text>
      <RowForm
        table={table.data}
        start={{ key: by }}
        verb={t('Show what it clears')}
        reason
        pending={make.isPending}
        error={make.error}
        onSubmit={(row, reason) => make.mutate({ row, reason })}
        onCancel={onCancel}
      />
    </>
  );
}

/** The row as a draft, what it clears, and the step that makes it live. */
function Drafted({ draft: first, exceptions }: { draft: TableDraft; exceptions: ImpactOnExceptions }) {
  const queries = useQueryClient();
  const submit = useMutation({
    mutationFn: () =>
      submitTableDraft(first.id, { contentHash: first.contentHash, reason: first.reason || t('the row that an exception misses') }),
    onSuccess: () =>
      ['tables', 'exceptions', 'approvals', 'overview'].forEach((key) => void queries.invalidateQueries({ queryKey: [key] })),
  });
  const draft = submit.data ?? first;
  const opens = (
    <LinkButton size="xs" variant="default" to="/tables/$name/drafts/$id" params={{ name: draft.table, id: draft.id }}>
      {t('Open the draft')}
    </LinkButton>
  );
  if (draft.state === 'published')
    return (
      <div className={classes.cleared} role="status">
        {rich('The row is live as version {{publishedVersion}} of {{table}}. {{clearsInWords}} Preview the replay to see.', {
          publishedVersion: draft.publishedVersion,
          table: draft.table,
          clearsInWords: clearsInWords(exceptions, true),
        })}
      </div>
    );
  if (draft.state === 'submitted')
    return (
      <>
        <div className={classes.waits} role="status">
          {rich('Somebody of the role {{approver}} who did not make it decides. {{clearsInWords}} Replay when it is approved.', {
            approver: draft.approver,
            clearsInWords: clearsInWords(exceptions, true),
          })}
        </div>
        <div>{opens}</div>
      </>
    );
  const refused = draft.counts.refused > 0;
  return (
    <>
      <ChangeList label={t('The row')} changes={draft.entries} columns={[]} />
      <Text size="sm" role="status">
        {refused ? t('The row does not fit the table: open the draft and correct it.') : clearsInWords(exceptions, true)}
        {exceptions.outcomes
          .map(({ sentence, count }) => ` ${t('{{count}} would stop again: {{sentence}}', { count, sentence })}`)
          .join('')}
      </Text>
      <Refused error={submit.error} title={draft.approver ? t('Could not submit') : t('Could not publish')} />
      <Group gap="sm">
        <Button size="xs" disabled={refused} loading={submit.isPending} onClick={() => submit.mutate()}>
          {draft.approver ? t('Submit for approval') : t('Publish the row')}
        </Button>
        {opens}
      </Group>
    </>
  );
}

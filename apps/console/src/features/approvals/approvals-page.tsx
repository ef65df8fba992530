import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBan, IconCircleCheck, IconHandStop, IconX } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { approvalsQuery, type Approval } from '../../api/operate.js';
import { inSentence, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { Money } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { ApprovalDrawer } from './approval-drawer.js';

const route = getRouteApi('/app/approvals');
const states = ['open', 'approved', 'rejected', 'void', 'all'] as const;
const stateWords = { open: t('Open'), approved: t('Approved'), rejected: t('Rejected'), void: t('Void'), all: t('All') };

export function ApprovalMark({ state }: { state: Approval['state'] }) {
  if (state === 'approved')
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('Approved')}
      </StateMark>
    );
  if (state === 'rejected')
    return (
      <StateMark icon={IconX} tone="bad">
        {t('Rejected')}
      </StateMark>
    );
  if (state === 'void')
    return (
      <StateMark icon={IconBan} tone="idle" title={t('The document changed after it was asked for')}>
        {t('Void')}
      </StateMark>
    );
  return (
    <StateMark icon={IconHandStop} tone="warn">
      {t('Open')}
    </StateMark>
  );
}

const exampleRule = `{ rule: large-amount, when: '$money.gte(total, "50000")', then: { approve: finance-approver } }`;
const kinds: Record<string, string> = {
  'table-draft': t('Table'),
  release: t('Release'),
  'payload-edit': t('Edit'),
  message: t('Document'),
};
const titleOf = (approval: Approval): string =>
  approval.kind === 'table-draft' || approval.kind === 'release'
    ? `${approval.summary.charAt(0).toUpperCase()}${approval.summary.slice(1)}`
    : (approval.document?.title ?? approval.summary);

const columns: Column<Approval>[] = [
  {
    id: 'document',
    header: t('What'),
    grow: true,
    cell: (approval) => (
      <>
        {titleOf(approval)}{' '}
        <Text span size="xs" c="dimmed" ml={6}>
          {approval.document?.customer}
        </Text>
      </>
    ),
  },
  { id: 'kind', header: t('Kind'), room: 2, cell: (approval) => kinds[approval.kind] ?? approval.kind },
  { id: 'amount', header: t('Amount'), align: 'right', cell: (approval) => <Money value={approval.document?.amount} /> },
  { id: 'state', header: t('State'), cell: (approval) => <ApprovalMark state={approval.state} /> },
  { id: 'rule', header: t('Rule'), room: 2, cell: (approval) => approval.rule },
  { id: 'role', header: t('Who decides'), room: 2, cell: (approval) => (approval.ownPart ? t('Somebody else') : approval.role) },
  { id: 'requester', header: t('Asked by'), hidden: true, cell: (approval) => approval.requestedBy },
  { id: 'by', header: t('Decided by'), room: 3, cell: (approval) => approval.decidedBy ?? '–' },
  { id: 'asked', header: t('Asked'), room: 2, cell: (approval) => <Ago at={approval.requestedAt} /> },
];

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const state = states.find((known) => known === search.state) ?? 'open';
  const query = useInfiniteQuery(approvalsQuery({ state }));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/approvals', search: { ...search, ...next } });
  return (
    <>
      <PageHead
        title={t('Approvals')}
        name={t('Approvals')}
        lead={t(
          'Documents that a rule holds, changes of tables, releases of flows and edits of records, until somebody decides. What you approve is exactly what you see.',
        )}
      />
      <FilterBar>
        <FilterChip
          label={t('State')}
          value={state}
          choices={states.map((value) => ({ value, label: stateWords[value] }))}
          onChange={(value) => set({ state: value === 'open' ? undefined : value })}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('approvals')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && state === 'open' ? (
        <FirstUse
          icon={IconCircleCheck}
          title={t('Nothing waits for a decision')}
          action={
            <LinkButton variant="default" to="/approvals" search={{ state: 'all' }}>
              {t('See what was decided')}
            </LinkButton>
          }
        >
          {rich('A flow asks for an approval with a rule such as {{rule}}.', {
            rule: <code>{exampleRule}</code>,
          })}
        </FirstUse>
      ) : null}
      {query.data && rows.length === 0 && state !== 'open' ? (
        <FilteredEmpty
          what={t('approvals')}
          filters={[t('state {{state}}', { state: inSentence(stateWords[state]) })]}
          onClear={() => set({ state: undefined })}
        />
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Approvals')}
          columns={columns}
          rows={rows}
          rowId={(approval) => approval.id}
          onOpen={(approval) => set({ sel: approval.id })}
          onPeek={(approval) => set({ sel: approval.id })}
          openId={search.sel}
          more={moreOf(query)}
        />
      ) : null}
      <ApprovalDrawer id={search.sel} onClose={() => set({ sel: undefined })} />
    </>
  );
}

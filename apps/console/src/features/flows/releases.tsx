import { Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { releaseEventsQuery, releasesQuery, type Flow, type Release, type ReleaseEvent } from '../../api/build.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { Section } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { ReleaseCard } from './release-card.js';
import { ReleasePolicy } from './release-policy.js';
import { ReleaseMark, shareInWords, stateWord, stoppedInWords } from './release-words.js';
import { TwoReleases } from './two-releases.js';

const route = getRouteApi('/app/flows/$name');

const columns: Column<Release>[] = [
  { id: 'note', header: t('Note'), grow: true, cell: (release) => release.note ?? '–' },
  { id: 'version', header: t('Version'), align: 'right', cell: (release) => release.version },
  { id: 'state', header: t('State'), cell: (release) => <ReleaseMark state={release.state} /> },
  { id: 'by', header: t('Saved by'), room: 2, cell: (release) => release.createdBy },
  { id: 'approver', header: t('Approved by'), room: 3, cell: (release) => release.approvedBy ?? '–' },
  { id: 'live', header: t('Live since'), room: 2, cell: (release) => (release.state === 'live' ? <Ago at={release.liveSince} /> : '–') },
  { id: 'messages', header: t('Messages'), align: 'right', room: 3, cell: (release) => formatCount(release.counted.messages) },
  { id: 'stopped', header: t('Stopped'), align: 'right', room: 2, cell: (release) => stoppedInWords(release.counted) },
  {
    id: 'hash',
    header: t('Hash'),
    hidden: true,
    cell: (release) => <code title={release.contentHash}>{release.contentHash.slice(0, 12)}</code>,
  },
  { id: 'at', header: t('Saved'), room: 4, cell: (release) => <Ago at={release.createdAt} /> },
];

/** Every release with what became of it; one of them open, or two side by side; and what happened, in order. */
export function Releases({ flow }: { flow: Flow }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(releasesQuery(flow.name));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const { a, b } = search;
  const chosen = useMemo(() => new Set([a, b].filter((id) => id !== undefined)), [a, b]);
  const open = search.release ?? (chosen.size === 2 ? undefined : flow.candidate?.id);
  const show = (next: Partial<typeof search>) =>
    void navigate({ to: '/flows/$name', params: { name: flow.name }, search: { tab: 'releases', ...next } });
  return (
    <>
      <ReleasePolicy key={flow.approver} flow={flow} />
      {a !== undefined && b !== undefined ? (
        <TwoReleases key={`${a} ${b}`} a={a} b={b} />
      ) : open !== undefined ? (
        <ReleaseCard
          key={open}
          id={open}
          shown={{ newest: search.compare, doc: search.doc }}
          onShow={({ newest, doc }) => show({ release: open, compare: newest, doc })}
        />
      ) : null}
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('releases')} onRetry={() => void query.refetch()} /> : null}
      {rows.length > 0 ? (
        <Section
          title={t('Releases')}
          aside={
            chosen.size > 0 ? (
              <Group gap={8}>
                <Text size="xs" c="dimmed">
                  {chosen.size === 1 ? t('Tick another one to see both side by side.') : t('Side by side above.')}
                </Text>
                <Button size="compact-xs" variant="default" onClick={() => show({})}>
                  {t('Clear')}
                </Button>
              </Group>
            ) : (
              <Text size="xs" c="dimmed">
                {t('Tick two to see them side by side. Counted among the newest 10,000 messages.')}
              </Text>
            )
          }
        >
          <DataTable
            label={t('Releases')}
            columns={columns}
            rows={rows}
            rowId={(release) => release.id}
            onOpen={(release) => show({ release: release.id })}
            onPeek={(release) => show({ release: release.id })}
            openId={open}
            selected={chosen}
            onSelect={(ids) => {
              // The two that were ticked last: of a third, the first one goes.
              const kept = [a, b].filter((id) => id !== undefined && ids.has(id));
              const [first, second] = [...kept, ...[...ids].filter((id) => !kept.includes(id))].slice(-2);
              show({ a: first, b: second });
            }}
            more={moreOf(query)}
          />
        </Section>
      ) : null}
      <History flow={flow.name} />
    </>
  );
}

const eventColumns: Column<ReleaseEvent>[] = [
  { id: 'reason', header: t('Why'), grow: true, cell: (event) => event.reason ?? '–' },
  { id: 'version', header: t('Version'), align: 'right', cell: (event) => event.version },
  { id: 'to', header: t('Became'), cell: (event) => becameWords(event) },
  { id: 'by', header: t('By'), room: 2, cell: (event) => event.by },
  { id: 'at', header: t('When'), cell: (event) => <Ago at={event.at} /> },
];

function becameWords({ to, details }: ReleaseEvent): string {
  const { percent, entities } = details as { percent?: number | null; entities?: string[] | null };
  return to === 'share' ? `${stateWord(to)}: ${shareInWords({ percent: percent ?? null, entities: entities ?? null })}` : stateWord(to);
}

/** Nothing of it is ever rewritten. */
function History({ flow }: { flow: string }) {
  const query = useInfiniteQuery(releaseEventsQuery(flow));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  return (
    <Section title={t('History')}>
      {query.isPending ? <Waiting rows={4} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the history')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <FirstUse title={t('Nothing has happened yet')}>{t('What is saved, approved, shared and rolled back stands here.')}</FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('History of releases')}
          columns={eventColumns}
          rows={rows}
          rowId={(event) => `${event.releaseId} ${event.at} ${event.to}`}
          more={moreOf(query)}
        />
      ) : null}
    </Section>
  );
}

import { Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { replayQuery, replayRecordsQuery, type ReplayRecord } from '../../api/operate.js';
import { inSentence, t } from '../../language/index.js';
import { DataTable, type Column } from '../data-table.js';
import { FilterBar, FilterChip } from '../filter-bar.js';
import { formatCount, Money } from '../money.js';
import { Section } from '../page.js';
import { countOf, moreOf, rowsOf } from '../paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../situations.js';
import { formatInstant } from '../time.js';
import { useZone } from '../zone.js';

type Outcome = ReplayRecord['outcome'];
const words: Record<Outcome, string> = {
  'under-way': t('Under way'),
  waits: t('Waits'),
  posted: t('Posted'),
  'posted-nothing': t('Posted nothing'),
  'stopped-again': t('Stopped again'),
  'called-back': t('Cancelled before it began'),
  'replayed-again': t('Replayed again later'),
  refused: t('Refused'),
};
const outcomes = Object.keys(words) as Outcome[];

const columns: Column<ReplayRecord>[] = [
  { id: 'document', header: t('Document'), cell: (record) => record.title ?? record.messageId },
  { id: 'outcome', header: t('Outcome'), cell: (record) => words[record.outcome] },
  { id: 'amount', header: t('Amount'), align: 'right', cell: (record) => <Money value={record.amount} /> },
  { id: 'number', header: t('Number in target'), room: 2, cell: (record) => record.documentNumber ?? '–' },
  { id: 'reason', header: t('Reason'), grow: true, cell: (record) => record.reason ?? '–' },
];

/** What became of each message of a replay. */
export function ReplayOutcomes({ runId, running }: { runId: string; running: boolean }) {
  const { zone } = useZone();
  const [outcome, setOutcome] = useState<Outcome>();
  const refetchInterval = running ? 2000 : false;
  const replay = useQuery({ ...replayQuery(runId), refetchInterval });
  const query = useInfiniteQuery({ ...replayRecordsQuery(runId, outcome), placeholderData: keepPreviousData, refetchInterval });
  const rows = rowsOf(query.data);
  const counts = replay.data?.outcomes ?? {};
  return (
    <Section title={t('Outcome by record')}>
      {replay.data?.lastBeginsAt ? (
        <Text size="sm" c="dimmed" mb={8}>
          {t('The last begins at {{time}}', { time: formatInstant(replay.data.lastBeginsAt, zone) })}
        </Text>
      ) : null}
      <FilterBar onClear={outcome ? () => setOutcome(undefined) : undefined}>
        <FilterChip
          label={t('Outcome')}
          value={outcome}
          choices={outcomes
            .filter((value) => (counts[value] ?? 0) > 0)
            .map((value) => ({ value, label: `${words[value]} (${formatCount(counts[value] ?? 0)})` }))}
          onChange={(value) => setOutcome(outcomes.find((known) => known === value))}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={4} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the records')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && outcome ? (
        <FilteredEmpty
          what={t('records')}
          filters={[t('outcome {{outcome}}', { outcome: inSentence(words[outcome]) })]}
          onClear={() => setOutcome(undefined)}
        />
      ) : null}
      {query.data && rows.length === 0 && !outcome ? (
        <FirstUse title={t('No records')}>
          {t('Replays from before this version kept none; their messages are listed below by state.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Records of the replay')}
          columns={columns}
          rows={rows}
          rowId={(record) => record.messageId}
          link={(record) => ({ to: '/messages/$id', params: { id: record.messageId } })}
          count={countOf(query.data)}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      ) : null}
    </Section>
  );
}

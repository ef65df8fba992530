import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { replayQuery, replayRecordsQuery, type ReplayRecord } from '../../api/operate.js';
import { DataTable, type Column } from '../data-table.js';
import { FilterBar, FilterChip } from '../filter-bar.js';
import { formatCount, Money } from '../money.js';
import { Section } from '../page.js';
import { countOf, moreOf, rowsOf } from '../paged.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../situations.js';

type Outcome = ReplayRecord['outcome'];
const words: Record<Outcome, string> = {
  'under-way': 'Under way',
  waits: 'Waits',
  posted: 'Posted',
  'posted-nothing': 'Posted nothing',
  'stopped-again': 'Stopped again',
  'called-back': 'Cancelled before it began',
  'replayed-again': 'Replayed again later',
  refused: 'Refused',
};
const outcomes = Object.keys(words) as Outcome[];

const columns: Column<ReplayRecord>[] = [
  { id: 'document', header: 'Document', cell: (record) => record.title ?? record.messageId },
  { id: 'outcome', header: 'Outcome', cell: (record) => words[record.outcome] },
  { id: 'amount', header: 'Amount', align: 'right', cell: (record) => <Money value={record.amount} /> },
  { id: 'number', header: 'Number in target', room: 2, cell: (record) => record.documentNumber ?? '–' },
  { id: 'reason', header: 'Reason', grow: true, cell: (record) => record.reason ?? '–' },
];

/** What became of each message of a replay. */
export function ReplayOutcomes({ runId, running }: { runId: string; running: boolean }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const refetchInterval = running ? 2000 : false;
  const replay = useQuery({ ...replayQuery(runId), refetchInterval });
  const query = useInfiniteQuery({ ...replayRecordsQuery(runId, outcome), placeholderData: keepPreviousData, refetchInterval });
  const rows = rowsOf(query.data);
  const counts = replay.data?.outcomes ?? {};
  return (
    <Section title="Outcome by record">
      <FilterBar onClear={outcome ? () => setOutcome(undefined) : undefined}>
        <FilterChip
          label="Outcome"
          value={outcome}
          choices={outcomes
            .filter((value) => (counts[value] ?? 0) > 0)
            .map((value) => ({ value, label: `${words[value]} (${formatCount(counts[value] ?? 0)})` }))}
          onChange={(value) => setOutcome(outcomes.find((known) => known === value))}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={4} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="the records" onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && outcome ? (
        <FilteredEmpty what="records" filters={[`outcome ${words[outcome].toLowerCase()}`]} onClear={() => setOutcome(undefined)} />
      ) : null}
      {query.data && rows.length === 0 && !outcome ? (
        <FirstUse title="No records">Replays from before this version kept none; their messages are listed below by state.</FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label="Records of the replay"
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

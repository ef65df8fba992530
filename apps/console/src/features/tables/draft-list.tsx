import { Checkbox } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { tableDraftsQuery, type Table, type TableDraftItem } from '../../api/build.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { DraftMark, originWords } from './draft-words.js';

const columns: Column<TableDraftItem>[] = [
  {
    id: 'reason',
    header: t('Draft'),
    grow: true,
    cell: (draft) => draft.reason || t('Made {{origin}}', { origin: originWords[draft.origin] }),
  },
  { id: 'state', header: t('State'), cell: (draft) => <DraftMark state={draft.state} /> },
  { id: 'changes', header: t('Changes'), align: 'right', cell: (draft) => formatCount(draft.changes) },
  { id: 'base', header: t('On version'), align: 'right', room: 3, cell: (draft) => draft.baseVersion },
  { id: 'by', header: t('Changed by'), room: 2, cell: (draft) => draft.changedBy },
  { id: 'at', header: t('Changed'), room: 2, cell: (draft) => <Ago at={draft.changedAt} /> },
];

export function DraftList({ table }: { table: Table }) {
  const [all, setAll] = useState(false);
  const query = useInfiniteQuery(tableDraftsQuery({ table: table.name, state: all ? 'all' : 'live' }));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  return (
    <>
      <Checkbox
        size="sm"
        mb="sm"
        label={t('With those that have ended')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      {query.isPending ? <Waiting rows={4} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('drafts')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <FirstUse icon={IconPencil} title={all ? t('No drafts yet') : t('No draft is under way')}>
          {t(
            'Whoever adds, corrects, ends or imports rows begins a draft. It shows what it would change and which exceptions it would clear before anything is live.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Drafts of {{title}}', { title: table.title })}
          columns={columns}
          rows={rows}
          rowId={(draft) => draft.id}
          link={(draft) => ({ to: '/tables/$name/drafts/$id', params: { name: table.name, id: draft.id } })}
          more={moreOf(query)}
        />
      ) : null}
    </>
  );
}

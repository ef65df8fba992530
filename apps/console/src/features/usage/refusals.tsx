import { Drawer, SegmentedControl } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { refusalsQuery, type RefusalFilter, type UsageRefusal } from '../../api/usage.js';
import { t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { RefusalDetail } from './refusal-detail.js';
import classes from './usage.module.css';

const columns: Column<UsageRefusal>[] = [
  { id: 'detail', header: t('Why'), grow: true, cell: (refusal) => refusal.detail },
  { id: 'stream', header: t('Stream'), cell: (refusal) => <span className={classes.mono}>{refusal.stream}</span> },
  { id: 'connection', header: t('Connection'), room: 2, cell: (refusal) => refusal.connection },
  { id: 'at', header: t('Place'), room: 3, cell: (refusal) => <span className={classes.mono}>{refusal.at}</span> },
  { id: 'received', header: t('Read'), cell: (refusal) => <Ago at={refusal.receivedAt} /> },
  { id: 'answer', header: t('Answered by'), room: 2, cell: (refusal) => refusal.answer?.by ?? '' },
];

/** Records of streams that cannot go into the ledger. Whoever wrote them was not told, so somebody has to look. */
export function Refusals() {
  const [state, setState] = useState<NonNullable<RefusalFilter['state']>>('open');
  const query = useInfiniteQuery(refusalsQuery({ state }));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [open, setOpen] = useState<UsageRefusal>();
  return (
    <>
      <SegmentedControl
        size="xs"
        mb="sm"
        aria-label={t('Which refused records')}
        value={state}
        onChange={(next) => setState(next as typeof state)}
        data={[
          { value: 'open', label: t('Open') },
          { value: 'answered', label: t('Answered') },
        ]}
      />
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? (
        <Failure error={query.error} what={t('refused records')} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && rows.length === 0 ? (
        <FirstUse icon={IconCircleCheck} title={state === 'open' ? t('Nothing refused') : t('Nothing answered yet')}>
          {t(
            'A record of a stream that is no usage event, or does not fit its type, is kept here with its reason, and the stream goes on. What is refused by HTTP is told in the answer.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Refused records')}
          columns={columns}
          rows={rows}
          rowId={(refusal) => refusal.id}
          onOpen={setOpen}
          onPeek={setOpen}
          openId={open?.id}
          more={moreOf(query)}
        />
      ) : null}
      <Drawer opened={open !== undefined} onClose={() => setOpen(undefined)} position="right" size={720} title={t('Refused record')}>
        {open ? <RefusalDetail key={open.id} id={open.id} onAnswered={() => setOpen(undefined)} /> : null}
      </Drawer>
    </>
  );
}

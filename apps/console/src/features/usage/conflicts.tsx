import { Drawer, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { conflictsQuery, usageEventQuery, type UsageConflict } from '../../api/usage.js';
import { rich, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { Diff } from '../../parts/diff.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { formatCount } from '../../parts/money.js';
import { Ago } from '../../parts/time.js';
import classes from './usage.module.css';

const columns: Column<UsageConflict>[] = [
  {
    id: 'eventId',
    header: t('Id at its source'),
    grow: true,
    cell: (conflict) => <span className={classes.mono}>{conflict.eventId}</span>,
  },
  { id: 'source', header: t('Source'), cell: (conflict) => conflict.source },
  { id: 'times', header: t('Times'), align: 'right', cell: (conflict) => formatCount(conflict.times) },
  { id: 'by', header: t('Sent by'), room: 2, cell: (conflict) => conflict.by },
  { id: 'last', header: t('Last'), cell: (conflict) => <Ago at={conflict.lastAt} /> },
];

/** The same source and id with other content: the first stays, and what came later is kept here. */
export function Conflicts() {
  const query = useInfiniteQuery(conflictsQuery({}));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const [open, setOpen] = useState<UsageConflict>();
  return (
    <>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('conflicts')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 ? (
        <FirstUse icon={IconCircleCheck} title={t('No conflicts')}>
          {t(
            'An id is unique in its source, for ever. When it comes again with other content, the first stays and the other one is kept here.',
          )}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Conflicts')}
          columns={columns}
          rows={rows}
          rowId={(conflict) => conflict.id}
          onOpen={setOpen}
          onPeek={setOpen}
          openId={open?.id}
          more={moreOf(query)}
        />
      ) : null}
      <Drawer opened={open !== undefined} onClose={() => setOpen(undefined)} position="right" size={720} title={t('Conflict')}>
        {open ? <Compared key={open.id} conflict={open} /> : null}
      </Drawer>
    </>
  );
}

function Compared({ conflict }: { conflict: UsageConflict }) {
  const first = useQuery(usageEventQuery(conflict.first));
  if (first.isPending) return <Waiting rows={6} />;
  if (!first.data) return <Failure error={first.error} what={t('the first event')} onRetry={() => void first.refetch()} />;
  return (
    <Stack gap="md">
      <Text size="sm">
        {rich(
          '{{source}} sent the id {{eventId}} with two contents. The first one counts. If the other is right, correct the first; if both are, the source has to give each an id of its own.',
          { source: conflict.source, eventId: <span className={classes.mono}>{conflict.eventId}</span> },
        )}
      </Text>
      <Diff
        before={JSON.stringify(first.data.cloudEvent, null, 2)}
        after={JSON.stringify(conflict.event, null, 2)}
        beforeLabel={t('Stays')}
        afterLabel={t('Came later')}
        language="json"
      />
    </Stack>
  );
}

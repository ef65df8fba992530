import { Button, Drawer, Stack, Text } from '@mantine/core';
import { IconMailFast } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { alertChannelsQuery, alertNoticesQuery, sendNoticeAgain, type AlertNotice } from '../../api/alerts.js';
import { useCan } from '../../api/session.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { FilterBar, FilterChip } from '../../parts/filter-bar.js';
import { done, failed } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FilteredEmpty, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { NoticeMark, occasionWords } from './alert-words.js';
import classes from './alerts.module.css';

const route = getRouteApi('/app/alerts');
const states = ['waiting', 'sent', 'failed'] as const;

export function Sent() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const state = states.find((one) => one === search.state);
  const filter = { ...(state ? { state } : {}), ...(search.channel ? { channel: search.channel } : {}) };
  const query = useInfiniteQuery({ ...alertNoticesQuery(filter), placeholderData: keepPreviousData });
  const channels = useQuery(alertChannelsQuery);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/alerts', search: { ...search, ...next } });
  const clear = () => void navigate({ to: '/alerts', search: { tab: 'sent' } });
  const filters = [state ? `state ${state}` : undefined, search.channel ? `channel ${search.channel}` : undefined].filter((word) => word !== undefined);
  const columns: Column<AlertNotice>[] = [
    { id: 'subject', header: 'Subject', grow: true, cell: (notice) => notice.subject ?? `${notice.alerts.length} gathered, not sent yet` },
    { id: 'state', header: 'State', cell: (notice) => <NoticeMark notice={notice} /> },
    { id: 'occasion', header: 'Occasion', room: 3, cell: (notice) => occasionWords[notice.occasion] },
    { id: 'channel', header: 'Channel', room: 2, cell: (notice) => notice.channel },
    { id: 'rule', header: 'Rule', room: 3, cell: (notice) => notice.rule ?? '–' },
    { id: 'at', header: 'When', room: 2, cell: (notice) => (notice.sentAt ? <Ago at={notice.sentAt} /> : notice.state === 'waiting' ? <>due <Ago at={notice.dueAt} /></> : <Ago at={notice.createdAt} />) },
  ]; // prettier-ignore
  const rows = rowsOf(query.data);
  const chosen = rows.find(({ id }) => id === search.sel);
  return (
    <>
      <FilterBar onClear={filters.length > 0 ? clear : undefined}>
        <FilterChip
          label="State"
          value={state}
          choices={states.map((value) => ({ value, label: value[0]!.toUpperCase() + value.slice(1) }))}
          onChange={(next) => set({ state: next })}
        />
        <FilterChip
          label="Channel"
          value={search.channel}
          choices={(channels.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(channel) => set({ channel })}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what="what was sent" onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? <FilteredEmpty what="notices" filters={filters} onClear={clear} /> : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse icon={IconMailFast} title="Nothing was sent yet">
          Every notice stands here with what it said, whether it arrived, and why not. They are kept for 90 days.
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable label="Notices" columns={columns} rows={rows} rowId={({ id }) => id} onOpen={({ id }) => set({ sel: id })} openId={chosen?.id} more={moreOf(query)} stale={query.isPlaceholderData} />
      ) : null}
      <Drawer opened={chosen !== undefined} onClose={() => set({ sel: undefined })} title="Notice" position="right" size="lg">
        {chosen ? <NoticeDetail notice={chosen} /> : null}
      </Drawer>
    </>
  );
} // prettier-ignore

function NoticeDetail({ notice }: { notice: AlertNotice }) {
  const can = useCan();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => sendNoticeAgain(notice.id),
    onSuccess: (sent) => {
      if (sent.state === 'sent') done('Sent again');
      else failed('Not delivered', new Error(sent.lastError ?? 'It is tried again.'));
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      void queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  return (
    <Stack>
      <Facts
        items={[
          ['State', <NoticeMark key="state" notice={notice} />],
          ['Channel', notice.channel],
          ['Rule', notice.rule],
          ['Occasion', occasionWords[notice.occasion]],
          ['Asked for', <At key="created" at={notice.createdAt} />],
          ['Sent', notice.sentAt ? <At key="sent" at={notice.sentAt} /> : null],
          ['Next try', notice.state === 'waiting' ? <At key="due" at={notice.dueAt} /> : null],
          ['Tries', notice.tries],
          ['Last answer', notice.lastError],
        ]}
      />
      {notice.text ? (
        <section aria-label="What it said" className={classes.preview}>
          <Text size="sm" fw={600}>
            {notice.subject}
          </Text>
          <pre>{notice.text}</pre>
        </section>
      ) : null}
      <Refused error={again.error} title="Could not send again" />
      {notice.state === 'failed' && can('alert.write') ? (
        <div>
          <Button size="xs" loading={again.isPending} onClick={() => again.mutate()}>
            Send again
          </Button>
        </div>
      ) : null}
    </Stack>
  );
}

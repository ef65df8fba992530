import { Button, Drawer, Stack, Text } from '@mantine/core';
import { IconMailFast } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { alertChannelsQuery, alertNoticesQuery, sendNoticeAgain, type AlertNotice } from '../../api/alerts.js';
import { useCan } from '../../api/session.js';
import { inSentence, rich, t } from '../../language/index.js';
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
const stateWords = { waiting: t('Waiting'), sent: t('Sent'), failed: t('Failed') };

export function Sent() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const state = states.find((one) => one === search.state);
  const filter = { ...(state ? { state } : {}), ...(search.channel ? { channel: search.channel } : {}) };
  const query = useInfiniteQuery({ ...alertNoticesQuery(filter), placeholderData: keepPreviousData });
  const channels = useQuery(alertChannelsQuery);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/alerts', search: { ...search, ...next } });
  const clear = () => void navigate({ to: '/alerts', search: { tab: 'sent' } });
  const filters = [state ? t('state {{state}}', { state: inSentence(stateWords[state]) }) : undefined, search.channel ? t('channel {{channel}}', { channel: search.channel }) : undefined].filter((word) => word !== undefined);
  const columns: Column<AlertNotice>[] = [
    { id: 'subject', header: t('Subject'), grow: true, cell: (notice) => notice.subject ?? t('{{count}} gathered, not sent yet', { count: notice.alerts.length }) },
    { id: 'state', header: t('State'), cell: (notice) => <NoticeMark notice={notice} /> },
    { id: 'occasion', header: t('Occasion'), room: 3, cell: (notice) => occasionWords[notice.occasion] },
    { id: 'channel', header: t('Channel'), room: 2, cell: (notice) => notice.channel },
    { id: 'rule', header: t('Rule'), room: 3, cell: (notice) => notice.rule ?? '–' },
    { id: 'at', header: t('When'), room: 2, cell: (notice) => (notice.sentAt ? <Ago at={notice.sentAt} /> : notice.state === 'waiting' ? <>{rich('due {{dueAt}}', { dueAt: <Ago at={notice.dueAt} /> })}</> : <Ago at={notice.createdAt} />) },
  ]; // prettier-ignore
  const rows = rowsOf(query.data);
  const chosen = rows.find(({ id }) => id === search.sel);
  return (
    <>
      <FilterBar onClear={filters.length > 0 ? clear : undefined}>
        <FilterChip
          label={t('State')}
          value={state}
          choices={states.map((value) => ({ value, label: stateWords[value] }))}
          onChange={(next) => set({ state: next })}
        />
        <FilterChip
          label={t('Channel')}
          value={search.channel}
          choices={(channels.data?.items ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(channel) => set({ channel })}
        />
      </FilterBar>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('what was sent')} onRetry={() => void query.refetch()} /> : null}
      {query.data && rows.length === 0 && filters.length > 0 ? <FilteredEmpty what={t('notices')} filters={filters} onClear={clear} /> : null}
      {query.data && rows.length === 0 && filters.length === 0 ? (
        <FirstUse icon={IconMailFast} title={t('Nothing was sent yet')}>
          {t('Every notice stands here with what it said, whether it arrived, and why not. They are kept for 90 days.')}
        </FirstUse>
      ) : null}
      {rows.length > 0 ? (
        <DataTable label={t('Notices')} columns={columns} rows={rows} rowId={({ id }) => id} onOpen={({ id }) => set({ sel: id })} openId={chosen?.id} more={moreOf(query)} stale={query.isPlaceholderData} />
      ) : null}
      <Drawer opened={chosen !== undefined} onClose={() => set({ sel: undefined })} title={t('Notice')} position="right" size="lg">
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
      if (sent.state === 'sent') done(t('Sent again'));
      else failed(t('Could not send again'), new Error(sent.lastError ?? t('It is tried again.')));
      void queries.invalidateQueries({ queryKey: ['alerts'] });
      void queries.invalidateQueries({ queryKey: ['overview'] });
    },
  });
  return (
    <Stack>
      <Facts
        items={[
          [t('State'), <NoticeMark key="state" notice={notice} />],
          [t('Channel'), notice.channel],
          [t('Rule'), notice.rule],
          [t('Occasion'), occasionWords[notice.occasion]],
          [t('Asked for'), <At key="created" at={notice.createdAt} />],
          [t('Sent'), notice.sentAt ? <At key="sent" at={notice.sentAt} /> : null],
          [t('Next try'), notice.state === 'waiting' ? <At key="due" at={notice.dueAt} /> : null],
          [t('Tries'), notice.tries],
          [t('Last answer'), notice.lastError],
        ]}
      />
      {notice.text ? (
        <section aria-label={t('What it said')} className={classes.preview}>
          <Text size="sm" fw={600}>
            {notice.subject}
          </Text>
          <pre>{notice.text}</pre>
        </section>
      ) : null}
      <Refused error={again.error} title={t('Could not send again')} />
      {notice.state === 'failed' && can('alert.write') ? (
        <div>
          <Button size="xs" loading={again.isPending} onClick={() => again.mutate()}>
            {t('Send again')}
          </Button>
        </div>
      ) : null}
    </Stack>
  );
}

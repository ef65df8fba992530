import { Button, SegmentedControl } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { acknowledgeAlert, alertRulesQuery, alertsQuery, type Alert } from '../../api/alerts.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { LinkButton } from '../../parts/links.js';
import { MoneyList } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import { SeverityMark } from './alert-words.js';

const route = getRouteApi('/app/alerts');
const shown = { open: 'open', ended: 'ended', all: 'all' } as const;

export function OpenAlerts() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  const can = useCan();
  const queries = useQueryClient();
  const state = shown[(search.state ?? 'open') as keyof typeof shown] ?? 'open';
  const query = useInfiniteQuery({ ...alertsQuery(state), placeholderData: keepPreviousData });
  const rules = useQuery(alertRulesQuery);
  const acknowledge = useMutation({
    mutationFn: (alert: Alert) => acknowledgeAlert(alert.id),
    onSuccess: (alert) => {
      done(t('Acknowledged'), t('{{title}}: it is not repeated.', { title: alert.title }));
      void queries.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  const columns: Column<Alert>[] = [
    { id: 'title', header: t('What'), grow: true, cell: (alert) => alert.title },
    { id: 'severity', header: t('Severity'), room: 2, cell: (alert) => <SeverityMark severity={alert.severity} /> },
    { id: 'money', header: t('Money'), align: 'right', room: 2, cell: (alert) => <MoneyList amounts={alert.amounts} empty="" /> },
    { id: 'rule', header: t('Rule'), room: 4, cell: (alert) => alert.rule },
    { id: 'since', header: t('Since'), room: 2, cell: (alert) => <Ago at={alert.since} /> },
    { id: 'said', header: t('Sent'), room: 3, cell: (alert) => (alert.saidAt ? <Ago at={alert.saidAt} /> : t('Not yet')) },
    {
      id: 'known',
      header: t('Known to'),
      cell: (alert) =>
        alert.endedAt ? (
          <>
            {rich('over {{endedAt}}', { endedAt: <Ago at={alert.endedAt} /> })}
          </>
        ) : alert.acknowledgedBy ? (
          alert.acknowledgedBy
        ) : can('alert.acknowledge') ? (
          <Button size="compact-xs" variant="default" loading={acknowledge.isPending && acknowledge.variables.id === alert.id} onClick={() => acknowledge.mutate(alert)} aria-label={t('Acknowledge: {{title}}', { title: alert.title })}>
            {t('Acknowledge')}
          </Button>
        ) : (
          t('Nobody yet')
        ),
    },
  ]; // prettier-ignore
  if (query.isPending) return <Waiting rows={5} height={41} />;
  if (!query.data) return <Failure error={query.error} what={t('alerts')} onRetry={() => void query.refetch()} />;
  const rows = rowsOf(query.data);
  const without = rules.data?.items.length === 0;
  return (
    <>
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t('Which alerts')}
        value={state}
        onChange={(next) => void navigate({ to: '/alerts', search: { state: next === 'open' ? undefined : next } })}
        data={[
          { value: 'open', label: t('Open') },
          { value: 'ended', label: t('Over') },
          { value: 'all', label: t('All') },
        ]}
      />
      <Refused error={acknowledge.error} title={t('Could not acknowledge')} />
      {rows.length === 0 ? (
        <FirstUse
          icon={IconBellCheck}
          title={without ? t('Nobody is told of anything yet') : t('Nothing to tell')}
          action={
            without ? (
              <LinkButton to="/alerts" search={{ tab: 'rules' }}>
                {t('Make a rule')}
              </LinkButton>
            ) : undefined
          }
        >
          {without
            ? t(
                'A rule looks at exceptions, connections, controls and more all the time, and says to a channel when something is wrong and when it is over.',
              )
            : state === 'open'
              ? t('Every rule looked, and none found anything.')
              : t('What was over longer than 90 days ago is not kept.')}
        </FirstUse>
      ) : (
        <DataTable
          label={t('Alerts')}
          columns={columns}
          rows={rows}
          rowId={(alert) => alert.id}
          onOpen={(alert) => router.history.push(alert.link)}
          more={moreOf(query)}
          stale={query.isPlaceholderData}
        />
      )}
    </>
  );
}

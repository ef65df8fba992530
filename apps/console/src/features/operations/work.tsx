import { Box, Button } from '@mantine/core';
import { IconCircleCheck, IconHourglass, IconPlayerPause, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRouter } from '@tanstack/react-router';
import { operationsQuery, tryConnectionNow, type Operations } from '../../api/operations.js';
import { useCan } from '../../api/session.js';
import { counted, rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Facts, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { MessageStateMark } from '../../parts/states.js';
import { Ago, At, formatDuration } from '../../parts/time.js';

type Connection = Operations['connections'][number];
type Waits = Operations['messages'][number];

const waiting = ({ count, oldestAt }: { count: number; oldestAt: string | null }, none: string) =>
  count === 0 ? none : <>{rich('{{count}}, the oldest {{oldestAt}}', { count: formatCount(count), oldestAt: <Ago at={oldestAt} /> })}</>;

export function Work() {
  const query = useQuery(operationsQuery);
  const router = useRouter();
  if (query.isPending) return <Waiting rows={10} height={34} />;
  if (!query.data) return <Failure error={query.error} what={t('operations')} onRetry={() => void query.refetch()} />;
  const { asOf, version, queue, messages, deliveries, usage, processes, connections, schema } = query.data;
  const busy = messages.filter(({ count }) => count > 0);
  const columns: Column<Waits>[] = [
    { id: 'state', header: t('State'), grow: true, cell: ({ state }) => <MessageStateMark state={state as never} /> },
    { id: 'count', header: t('Messages'), align: 'right', cell: ({ count }) => formatCount(count) },
    { id: 'oldest', header: t('Oldest'), cell: ({ oldestAt }) => <Ago at={oldestAt} /> },
  ];
  return (
    <>
      <Section title={t('Processes')} aside={<At at={asOf} />}>
        <Facts
          items={[
            [t('Version'), t('{{version}}, schema {{newest}} ({{migrations}} migrations)', { version, newest: schema.newest, migrations: schema.migrations })],
            [t('Queue'), <QueueState key="queue" queue={queue} />],
            [t('Leads'), processes.leader ? <code key="leader">{processes.leader.holder.slice(0, 8)}</code> : t('Nobody: no scheduler runs')],
            [t('Work now'), processes.workers.length === 0 ? t('No process has a lane in hand') : processes.workers.map((one) => counted(one.lanes, '{{process}} ({{count}} lane)', '{{process}} ({{count}} lanes)', { process: one.process.slice(0, 8) })).join(', ')],
          ]}
        />
      </Section>
      <Section title={t('What waits')}>
        <Box mb="md">
<Facts
          items={[
            [t('Deliveries to read'), waiting(deliveries.waiting, t('None'))],
            [t('Deliveries nobody could read'), waiting(deliveries.unread, t('None'))],
            [t('Usage to count'), usage.commits.count === 0 ? t('None') : <>{rich('{{number}} events, the oldest {{oldestAt}}', { number: formatCount(Number(usage.events)), oldestAt: <Ago at={usage.commits.oldestAt} /> })}</>],
          ]}
        />
</Box>
        {busy.length > 0 ? <DataTable label={t('Messages by state')} columns={columns} rows={busy} rowId={({ state }) => state} onOpen={({ link }) => router.history.push(link)} /> : <p>{t('No message is under way.')}</p>}
      </Section>
      <Section title={t('Connections')}>
        <Connections connections={connections} />
      </Section>
    </>
  );
} // prettier-ignore

function QueueState({ queue }: { queue: Operations['queue'] }) {
  const name = queue.backend === 'redis' ? 'Redis' : 'PostgreSQL';
  return queue.state === 'ok' ? (
    <StateMark icon={IconCircleCheck} tone="ok">
      {name}
    </StateMark>
  ) : (
    <StateMark icon={IconPlugConnectedX} tone="bad" title={queue.detail ?? undefined}>
      {queue.state === 'away' ? t('{{name}} is away; work goes on by sweeping', { name }) : t('{{name}} may throw jobs away', { name })}
    </StateMark>
  );
}

function Connections({ connections }: { connections: readonly Connection[] }) {
  const can = useCan();
  const queries = useQueryClient();
  const [trying, setTrying] = useState<Connection>();
  const tryNow = useMutation({
    mutationFn: ({ name, reason }: { name: string; reason: string }) => tryConnectionNow(name, reason),
    onSuccess: ({ name }) => {
      done(t('Tried now'), t('The next call finds out whether {{name}} is back.', { name }));
      setTrying(undefined);
      for (const key of ['operations', 'connections']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const columns: Column<Connection>[] = [
    { id: 'name', header: t('Connection'), grow: true, cell: ({ name }) => name },
    { id: 'state', header: t('State'), cell: (one) => <Rest connection={one} /> },
    { id: 'running', header: t('Calls at once'), align: 'right', cell: ({ running, concurrency }) => t('{{running}} of {{concurrency}}', { running, concurrency }) },
    { id: 'rate', header: t('A second'), align: 'right', room: 3, cell: ({ perSecond }) => (perSecond === null ? '–' : t('at most {{perSecond}}', { perSecond })) },
    { id: 'day', header: t('Today'), align: 'right', room: 2, cell: ({ usedToday, perDay }) => (perDay === null ? formatCount(usedToday) : t('{{usedToday}} of {{perDay}}', { usedToday: formatCount(usedToday), perDay: formatCount(perDay) })) },
    { id: 'waits', header: t('Wait for a call'), room: 3, cell: ({ waiting: waits }) => (waits.length === 0 ? '–' : t('{{priorities}} priority', { priorities: waits.join(', ') })) },
    {
      id: 'act',
      header: t('Actions'),
      cell: (one) =>
        one.rests && can('connection.write') ? (
          <Button size="compact-xs" variant="default" onClick={() => setTrying(one)} aria-label={t('Try {{name}} now', { name: one.name })}>
            {t('Try now…')}
          </Button>
        ) : null,
    },
  ];
  if (connections.length === 0) return <p>{t('There is no connection yet.')}</p>;
  return (
    <>
      <DataTable label={t('Calls of connections')} columns={columns} rows={connections} rowId={({ name }) => name} link={({ name }) => ({ to: '/connections/$name', params: { name }, search: {} })} />
      <Confirm
        opened={trying !== undefined}
        onClose={() => setTrying(undefined)}
        title={t('Try now')}
        verb={t('Try now')}
        reason="required"
        pending={tryNow.isPending}
        error={tryNow.error}
        onConfirm={(reason) => trying && tryNow.mutate({ name: trying.name, reason })}
      >
        {rich('{{name}} rests: {{why}}. One call finds out whether it is back; if it is not, it rests again, for longer.', { name: <b>{trying?.name}</b>, why: trying?.rests?.why })}
      </Confirm>
    </>
  );
} // prettier-ignore

function Rest({ connection: { state, rests } }: { connection: Connection }) {
  if (state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        {t('Paused')}
      </StateMark>
    );
  if (!rests)
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('Called')}
      </StateMark>
    );
  return (
    <StateMark icon={rests.circuit ? IconPlugConnectedX : IconHourglass} tone={rests.circuit ? 'bad' : 'warn'} title={rests.why}>
      {t('Rests for {{forMs}}', { forMs: formatDuration(rests.forMs) })}
    </StateMark>
  );
}

import { Box, Button } from '@mantine/core';
import { IconCircleCheck, IconHourglass, IconPlayerPause, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useRouter } from '@tanstack/react-router';
import { operationsQuery, tryConnectionNow, type Operations } from '../../api/operations.js';
import { useCan } from '../../api/session.js';
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
  count === 0 ? (
    none
  ) : (
    <>
      {formatCount(count)}, the oldest <Ago at={oldestAt} />
    </>
  );

export function Work() {
  const query = useQuery(operationsQuery);
  const router = useRouter();
  if (query.isPending) return <Waiting rows={10} height={34} />;
  if (!query.data) return <Failure error={query.error} what="operations" onRetry={() => void query.refetch()} />;
  const { asOf, version, queue, messages, deliveries, usage, processes, connections, schema } = query.data;
  const busy = messages.filter(({ count }) => count > 0);
  const columns: Column<Waits>[] = [
    { id: 'state', header: 'State', grow: true, cell: ({ state }) => <MessageStateMark state={state as never} /> },
    { id: 'count', header: 'Messages', align: 'right', cell: ({ count }) => formatCount(count) },
    { id: 'oldest', header: 'Oldest', cell: ({ oldestAt }) => <Ago at={oldestAt} /> },
  ];
  return (
    <>
      <Section title="Processes" aside={<At at={asOf} />}>
        <Facts
          items={[
            ['Version', `${version}, schema ${schema.newest} (${schema.migrations} migrations)`],
            ['Queue', <QueueState key="queue" queue={queue} />],
            ['Leads', processes.leader ? <code key="leader">{processes.leader.holder.slice(0, 8)}</code> : 'Nobody: no scheduler runs'],
            ['Work now', processes.workers.length === 0 ? 'No process has a lane in hand' : processes.workers.map((one) => `${one.process.slice(0, 8)} (${one.lanes} ${one.lanes === 1 ? 'lane' : 'lanes'})`).join(', ')],
          ]}
        />
      </Section>
      <Section title="What waits">
        <Box mb="md">
<Facts
          items={[
            ['Deliveries to read', waiting(deliveries.waiting, 'None')],
            ['Deliveries nobody could read', waiting(deliveries.unread, 'None')],
            ['Usage to count', usage.commits.count === 0 ? 'None' : <>{formatCount(Number(usage.events))} events, the oldest <Ago at={usage.commits.oldestAt} /></>],
          ]}
        />
</Box>
        {busy.length > 0 ? <DataTable label="Messages by state" columns={columns} rows={busy} rowId={({ state }) => state} onOpen={({ link }) => router.history.push(link)} /> : <p>No message is under way.</p>}
      </Section>
      <Section title="Connections">
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
      {`${name} ${queue.state === 'away' ? 'is away; work goes on by sweeping' : 'may throw jobs away'}`}
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
      done('Tried now', `The next call finds out whether ${name} is back.`);
      setTrying(undefined);
      for (const key of ['operations', 'connections']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  const columns: Column<Connection>[] = [
    { id: 'name', header: 'Connection', grow: true, cell: ({ name }) => name },
    { id: 'state', header: 'State', cell: (one) => <Rest connection={one} /> },
    { id: 'running', header: 'Calls at once', align: 'right', cell: ({ running, concurrency }) => `${running} of ${concurrency}` },
    { id: 'rate', header: 'A second', align: 'right', room: 3, cell: ({ perSecond }) => (perSecond === null ? '–' : `at most ${perSecond}`) },
    { id: 'day', header: 'Today', align: 'right', room: 2, cell: ({ usedToday, perDay }) => (perDay === null ? formatCount(usedToday) : `${formatCount(usedToday)} of ${formatCount(perDay)}`) },
    { id: 'waits', header: 'Wait for a call', room: 3, cell: ({ waiting: waits }) => (waits.length === 0 ? '–' : `${waits.join(', ')} priority`) },
    {
      id: 'act',
      header: 'Actions',
      cell: (one) =>
        one.rests && can('connection.write') ? (
          <Button size="compact-xs" variant="default" onClick={() => setTrying(one)} aria-label={`Try ${one.name} now`}>
            Try now…
          </Button>
        ) : null,
    },
  ];
  if (connections.length === 0) return <p>There is no connection yet.</p>;
  return (
    <>
      <DataTable label="Calls of connections" columns={columns} rows={connections} rowId={({ name }) => name} link={({ name }) => ({ to: '/connections/$name', params: { name }, search: {} })} />
      <Confirm
        opened={trying !== undefined}
        onClose={() => setTrying(undefined)}
        title="Try now"
        verb="Try now"
        reason="required"
        pending={tryNow.isPending}
        error={tryNow.error}
        onConfirm={(reason) => trying && tryNow.mutate({ name: trying.name, reason })}
      >
        <b>{trying?.name}</b> rests: {trying?.rests?.why}. One call finds out whether it is back; if it is not, it rests again, for longer.
      </Confirm>
    </>
  );
} // prettier-ignore

function Rest({ connection: { state, rests } }: { connection: Connection }) {
  if (state === 'paused')
    return (
      <StateMark icon={IconPlayerPause} tone="idle">
        Paused
      </StateMark>
    );
  if (!rests)
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        Called
      </StateMark>
    );
  return (
    <StateMark icon={rests.circuit ? IconPlugConnectedX : IconHourglass} tone={rests.circuit ? 'bad' : 'warn'} title={rests.why}>
      {`Rests for ${formatDuration(rests.forMs)}`}
    </StateMark>
  );
}

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { cancelRun, runQuery, type Run } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { CancelReplay } from '../../parts/replay/cancel-replay.js';
import { ReplayOutcomes } from '../../parts/replay/replay-outcomes.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { done } from '../../parts/notice.js';
import { Facts, PageHead, Section, Verbatim } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { MessageStateMark, messageStateOrder, RunStateMark } from '../../parts/states.js';
import { At, formatDuration, useNow } from '../../parts/time.js';
import { runTitle } from './run-words.js';
import classes from './runs.module.css';

const route = getRouteApi('/app/runs/$id');

export function Page() {
  const { id } = route.useParams();
  const query = useQuery({ ...runQuery(id), refetchInterval: ({ state }) => (state.data?.state === 'running' ? 2000 : false) });
  if (query.isPending)
    return (
      <>
        <PageHead title={t('Run')} name={t('Run')} />
        <Waiting rows={8} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={t('Run')} name={t('Run')} />
        <Failure error={query.error} what={t('run {{id}}', { id })} onRetry={() => void query.refetch()} />
      </>
    );
  return <RunView run={query.data} />;
}

function RunView({ run }: { run: Run }) {
  const can = useCan();
  const queries = useQueryClient();
  const now = useNow(1000);
  const [asking, ask] = useDisclosure(false);
  const cancel = useMutation({
    mutationFn: () => cancelRun(run.id),
    onSuccess: (next) => {
      queries.setQueryData(runQuery(run.id).queryKey, next);
      done(t('Run cancelled'), t('It stops after the page under way.'));
      ask.close();
    },
  });
  const states = messageStateOrder.filter((state) => (run.messages[state] ?? 0) > 0);
  const total = states.reduce((sum, state) => sum + (run.messages[state] ?? 0), 0);
  return (
    <>
      <PageHead
        title={runTitle(run)}
        name={runTitle(run)}
        above={
          <Link to="/runs" search={{}} style={{ color: 'inherit' }}>
            {t('Runs')}
          </Link>
        }
        marks={<RunStateMark state={run.state} />}
        lead={<CopyId value={run.id} label={t('Copy id')} />}
        actions={
          <>
            {total > 0 ? (
              <LinkButton variant="default" to="/messages" search={{ run: run.id }}>
                {t('See its {{total}} messages', { total: formatCount(total) })}
              </LinkButton>
            ) : null}
            {run.state === 'running' && run.kind === 'replay' ? <CancelReplay runId={run.id} /> : null}
            {run.state === 'running' && run.kind !== 'replay' && can('run.start') ? (
              <Button color="red" variant="outline" onClick={ask.open}>
                {t('Cancel run…')}
              </Button>
            ) : null}
          </>
        }
      />
      {run.error ? (
        <Section title={t('Why it failed')}>
          <Verbatim>{run.error}</Verbatim>
        </Section>
      ) : null}
      {run.kind === 'replay' ? <ReplayOutcomes runId={run.id} running={run.state === 'running'} /> : null}
      <Section title={t('Messages by state')}>
        {states.length === 0 ? (
          <p className={classes.none}>{run.state === 'running' ? t('No messages yet.') : t('The run brought no messages.')}</p>
        ) : (
          <ul className={classes.states}>
            {states.map((state) => (
              <li key={state}>
                <Link to="/messages" search={{ run: run.id, state }}>
                  <MessageStateMark state={state} />
                  <span className={classes.bar} aria-hidden>
                    <i style={{ width: `${((run.messages[state] ?? 0) / total) * 100}%` }} data-state={state} />
                  </span>
                  <b>{formatCount(run.messages[state] ?? 0)}</b>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('Facts')}>
        <Facts
          items={[
            [t('Started'), <At at={run.startedAt} />],
            [t('Ended'), run.endedAt ? <At at={run.endedAt} /> : null],
            [t('Took'), formatDuration((run.endedAt ? Date.parse(run.endedAt) : now) - Date.parse(run.startedAt))],
            [t('Started by'), run.startedBy],
            [
              t('Flow'),
              run.flow ? (
                <Link to="/flows/$name" params={{ name: run.flow }} search={{}} style={{ color: 'var(--mantine-color-anchor)' }}>
                  {run.flow}
                </Link>
              ) : null,
            ],
            [
              t('Connection'),
              run.connection ? (
                <Link
                  to="/connections/$name"
                  params={{ name: run.connection }}
                  search={{}}
                  style={{ color: 'var(--mantine-color-anchor)' }}
                >
                  {run.connection}
                </Link>
              ) : null,
            ],
            [t('Stream'), run.stream],
            [t('Days asked for'), run.since || run.until ? daysInWords(run) : null],
            [run.kind === 'replay' ? t('Messages chosen') : t('Deliveries read'), formatCount(run.read)],
            [t('Deliveries that were new'), run.kind === 'replay' ? null : formatCount(run.added)],
            [t('Note'), run.note],
          ]}
        />
      </Section>
      <Confirm
        opened={asking}
        onClose={ask.close}
        title={t('Cancel this run')}
        verb={t('Cancel run')}
        danger
        pending={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate()}
      >
        {t('Reading stops after the page under way. Messages that are already here go on.')}
      </Confirm>
    </>
  );
}

/** Days are those of UTC, as they were asked for. */
const daysInWords = ({ since, until }: Run): string => {
  if (since && until) return t('{{since}} to {{until}}, in UTC', { since, until });
  return since ? t('From {{since}}, in UTC', { since }) : t('Up to {{until}}, in UTC', { until: until ?? '' });
};

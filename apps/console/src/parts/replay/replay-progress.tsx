import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { replayQuery, runQuery, type ReplayStarted } from '../../api/operate.js';
import { listed, t } from '../../language/index.js';
import { CancelReplay } from './cancel-replay.js';
import { LinkButton } from '../links.js';
import { formatCount } from '../money.js';
import { Failure, Waiting } from '../situations.js';
import { MessageStateMark } from '../states.js';
import { formatInstant } from '../time.js';
import { useZone } from '../zone.js';
import { replayTally } from './tally.js';

/** The replay as it goes, until every message has ended or stopped again. */
export function ReplayProgress({ started, onClose }: { started: ReplayStarted; onClose: () => void }) {
  const run = useQuery({
    ...runQuery(started.runId),
    enabled: started.accepted > 0,
    refetchInterval: (query) => (query.state.data && replayTally(query.state.data.messages, started.accepted).finished ? false : 1500),
  });
  const tally = replayTally(run.data?.messages ?? {}, started.accepted);
  const replay = useQuery({ ...replayQuery(started.runId), enabled: started.accepted > 0 });
  const { zone } = useZone();
  const lastBeginsAt = tally.finished ? null : (replay.data?.lastBeginsAt ?? null);
  return (
    <Stack gap="md">
      {started.accepted > 0 && run.isPending ? <Waiting rows={2} /> : null}
      {run.isError ? <Failure error={run.error} what={t('the run')} onRetry={() => void run.refetch()} /> : null}
      {run.data ? (
        <div role="status">
          <Text size="sm" fw={600} mb={6}>
            {tally.finished
              ? outcome(tally, started.accepted)
              : t('Replaying: {{ended}} of {{all}} have ended', { ended: formatCount(tally.ended), all: formatCount(tally.all) })}
          </Text>
          {tally.all > started.accepted ? (
            <Text size="xs" c="dimmed" mb={6}>
              {t('Of {{accepted}} chosen, and what they were handed on as.', { accepted: formatCount(started.accepted) })}
            </Text>
          ) : null}
          {lastBeginsAt === null ? null : (
            <Text size="xs" c="dimmed" mb={6}>
              {t('The last begins at {{time}}', { time: formatInstant(lastBeginsAt, zone) })}
            </Text>
          )}
          <Progress.Root size="md" aria-label={t('Progress of the replay')}>
            <Progress.Section value={tally.postedPercent} color="var(--wb-chart-b)" aria-label={t('Posted')} />
            <Progress.Section value={tally.otherPercent} color="var(--wb-chart-a)" aria-label={t('Ended otherwise')} />
            <Progress.Section value={tally.stoppedPercent} color="var(--wb-chart-c)" aria-label={t('Stopped again')} />
          </Progress.Root>
          <Group gap="md" mt="sm" fz="sm">
            {Object.entries(run.data.messages)
              .filter(([, count]) => count > 0)
              .map(([state, count]) => (
                <Group key={state} component="span" gap={6}>
                  <MessageStateMark state={state} /> {formatCount(count)}
                </Group>
              ))}
          </Group>
        </div>
      ) : null}
      {started.refused.length > 0 ? (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title={t('{{count}} refused', { count: formatCount(started.refused.length) })}
        >
          <ul style={{ margin: 0, paddingLeft: 18, fontSize: 13 }}>
            {started.refused.slice(0, 20).map((item) => (
              <li key={item.messageId}>
                {item.messageId}: {item.reason}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <Group justify="flex-end">
        {started.accepted > 0 && !tally.finished ? <CancelReplay runId={started.runId} /> : null}
        {tally.stopped > 0 ? (
          <LinkButton variant="default" to="/messages" search={{ run: started.runId, state: 'exception,held,in_doubt' }}>
            {t('See what stopped')}
          </LinkButton>
        ) : null}
        {started.accepted > 0 ? (
          <LinkButton variant="default" to="/runs/$id" params={{ id: started.runId }}>
            {t('Open run')}
          </LinkButton>
        ) : null}
        <Button onClick={onClose}>{t('Close')}</Button>
      </Group>
    </Stack>
  );
}

/** What was handed on stops for the first time; what was chosen had stopped before. */
function outcome(tally: ReturnType<typeof replayTally>, chosen: number): string {
  const parts = [
    tally.posted ? t('{{posted}} posted', { posted: formatCount(tally.posted) }) : '',
    tally.other ? t('{{other}} ended without posting', { other: formatCount(tally.other) }) : '',
    tally.stopped
      ? tally.all > chosen
        ? t('{{stopped}} stopped', { stopped: tally.stopped })
        : t('{{stopped}} stopped again', { stopped: tally.stopped })
      : '',
  ].filter(Boolean);
  return t('Replay ended: {{outcome}}', { outcome: parts.length ? listed(parts) : t('nothing to send') });
}

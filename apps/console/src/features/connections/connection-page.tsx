import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDisclosure } from '@mantine/hooks';
import { connectionQuery, connectorsQuery, pauseConnection, resumeConnection, type Connection } from '../../api/build.js';
import { useCan } from '../../api/session.js';
import { usageStreamsQuery } from '../../api/usage.js';
import { counted, rich, t } from '../../language/index.js';
import { Confirm } from '../../parts/confirm.js';
import { CopyId } from '../../parts/id.js';
import { done } from '../../parts/notice.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { HealthMark, SwitchMark } from '../../parts/states.js';
import { StreamList } from '../../parts/stream-list.js';
import { Ago, At } from '../../parts/time.js';
import { CheckSteps } from './check-steps.js';
import { ConnectionForm } from './connection-form.js';
import { ConsentPanel } from './consent-panel.js';
import classes from './connections.module.css';

const route = getRouteApi('/app/connections/$name');

export function Page() {
  const { name } = route.useParams();
  const query = useQuery(connectionQuery(name));
  if (query.isPending)
    return (
      <>
        <PageHead title={name} name={name} />
        <Waiting rows={8} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={name} name={name} />
        <Failure error={query.error} what={t('connection {{name}}', { name })} onRetry={() => void query.refetch()} />
      </>
    );
  return <ConnectionView connection={query.data} />;
}

/** Only where there are any: most connections feed no usage. */
function ConnectionStreams({ name }: { name: string }) {
  const query = useQuery(usageStreamsQuery(name));
  if (!query.data || query.data.items.length === 0) return null;
  return (
    <Section title={t('Usage')}>
      <StreamList streams={query.data.items} />
    </Section>
  );
}

function ConnectionView({ connection }: { connection: Connection }) {
  const can = useCan();
  const queries = useQueryClient();
  const connectors = useQuery(connectorsQuery);
  const connector = connectors.data?.items.find((known) => known.name === connection.connector);
  const [asking, ask] = useDisclosure(false);
  const paused = connection.state === 'paused';
  const turn = useMutation({
    mutationFn: () => (paused ? resumeConnection(connection.name) : pauseConnection(connection.name)),
    onSuccess: (next) => {
      queries.setQueryData(connectionQuery(connection.name).queryKey, next);
      void queries.invalidateQueries({ queryKey: ['connections'] });
      done(paused ? t('Connection resumed') : t('Connection paused'));
      ask.close();
    },
  });
  const write = can('connection.write');
  return (
    <>
      <PageHead
        title={connection.name}
        name={connection.name}
        above={
          <>
            <Link to="/connections" search={{}} style={{ color: 'inherit' }}>
              {t('Connections')}
            </Link>{' '}
            · {connector?.title ?? connection.connector}
          </>
        }
        marks={
          <>
            <SwitchMark state={connection.state} />
            <HealthMark state={connection.health.state} />
          </>
        }
        lead={connection.description}
        actions={
          write ? (
            <Button variant={paused ? 'filled' : 'default'} onClick={ask.open}>
              {paused ? t('Resume…') : t('Pause…')}
            </Button>
          ) : null
        }
      />
      {connection.health.detail ? <p style={{ margin: '0 0 8px' }}>{connection.health.detail}</p> : null}
      <div className={classes.columns}>
        <div>
          {connection.consent ? (
            <ConsentPanel
              name={connection.name}
              title={connector?.title ?? connection.connector}
              consent={connection.consent}
              write={write}
            />
          ) : null}
          {write ? (
            <Section title={t('Check')}>
              <CheckSteps name={connection.name} />
            </Section>
          ) : null}
          <ConnectionStreams name={connection.name} />
          <Section title={t('Settings')}>
            {connectors.isPending ? <Waiting rows={6} /> : null}
            {connectors.isError ? (
              <Failure error={connectors.error} what={t('the connector')} onRetry={() => void connectors.refetch()} />
            ) : null}
            {connector && write ? (
              <ConnectionForm
                key={connection.name}
                connector={connector}
                connection={connection}
                onSaved={(saved) => queries.setQueryData(connectionQuery(connection.name).queryKey, saved)}
              />
            ) : null}
            {!write ? (
              <p style={{ margin: 0, fontSize: 13, color: 'var(--mantine-color-dimmed)' }}>
                {t('Your roles do not include changing connections.')}
              </p>
            ) : null}
          </Section>
        </div>
        <div>
          <Section title={t('Facts')}>
            <Facts
              items={[
                [t('System'), connection.system],
                [t('Health since'), connection.health.since ? <Ago at={connection.health.since} /> : null],
                [t('Last good answer'), connection.health.lastSuccessAt ? <At at={connection.health.lastSuccessAt} /> : null],
                [
                  t('Webhook address'),
                  connection.webhookUrl ? <CopyId value={connection.webhookUrl} label={t('Copy webhook address')} /> : null,
                ],
                [
                  t('Flows'),
                  connection.flows.length
                    ? connection.flows.map((flow) => (
                        <div key={flow}>
                          <Link to="/flows/$name" params={{ name: flow }} search={{}} style={{ color: 'var(--mantine-color-anchor)' }}>
                            {flow}
                          </Link>
                        </div>
                      ))
                    : t('none'),
                ],
                [
                  t('Changed'),
                  <>
                    {rich('{{updatedAt}} by {{updatedBy}}', {
                      updatedAt: <At at={connection.updatedAt} />,
                      updatedBy: connection.updatedBy,
                    })}
                  </>,
                ],
                [
                  t('At once'),
                  [
                    counted(connection.limits.concurrency, '{{count}} call', '{{count}} calls'),
                    ...(connection.limits.perSecond ? [t('{{perSecond}} a second', { perSecond: connection.limits.perSecond })] : []),
                    ...(connection.limits.perDay ? [t('{{perDay}} a day', { perDay: connection.limits.perDay })] : []),
                  ].join(', '),
                ],
              ]}
            />
          </Section>
        </div>
      </div>
      <Confirm
        opened={asking}
        onClose={ask.close}
        title={paused ? t('Resume connection') : t('Pause connection')}
        verb={paused ? t('Resume') : t('Pause')}
        pending={turn.isPending}
        error={turn.error}
        onConfirm={() => turn.mutate()}
      >
        {paused
          ? t('Polls and calls go on. Messages that waited are sent.')
          : t('Polls and calls stop. Webhooks are still taken, and messages wait until you resume.')}
      </Confirm>
    </>
  );
}

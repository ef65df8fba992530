import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { messageQuery, type Message, type Stage } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton, TextLink } from '../../parts/links.js';
import { Money } from '../../parts/money.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { ReplayDialog } from '../../parts/replay/replay-dialog.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { messageStates, MessageStateMark } from '../../parts/states.js';
import { Ago, At } from '../../parts/time.js';
import { Attempts } from './attempts.js';
import { Doubt } from './doubt.js';
import { Edits } from './edits.js';
import { History } from './history.js';
import classes from './messages.module.css';
import { Posting } from './posting.js';
import { Related } from './related.js';
import { StagePayload } from './stage-payload.js';
import { stageOrder } from './stage-states.js';
import { Trip } from './trip.js';

const route = getRouteApi('/app/messages/$id');

export function Page() {
  const { id } = route.useParams();
  const query = useQuery(messageQuery(id));
  if (query.isPending)
    return (
      <>
        <PageHead title={t('Message')} name={t('Message')} />
        <Waiting rows={12} height={44} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={t('Message')} name={t('Message')} />
        <Failure error={query.error} what={t('message {{id}}', { id })} onRetry={() => void query.refetch()} />
      </>
    );
  return <MessageView message={query.data} />;
}

function MessageView({ message }: { message: Message }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const [replaying, replay] = useDisclosure(false);
  const title = message.title ?? message.key;
  const chosen = stageOrder.find((stage) => stage === search.stage) ?? lastWithPayload(message);
  const set = (next: Partial<typeof search>) =>
    void navigate({ to: '/messages/$id', params: { id: message.id }, search: { ...search, ...next }, replace: true, resetScroll: false });
  const tone = messageStates[message.state].tone;
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <>
            <Link to="/messages" search={{ flow: message.flow }} style={{ color: 'inherit' }}>
              {message.flow}
            </Link>{' '}
            · {message.effect}
          </>
        }
        marks={
          <>
            <MessageStateMark state={message.state} />
            {message.syntheticRun ? (
              <StateMark icon={IconTestPipe} tone="idle" title={t('The engine sent it by itself; it is in no total, control or list')}>
                {t('Synthetic')}
              </StateMark>
            ) : null}
          </>
        }
        lead={<CopyId value={message.id} label={t('Copy id')} />}
        actions={
          <>
            {message.exceptionId ? (
              <LinkButton variant="default" to="/exceptions" search={{ view: 'list', sel: message.exceptionId }}>
                {t('Open exception')}
              </LinkButton>
            ) : null}
            {can('canonical.read') && message.source.canonical ? (
              <LinkButton variant="default" to="/trace/$kind/$id" params={{ kind: 'message', id: message.id }} search={{}}>
                {t('Lineage')}
              </LinkButton>
            ) : null}
            {can('message.replay') && message.erasure === null ? <Button onClick={replay.open}>{t('Replay…')}</Button> : null}
          </>
        }
      />
      {message.erasure === null ? (
        <p className={classes.reason} data-tone={tone}>
          {sentenceOf(message)}
          {message.dueAt && !message.settledAt && !message.doubt && message.state !== 'exception' ? (
            <> · {rich('Next try {{dueAt}}.', { dueAt: <Ago at={message.dueAt} /> })}</>
          ) : null}
        </p>
      ) : null}
      {message.doubt ? (
        <div style={{ marginBottom: 24 }}>
          <Doubt message={message} doubt={message.doubt} />
        </div>
      ) : null}
      {message.erasure ? (
        <Alert color="gray" mb="md" title={t('What was personal in this message was erased')}>
          {t('Its payload went with it, so it cannot be sent again. Number, amount and dates stay.')}
          {can('subject.erase') ? (
            <>
              {' '}
              <TextLink size="sm" to="/erasures" search={{ sel: message.erasure }}>
                {t('Open the erasure')}
              </TextLink>
            </>
          ) : null}
        </Alert>
      ) : null}
      <div className={classes.panel}>
        <Trip message={message} chosen={chosen} onChoose={(stage) => set({ stage })} />
      </div>
      <Section title={t('Payload after {{chosen}}', { chosen })}>
        <StagePayload
          message={message}
          stage={chosen}
          compareWith={stageOrder.find((stage) => stage === search.with)}
          view={search.view === 'raw' ? 'raw' : 'tree'}
          onChange={set}
        />
      </Section>
      <div className={classes.columns}>
        <div>
          <Section title={t('Attempts ({{count}})', { count: message.attemptsMade.length })}>
            <Attempts attempts={message.attemptsMade} toHub={isHub(message)} />
          </Section>
          <Edits messageId={message.id} />
          <Section title={t('History')}>
            <History message={message} />
          </Section>
        </div>
        <div>
          <Section title={t('Document')}>
            <Facts
              items={[
                [t('Amount'), message.amount ? <Money value={message.amount} /> : null],
                [t('Customer'), message.customer],
                [t('Legal entity'), message.legalEntity],
                [t('Key'), <CopyId value={message.key} label={t('Copy key')} />],
                [t('Revision'), message.revision],
                [
                  t('From'),
                  <>
                    {message.sourceSystem}
                    {message.source.stream ? ` · ${message.source.stream}` : ''}
                    {message.source.via ? ` ${t('by {{via}}', { via: message.source.via })}` : ''}
                  </>,
                ],
                [t('To'), message.target],
                [t('Received'), <At at={message.receivedAt} />],
                [t('Ended'), message.settledAt ? <At at={message.settledAt} /> : null],
                [
                  t('Delivery'),
                  message.source.deliveryId ? <CopyId value={message.source.deliveryId} label={t('Copy delivery id')} /> : null,
                ],
                [
                  t('Run'),
                  message.runId ? (
                    <Link to="/runs/$id" params={{ id: message.runId }} style={{ color: 'var(--mantine-color-anchor)' }}>
                      {message.runId}
                    </Link>
                  ) : null,
                ],
                [t('Correlation'), <CopyId value={message.correlationId} label={t('Copy correlation id')} />],
              ]}
            />
          </Section>
          {message.posting ? <Posting posting={message.posting} /> : null}
          <Section title={t('Versions used')}>
            <Facts
              items={[
                [
                  t('Release'),
                  <Link to="/flows/$name" params={{ name: message.versions.release.flow }} style={{ color: 'var(--mantine-color-anchor)' }}>
                    {t('{{flow}} release {{version}}', { flow: message.versions.release.flow, version: message.versions.release.version })}
                  </Link>,
                ],
                [
                  t('Mapping'),
                  message.versions.mapping ? (
                    <>
                      <Link
                        to="/mappings/$name"
                        params={{ name: message.versions.mapping.name }}
                        search={{ sample: message.id }}
                        style={{ color: 'var(--mantine-color-anchor)' }}
                      >
                        {t('{{name}} version {{version}}', {
                          name: message.versions.mapping.name,
                          version: message.versions.mapping.version,
                        })}
                      </Link>
                      {can('mapping.write') ? (
                        <>
                          {' · '}
                          <Link
                            to="/mappings/$name"
                            params={{ name: message.versions.mapping.name }}
                            search={{ sample: message.id, panel: 'cases' }}
                            style={{ color: 'var(--mantine-color-anchor)' }}
                          >
                            {t('Make a golden case')}
                          </Link>
                        </>
                      ) : null}
                    </>
                  ) : null,
                ],
                ...message.versions.tables.map((table): [string, React.ReactNode] => [
                  t('Table {{name}}', { name: table.name }),
                  t('version {{version}}', { version: table.version }),
                ]),
              ]}
            />
          </Section>
          <Related message={message} />
        </div>
      </div>
      <ReplayDialog opened={replaying} selection={{ messages: [message.id] }} onClose={replay.close} />
    </>
  );
}

const isHub = (message: Message) => /@\d+$/.test(message.target);

/** Why it is where it is, in one sentence. */
function sentenceOf(message: Message): string {
  if (message.doubt)
    return t('Whether {{target}} has it is not known yet; it is looked up by itself, and nothing is sent again before.', {
      target: message.target.split(' · ')[0] ?? '',
    });
  if (message.reason) return message.reason;
  if (message.state === 'posted' && isHub(message)) return t('The hub has it as {{target}}.', { target: message.target });
  if (message.state === 'posted' && message.posting)
    return message.documentNumber
      ? t('Posted in {{ledger}} as {{documentNumber}}.', { ledger: message.posting.ledger, documentNumber: message.documentNumber })
      : t('Posted in {{ledger}}.', { ledger: message.posting.ledger });
  return `${messageStates[message.state].meaning}.`;
}

function lastWithPayload(message: Message): Stage {
  return [...stageOrder].reverse().find((stage) => message.stages[stage]?.payload != null && !message.stages[stage].sameAs) ?? 'accept';
}

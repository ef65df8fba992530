import { Alert, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { messageQuery, type Message, type Stage } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
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
        <PageHead title="Message" name="Message" />
        <Waiting rows={12} height={44} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title="Message" name="Message" />
        <Failure error={query.error} what={`message ${id}`} onRetry={() => void query.refetch()} />
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
              <StateMark icon={IconTestPipe} tone="idle" title="The engine sent it by itself; it is in no total, control or list">
                Synthetic
              </StateMark>
            ) : null}
          </>
        }
        lead={<CopyId value={message.id} label="Copy id" />}
        actions={
          <>
            {message.exceptionId ? (
              <LinkButton variant="default" to="/exceptions" search={{ view: 'list', sel: message.exceptionId }}>
                Open exception
              </LinkButton>
            ) : null}
            {can('canonical.read') && message.source.canonical ? (
              <LinkButton variant="default" to="/trace/$kind/$id" params={{ kind: 'message', id: message.id }} search={{}}>
                Lineage
              </LinkButton>
            ) : null}
            {can('message.replay') && message.erasure === null ? <Button onClick={replay.open}>Replay…</Button> : null}
          </>
        }
      />
      {message.erasure === null ? (
        <p className={classes.reason} data-tone={tone}>
          {sentenceOf(message)}
          {message.dueAt && !message.settledAt && !message.doubt && message.state !== 'exception' ? (
            <>
              {' '}
              · Next try <Ago at={message.dueAt} />.
            </>
          ) : null}
        </p>
      ) : null}
      {message.doubt ? (
        <div style={{ marginBottom: 24 }}>
          <Doubt message={message} doubt={message.doubt} />
        </div>
      ) : null}
      {message.erasure ? (
        <Alert color="gray" mb="md" title="What was personal in this message was erased">
          Its payload went with it, so it cannot be sent again. Number, amount and dates stay.
          {can('subject.erase') ? (
            <>
              {' '}
              <TextLink size="sm" to="/erasures" search={{ sel: message.erasure }}>
                Open the erasure
              </TextLink>
            </>
          ) : null}
        </Alert>
      ) : null}
      <div className={classes.panel}>
        <Trip message={message} chosen={chosen} onChoose={(stage) => set({ stage })} />
      </div>
      <Section title={`Payload after ${chosen}`}>
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
          <Section title={`Attempts (${message.attemptsMade.length})`}>
            <Attempts attempts={message.attemptsMade} toHub={isHub(message)} />
          </Section>
          <Edits messageId={message.id} />
          <Section title="History">
            <History message={message} />
          </Section>
        </div>
        <div>
          <Section title="Document">
            <Facts
              items={[
                ['Amount', message.amount ? <Money value={message.amount} /> : null],
                ['Customer', message.customer],
                ['Legal entity', message.legalEntity],
                ['Key', <CopyId value={message.key} label="Copy key" />],
                ['Revision', message.revision],
                [
                  'From',
                  <>
                    {message.sourceSystem}
                    {message.source.stream ? ` · ${message.source.stream}` : ''}
                    {message.source.via ? ` by ${message.source.via}` : ''}
                  </>,
                ],
                ['To', message.target],
                ['Received', <At at={message.receivedAt} />],
                ['Ended', message.settledAt ? <At at={message.settledAt} /> : null],
                ['Delivery', message.source.deliveryId ? <CopyId value={message.source.deliveryId} label="Copy delivery id" /> : null],
                [
                  'Run',
                  message.runId ? (
                    <Link to="/runs/$id" params={{ id: message.runId }} style={{ color: 'var(--mantine-color-anchor)' }}>
                      {message.runId}
                    </Link>
                  ) : null,
                ],
                ['Correlation', <CopyId value={message.correlationId} label="Copy correlation id" />],
              ]}
            />
          </Section>
          {message.posting ? <Posting posting={message.posting} /> : null}
          <Section title="Versions used">
            <Facts
              items={[
                [
                  'Release',
                  <Link to="/flows/$name" params={{ name: message.versions.release.flow }} style={{ color: 'var(--mantine-color-anchor)' }}>
                    {message.versions.release.flow} release {message.versions.release.version}
                  </Link>,
                ],
                [
                  'Mapping',
                  message.versions.mapping ? (
                    <>
                      <Link
                        to="/mappings/$name"
                        params={{ name: message.versions.mapping.name }}
                        search={{ sample: message.id }}
                        style={{ color: 'var(--mantine-color-anchor)' }}
                      >
                        {message.versions.mapping.name} version {message.versions.mapping.version}
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
                            Make a golden case
                          </Link>
                        </>
                      ) : null}
                    </>
                  ) : null,
                ],
                ...message.versions.tables.map((table): [string, React.ReactNode] => [`Table ${table.name}`, `version ${table.version}`]),
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
    return `Whether ${message.target.split(' · ')[0]} has it is not known yet; it is looked up by itself, and nothing is sent again before.`;
  if (message.reason) return message.reason;
  if (message.state === 'posted' && isHub(message)) return `The hub has it as ${message.target}.`;
  if (message.state === 'posted' && message.posting)
    return `Posted in ${message.posting.ledger}${message.documentNumber ? ` as ${message.documentNumber}` : ''}.`;
  return `${messageStates[message.state].meaning}.`;
}

function lastWithPayload(message: Message): Stage {
  return [...stageOrder].reverse().find((stage) => message.stages[stage]?.payload != null && !message.stages[stage].sameAs) ?? 'accept';
}

import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan } from '../../api/session.js';
import { traceQuery, usageEventQuery, type UsageEventDetail } from '../../api/usage.js';
import { rich, t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { JsonView } from '../../parts/json/json-view.js';
import { TextLink } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { Facts } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago, At } from '../../parts/time.js';
import { Billing } from './billing.js';
import { CorrectEvent } from './correct-event.js';
import { EventStateMark, Quantity } from './usage-words.js';
import classes from './usage.module.css';

export function EventDrawer({ id, onClose, onOpen }: { id: string | undefined; onClose: () => void; onOpen: (id: string) => void }) {
  return (
    <Drawer opened={id !== undefined} onClose={onClose} position="right" size={720} title={t('Usage event')}>
      {id ? <Shown key={id} id={id} onOpen={onOpen} /> : null}
    </Drawer>
  );
}

function Shown({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const query = useQuery(usageEventQuery(id));
  if (query.isPending) return <Waiting rows={8} height={32} />;
  if (!query.data) return <Failure error={query.error} what={t('the usage event')} onRetry={() => void query.refetch()} />;
  return <Event event={query.data} onOpen={onOpen} />;
}

function Event({ event, onOpen }: { event: UsageEventDetail; onOpen: (id: string) => void }) {
  const can = useCan();
  const [correcting, setCorrecting] = useState<'correction' | 'cancellation'>();
  const counts = event.state === 'accepted' || event.state === 'correction';
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm">
          <Text fw={600} size="lg">
            {event.type}
          </Text>
          <EventStateMark state={event.state} />
        </Group>
        {event.reason ? (
          <Text size="sm" c="dimmed" mt={4}>
            {event.reason}
          </Text>
        ) : null}
      </div>
      <Facts
        items={[
          [t('Used by'), event.subject ?? t('Not said')],
          [t('Used'), <At at={event.occurredAt} />],
          [
            t('Received'),
            <>
              {rich('{{receivedAt}} ({{age}}), by {{by}}', {
                receivedAt: <At at={event.receivedAt} />,
                age: <Ago at={event.receivedAt} />,
                by: event.commit.by,
              })}
            </>,
          ],
          [t('Source'), event.source],
          [t('Id at its source'), <CopyId value={event.eventId} label={t('Copy id')} />],
          [t('Id here'), <CopyId value={event.id} label={t('Copy id')} />],
          [t('Type'), event.registered ? t('Registered: checked by its schema') : t('Not registered: taken without a check')],
          [
            t('Came again'),
            event.duplicates.times > 0 ? t('{{times}} times, counted once', { times: formatCount(event.duplicates.times) }) : t('Never'),
          ],
          [
            t('Conflicts'),
            event.conflicts.length > 0
              ? t('{{count}} with other content; this one stayed', { count: formatCount(event.conflicts.length) })
              : t('None'),
          ],
          [t('Content hash'), <CopyId value={event.contentHash} label={t('Copy content hash')} />],
        ]}
      />
      <section aria-label={t('Data')}>
        <Text size="sm" fw={600} mb={6}>
          {t('As it was told')}
        </Text>
        <JsonView text={JSON.stringify(event.cloudEvent)} label={t('As it was told')} maxHeight={260} />
      </section>
      {event.chain.length > 1 ? <Chain event={event} onOpen={onOpen} /> : null}
      <Billing id={event.id} />
      <InSummaries id={event.id} />
      <TextLink size="sm" underline="always" to="/trace/$kind/$id" params={{ kind: 'usage-event', id: event.id }} search={{}}>
        {t('Its way to the books')}
      </TextLink>
      {counts && can('usage.correct') ? (
        <Group gap="sm">
          <Button variant="default" onClick={() => setCorrecting('correction')}>
            {t('Correct…')}
          </Button>
          <Button variant="outline" color="red" onClick={() => setCorrecting('cancellation')}>
            {t('Cancel this usage…')}
          </Button>
        </Group>
      ) : null}
      {correcting ? <CorrectEvent kind={correcting} event={event} onClose={() => setCorrecting(undefined)} onDone={onOpen} /> : null}
    </Stack>
  );
}

/** A correction never edits: the first stays, and each that follows takes the effect of the one before away. */
function Chain({ event, onOpen }: { event: UsageEventDetail; onOpen: (id: string) => void }) {
  const last = event.chain.at(-1);
  return (
    <section aria-label={t('Corrections')}>
      <Text size="sm" fw={600} mb={2}>
        {t('Corrections')}
      </Text>
      <ol className={classes.chain}>
        {event.chain.map((link) => (
          <li key={link.id} data-over={link !== last || undefined}>
            <span>
              <EventStateMark state={link === last ? stateOfLast(link.kind) : 'corrected'} />
            </span>
            <div>
              <span className={classes.mono}>{link.kind === 'cancellation' ? t('counts nothing') : JSON.stringify(link.data)}</span>
              <p>
                {link.reason ? `${link.reason} · ` : ''}
                {link.by}, <Ago at={link.receivedAt} />
                {link.id === event.id ? (
                  ` · ${t('shown here')}`
                ) : (
                  <>
                    {' · '}
                    <Button variant="transparent" size="compact-xs" px={0} onClick={() => onOpen(link.id)}>
                      {t('Show')}
                    </Button>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const stateOfLast = (kind: string): string => (kind === 'event' ? 'accepted' : kind);

/** The sealed summaries that hold it, and what was made of them. */
function InSummaries({ id }: { id: string }) {
  const query = useQuery(traceQuery(id));
  if (!query.data || (query.data.summaries.length === 0 && query.data.documents.length === 0)) return null;
  return (
    <section aria-label={t('Summaries and documents')}>
      <Text size="sm" fw={600} mb={2}>
        {t('Summaries and documents')}
      </Text>
      <ul className={classes.chain}>
        {query.data.summaries.map((held) => (
          <li key={`${held.summary}${held.event}`}>
            <span>{held.effect === 'added' ? t('Counted in') : t('Taken out by')}</span>
            <div>
              <TextLink size="sm" underline="always" to="/usage/summaries/$id" params={{ id: held.summary }} search={{}}>
                {`${held.meter} · ${held.period}`}
              </TextLink>{' '}
              <Quantity value={held.quantity} />
              {held.usedIn !== held.period ? <p>{t('Used in {{usedIn}}', { usedIn: held.usedIn })}</p> : null}
            </div>
          </li>
        ))}
        {query.data.documents.map((document) => (
          <li key={document.message}>
            <span>{t('Sent by')}</span>
            <div>
              <TextLink size="sm" underline="always" to="/messages/$id" params={{ id: document.message }} search={{}}>
                {document.flow}
              </TextLink>{' '}
              {document.documentNumber ?? document.state}
              {document.reason ? <p>{document.reason}</p> : null}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

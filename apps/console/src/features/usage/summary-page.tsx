import { Alert, Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { summaryEventsQuery, summaryQuery, verifySummary, type SummaryDetail, type SummaryMember } from '../../api/usage.js';
import { rich, t } from '../../language/index.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { CopyId } from '../../parts/id.js';
import { LinkButton, TextLink } from '../../parts/links.js';
import { formatCount, formatQuantity } from '../../parts/money.js';
import { Facts, PageHead, Section } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, Refused, Waiting } from '../../parts/situations.js';
import { MessageStateMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import { EventDrawer } from './event-drawer.js';
import { dimensionsInWords, eventsInWords, Quantity, SummaryMark } from './usage-words.js';
import classes from './usage.module.css';

const route = getRouteApi('/app/usage/summaries/$id');

export function Page() {
  const { id } = route.useParams();
  const query = useQuery(summaryQuery(id));
  if (query.isPending)
    return (
      <>
        <PageHead title={t('Summary')} name={t('Summary')} />
        <Waiting rows={8} height={41} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={t('Summary')} name={t('Summary')} />
        <Failure error={query.error} what={t('the summary')} onRetry={() => void query.refetch()} />
      </>
    );
  return <Shown summary={query.data} />;
}

function Shown({ summary }: { summary: SummaryDetail }) {
  const title = `${summary.customer}: ${summary.meter}, ${summary.period}`;
  return (
    <>
      <PageHead
        title={title}
        name={title}
        marks={<SummaryMark summary={summary} />}
        actions={
          summary.state === 'open' ? null : (
            <LinkButton variant="default" to="/trace/$kind/$id" params={{ kind: 'usage-summary', id: summary.id }} search={{}}>
              {t('Lineage')}
            </LinkButton>
          )
        }
        above={
          <Link to="/usage" search={{ tab: 'summaries' }} style={{ color: 'inherit' }}>
            {t('Usage ledger')}
          </Link>
        }
        lead={
          <>
            {rich('{{quantity}} from {{events}}', {
              quantity: (
                <b>
                  <Quantity value={summary.quantity} unit={summary.unit} />
                </b>
              ),
              events: eventsInWords(summary.eventCount),
            })}
            {summary.state === 'open' ? t(', and still counting') : ''}
          </>
        }
      />
      <Facts
        items={[
          [t('Of'), dimensionsInWords(summary.dimensions)],
          [
            t('Used in'),
            summary.usedIn === summary.period
              ? null
              : t('{{usedIn}}, billed in {{period}}', { usedIn: summary.usedIn, period: summary.period }),
          ],
          [t('Period'), <>{rich('{{from}} to {{to}}', { from: <At at={summary.from} />, to: <At at={summary.to} /> })}</>],
          [t('Subscription'), summary.subscription],
          [t('Plan'), summary.plan],
          [t('Region'), summary.region],
          [t('Legal entity'), summary.legalEntity],
          [
            t('Counted by'),
            t('version {{meterVersion}} of {{meter}} ({{aggregate}})', {
              meterVersion: summary.meterVersion,
              meter: summary.meter,
              aggregate: summary.aggregate,
            }),
          ],
          [t('Adjusts'), summary.adjusts ? <SummaryLink id={summary.adjusts} /> : null],
          [t('Sealed'), summary.sealedAt ? <At at={summary.sealedAt} /> : t('Not yet')],
          [t('Digest of its events'), summary.digest ? <CopyId value={summary.digest} label={t('Copy digest')} /> : null],
        ]}
      />
      {summary.state === 'open' ? null : <Verify summary={summary} />}
      <Documents summary={summary} />
      <Members summary={summary} />
    </>
  );
}

function SummaryLink({ id }: { id: string }) {
  return (
    <TextLink size="sm" underline="always" to="/usage/summaries/$id" params={{ id }} search={{}}>
      {id}
    </TextLink>
  );
}

/** Counts and sums its events again, and makes its digest again: a number that can be explained. */
function Verify({ summary }: { summary: SummaryDetail }) {
  const verify = useMutation({ mutationFn: () => verifySummary(summary.id) });
  const { data } = verify;
  return (
    <Section title={t('Proof')}>
      <Refused error={verify.error} title={t('Could not check the summary')} />
      {data ? (
        <Alert
          color={data.ok ? 'teal' : 'red'}
          icon={data.ok ? <IconShieldCheck size={18} /> : <IconAlertTriangle size={18} />}
          title={data.ok ? t('The events add up to it') : t('It differs in {{fields}}', { fields: data.differs.join(', ') })}
          role="status"
        >
          {t('{{added}} events add, {{removed}} take away; together {{quantity}}.', {
            added: formatCount(data.found.added),
            removed: formatCount(data.found.removed),
            quantity: formatQuantity(data.found.quantity),
          })}{' '}
          {data.ok ? t('The digest over their contents is the one that was sealed.') : t('Somebody changed the ledger below the engine.')}
        </Alert>
      ) : (
        <div className={classes.bar}>
          <Button size="xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
            {t('Check it against its events')}
          </Button>
          <Text size="sm" c="dimmed">
            {t('Sums them again and makes the digest again.')}
          </Text>
        </div>
      )}
    </Section>
  );
}

function Documents({ summary }: { summary: SummaryDetail }) {
  return (
    <Section title={t('What was made of it')}>
      {summary.documents.length === 0 ? (
        <Text size="sm" c="dimmed">
          {summary.state === 'open'
            ? t('It goes to billing when its period is sealed.')
            : t('No flow reads usage summaries for it. A flow does with from: { canonical: usage-summary@1 }.')}
        </Text>
      ) : (
        <ul className={classes.chain}>
          {summary.documents.map((document) => (
            <li key={document.message}>
              <span>
                <MessageStateMark state={document.state} />
              </span>
              <div>
                <TextLink size="sm" underline="always" to="/messages/$id" params={{ id: document.message }} search={{}}>
                  {document.flow}
                </TextLink>{' '}
                {document.documentNumber}
                {document.reason ? <p>{document.reason}</p> : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const columns: Column<SummaryMember>[] = [
  { id: 'type', header: t('Type'), cell: (member) => member.type },
  { id: 'subject', header: t('Used by'), grow: true, cell: (member) => member.subject ?? '–' },
  { id: 'id', header: t('Id at its source'), room: 2, cell: (member) => <span className={classes.mono}>{member.id}</span> },
  { id: 'effect', header: t('Effect'), cell: (member) => (member.effect === 'added' ? t('Adds') : t('Takes away')) },
  { id: 'value', header: t('Value'), align: 'right', cell: (member) => <Quantity value={member.value} /> },
  { id: 'occurred', header: t('Used'), cell: (member) => <At at={member.occurredAt} /> },
];

/** Exactly the events behind the number, in the order of the ledger. */
function Members({ summary }: { summary: SummaryDetail }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useInfiniteQuery(summaryEventsQuery(summary.id));
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const open = (sel: string | undefined) =>
    void navigate({ to: '/usage/summaries/$id', params: { id: summary.id }, search: { ...search, sel } });
  return (
    <Section title={t('Its events')}>
      {query.isPending ? <Waiting rows={6} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('its events')} onRetry={() => void query.refetch()} /> : null}
      {rows.length > 0 ? (
        <DataTable
          label={t('Events of the summary')}
          columns={columns}
          rows={rows}
          rowId={(member) => `${member.event}${member.effect}`}
          onOpen={(member) => open(member.event)}
          onPeek={(member) => open(member.event)}
          openId={search.sel}
          count={summary.added + summary.removed}
          more={moreOf(query)}
        />
      ) : null}
      <EventDrawer id={search.sel} onClose={() => open(undefined)} onOpen={open} />
    </Section>
  );
}

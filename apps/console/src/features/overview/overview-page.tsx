import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { overviewQuery, serviceLevelsQuery, type ServiceLevel } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { UnpostedAgeing } from '../../parts/ageing-tables.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { PageHead, Section } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { HealthMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import { Attention } from './attention.js';
import { Controls } from './controls.js';
import { FirstSteps } from './first-steps.js';
import { FlowHealth, Ledgers } from './health.js';
import classes from './overview.module.css';
import { OwnWork } from './own-work.js';
import { Throughput } from './throughput.js';
import { Value } from './value.js';

const noLevels: readonly ServiceLevel[] = [];
const route = getRouteApi('/app/overview');
const ranges = [
  { value: '1', label: t('1 hour') },
  { value: '24', label: t('24 hours') },
  { value: '168', label: t('7 days') },
];

export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const can = useCan();
  const hours = ranges.some((range) => range.value === search.hours) ? Number(search.hours) : 24;
  const query = useQuery({ ...overviewQuery(hours), placeholderData: keepPreviousData });
  const levels = useQuery({ ...serviceLevelsQuery(hours), placeholderData: keepPreviousData });
  const set = (next: { hours?: string; chart?: string }) =>
    void navigate({ to: '/overview', search: { ...search, ...next }, replace: true });
  const data = query.data;
  const received = `now-${hours >= 168 ? '7d' : `${hours}h`}`;
  return (
    <>
      <PageHead
        title={t('Overview')}
        name={t('Overview')}
        lead={data ? <>{rich('As of {{asOf}}', { asOf: <At at={data.asOf} /> })}</> : t('Is money moving, and what needs a person')}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('Range')}
            value={String(hours)}
            data={ranges}
            onChange={(value) => set({ hours: value })}
          />
        }
      />
      {query.isPending ? <Waiting rows={10} height={44} /> : null}
      {query.isError && !data ? <Failure error={query.error} what={t('the overview')} onRetry={() => void query.refetch()} /> : null}
      {data && data.flows.length === 0 ? <FirstSteps connections={data.connections.length} /> : null}
      {data && data.flows.length > 0 ? (
        <div style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
          {data.mine ? <OwnWork mine={data.mine} /> : null}
          <Attention items={data.attention} />
          <ul className={classes.numbers} aria-label={t('Numbers')}>
            <Figure word={t('Received')} to="/messages" search={{ from: received }} value={formatCount(data.numbers.received)} />
            <Figure word={t('Posted')} to="/messages" search={{ posted: received }} value={formatCount(data.numbers.posted)} />
            <Figure word={t('Open exceptions')} to="/exceptions" search={{}} value={formatCount(data.numbers.exceptions)} />
            <Figure
              word={t('Under way')}
              to="/messages"
              search={{ state: 'ready,claimed,in_flight,in_doubt,waiting,blocked,held' }}
              value={formatCount(data.numbers.underway)}
            />
            <Figure
              word={t('Not yet posted')}
              to="/messages"
              search={{ state: 'ready,claimed,in_flight,in_doubt,waiting,blocked,held,exception' }}
              value={<MoneyList amounts={data.numbers.notYetPosted} empty={t('Nothing')} />}
              sums
            />
          </ul>
          {can('control.read') ? <Controls /> : null}
          <Section title={t('Throughput')}>
            <div className={classes.panel}>
              <Throughput
                buckets={data.throughput}
                changes={data.changes}
                asTable={search.chart === 'table'}
                onAsTable={(asTable) => set({ chart: asTable ? 'table' : undefined })}
              />
            </div>
          </Section>
          <Section title={t('Not posted yet, by age')}>
            <UnpostedAgeing />
          </Section>
          <Section
            title={t('Posted by ledger')}
            aside={
              <Link to="/messages" search={{ posted: received }} style={{ fontSize: 13, color: 'var(--mantine-color-anchor)' }}>
                {t('Posted messages')}
              </Link>
            }
          >
            <Ledgers ledgers={data.postedByLedger} />
          </Section>
          <Section title={t('Flows')}>
            {levels.isError && !levels.data ? (
              <Failure error={levels.error} what={t('the service levels')} onRetry={() => void levels.refetch()} />
            ) : null}
            <FlowHealth flows={data.flows} levels={levels.data?.items ?? noLevels} />
          </Section>
          <Value />
          <Section title={t('Connections')}>
            <div className={classes.strip}>
              {data.connections.map((connection) => (
                <Link key={connection.name} to="/connections/$name" params={{ name: connection.name }}>
                  <span style={{ minWidth: 0 }}>
                    {connection.name}
                    <small>{connection.detail ?? connection.connector}</small>
                  </span>
                  <HealthMark state={connection.state} />
                </Link>
              ))}
            </div>
          </Section>
        </div>
      ) : null}
    </>
  );
}

function Figure({
  word,
  value,
  to,
  search,
  sums,
}: {
  word: string;
  value: React.ReactNode;
  to: '/messages' | '/exceptions';
  search: Record<string, string>;
  sums?: boolean;
}) {
  return (
    <li>
      <Link to={to} search={search} className={classes.figure}>
        <span className={classes.figureWord}>{word}</span>
        <span className={sums ? classes.sums : classes.figureValue}>{value}</span>
      </Link>
    </li>
  );
}

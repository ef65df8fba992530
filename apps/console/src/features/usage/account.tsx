import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { usageControlQuery, type UsageControl } from '../../api/usage.js';
import { rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago, formatDuration } from '../../parts/time.js';
import { eventsInWords } from './usage-words.js';
import classes from './usage.module.css';

/** Does everything that was accepted go somewhere? Checked by the engine all the time; shown here as the account that it is. */
export function Account() {
  const query = useQuery(usageControlQuery);
  if (query.isPending) return <Waiting rows={2} height={44} />;
  if (!query.data) return <Failure error={query.error} what={t('the account of usage')} onRetry={() => void query.refetch()} />;
  const { events, streams } = query.data;
  // What arrived since the last check: said, so that the account adds up at any time.
  const rest =
    events.accepted -
    events.summarised -
    events.unattributed -
    events.unused -
    events.unreadable -
    events.takenBack -
    Math.abs(events.difference);
  return (
    <section aria-label={t('Account of usage')}>
      <div className={classes.verdict}>
        <Verdict control={query.data} />
        <Lag lag={query.data.lag} />
      </div>
      <ul className={classes.account}>
        <Entry word={t('Accepted')} count={events.accepted} />
        <Entry word={t('Summarised')} count={events.summarised} />
        <Entry word={t('Unattributed')} count={events.unattributed} tab="unattributed" />
        <Entry word={t('Of no meter')} count={events.unused} />
        <Entry word={t('Unreadable')} count={events.unreadable} />
        <Entry word={t('Taken back')} count={events.takenBack} />
        {rest > 0 ? <Entry word={t('To be checked')} count={rest} /> : null}
        {streams.open > 0 ? <Entry word={t('Refused, open')} count={streams.open} tab="refused" /> : null}
      </ul>
    </section>
  );
}

function Verdict({ control }: { control: UsageControl }) {
  const { events, streams, ok, due, oldestCheckAt } = control;
  if (streams.difference !== 0)
    return (
      <StateMark icon={IconAlertTriangle} tone="bad">
        {t('{{difference}} records of streams are neither in the ledger nor kept', { difference: formatCount(streams.difference) })}
      </StateMark>
    );
  if (!ok)
    return (
      <>
        <StateMark icon={IconAlertTriangle} tone="bad">
          {t('{{eventsInWords}} unaccounted for', { eventsInWords: eventsInWords(Math.abs(events.difference)) })}
        </StateMark>
        <span>
          {control.differences
            .slice(0, 3)
            .map(({ slice }) => slice)
            .join(', ')}
        </span>
      </>
    );
  return (
    <>
      <StateMark icon={IconCircleCheck} tone="ok" title={t('Accepted = summarised + unattributed + of no meter + unreadable + taken back')}>
        {t('Every event is accounted for')}
      </StateMark>
      <span>
        {due > 0 ? t('{{due}} slices are checked again', { due: formatCount(due) }) : null}
        {due === 0 && oldestCheckAt ? <>{rich('Checked {{oldestCheckAt}}', { oldestCheckAt: <Ago at={oldestCheckAt} /> })}</> : null}
      </span>
    </>
  );
}

function Lag({ lag }: { lag: UsageControl['lag'] }) {
  const behind = lag.meters.filter((meter) => meter.behind > 0);
  if (lag.waitingEvents === 0 && behind.length === 0) return null;
  return (
    <StateMark icon={IconHourglass} tone="live">
      {lag.waitingEvents > 0
        ? t('{{eventsInWords}} to be counted, the oldest for {{oldestSeconds}}', {
            eventsInWords: eventsInWords(lag.waitingEvents),
            oldestSeconds: formatDuration(lag.oldestSeconds * 1_000),
          })
        : t('{{meters}}: past usage is counted', { meters: behind.map(({ meter }) => meter).join(', ') })}
    </StateMark>
  );
}

function Entry({ word, count, tab }: { word: string; count: number; tab?: string }) {
  return (
    <li>
      <span>{word}</span>
      <b>
        {tab && count > 0 ? (
          <Link to="/usage" search={{ tab }}>
            {formatCount(count)}
          </Link>
        ) : (
          formatCount(count)
        )}
      </b>
    </li>
  );
}

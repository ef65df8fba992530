import { IconAlertTriangle, IconCircleCheck, IconHourglass } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { usageControlQuery, type UsageControl } from '../../api/usage.js';
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
  if (!query.data) return <Failure error={query.error} what="the account of usage" onRetry={() => void query.refetch()} />;
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
    <section aria-label="Account of usage">
      <div className={classes.verdict}>
        <Verdict control={query.data} />
        <Lag lag={query.data.lag} />
      </div>
      <ul className={classes.account}>
        <Entry word="Accepted" count={events.accepted} />
        <Entry word="Summarised" count={events.summarised} />
        <Entry word="Unattributed" count={events.unattributed} tab="unattributed" />
        <Entry word="Of no meter" count={events.unused} />
        <Entry word="Unreadable" count={events.unreadable} />
        <Entry word="Taken back" count={events.takenBack} />
        {rest > 0 ? <Entry word="To be checked" count={rest} /> : null}
        {streams.open > 0 ? <Entry word="Refused, open" count={streams.open} tab="refused" /> : null}
      </ul>
    </section>
  );
}

function Verdict({ control }: { control: UsageControl }) {
  const { events, streams, ok, due, oldestCheckAt } = control;
  if (streams.difference !== 0)
    return (
      <StateMark icon={IconAlertTriangle} tone="bad">
        {`${formatCount(streams.difference)} records of streams are neither in the ledger nor kept`}
      </StateMark>
    );
  if (!ok)
    return (
      <>
        <StateMark icon={IconAlertTriangle} tone="bad">
          {`${eventsInWords(Math.abs(events.difference))} unaccounted for`}
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
      <StateMark icon={IconCircleCheck} tone="ok" title="Accepted = summarised + unattributed + of no meter + unreadable + taken back">
        Every event is accounted for
      </StateMark>
      <span>
        {due > 0 ? `${formatCount(due)} slices are checked again` : null}
        {due === 0 && oldestCheckAt ? (
          <>
            Checked <Ago at={oldestCheckAt} />
          </>
        ) : null}
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
        ? `${eventsInWords(lag.waitingEvents)} to be counted, the oldest for ${formatDuration(lag.oldestSeconds * 1_000)}`
        : `${behind.map(({ meter }) => meter).join(', ')}: past usage is counted`}
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

import { Button, Group, Text } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import { timelineQuery, type TimelineEvent } from '../../api/build.js';
import { inSentence, listed, locale, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { knownOf } from '../../parts/chosen-filter.js';
import { FilterBar, FilterChip } from '../../parts/filter-bar.js';
import { PathLink } from '../../parts/links.js';
import { useLiveList } from '../../parts/live-list.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { useRowKeys } from '../../parts/row-keys.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { RunStateMark } from '../../parts/states.js';
import { formatInstant, formatTimeOfDay, TimeOfDay } from '../../parts/time.js';
import { useZone, zoneName, type Zone } from '../../parts/zone.js';
import { byDay, joined } from './timeline-events.js';
import classes from './timeline.module.css';
import { kindLooks, lookOf, timelineWords, type TimelineKind } from './timeline-words.js';

const route = getRouteApi('/app/flows/$name');
const isKind = (kind: string): boolean => Object.hasOwn(kindLooks, kind);
const wordOfKind = (kind: string): string => kindLooks[kind as TimelineKind].word;

const dayIn = (zone: Zone): ((at: string) => string) => {
  const format = new Intl.DateTimeFormat(locale(), { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric', timeZone: zoneName(zone) });
  return (at) => format.format(new Date(at));
}; // prettier-ignore

/** Whatever happened to the flow and to what it rests on, in one list: so it is seen what a failure followed. */
export function Timeline({ flow }: { flow: string }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const { zone } = useZone();
  const kind = knownOf(search.kind, isKind, { multiple: true });
  const query = useInfiniteQuery({ ...timelineQuery(flow, kind), placeholderData: keepPreviousData });
  const days = useMemo(() => byDay(joined(rowsOf(query.data)), dayIn(zone)), [query.data, zone]);
  const more = moreOf(query);
  const live = useLiveList('timeline', () => void query.refetch(), (query.data?.pages.length ?? 0) > 1); // prettier-ignore
  const list = useRef<HTMLDivElement>(null);
  useRowKeys(list, {});
  const withheld = query.data?.pages[0]?.withheld ?? [];
  const set = (next: string | undefined) =>
    void navigate({ to: '/flows/$name', params: { name: flow }, search: { tab: 'timeline', kind: next }, resetScroll: false });
  const clear = () => set(undefined);
  const chosen = kind?.split(',') ?? [];
  return (
    <>
      <FilterBar onClear={kind ? clear : undefined}>
        <FilterChip
          label={t('Kind')}
          value={kind}
          choices={Object.entries(kindLooks)
            .filter(([value]) => !withheld.some((one) => one === value))
            .map(([value, { word }]) => ({ value, label: word }))}
          onChange={set}
          multiple
        />
      </FilterBar>
      {live.newer ? (
        <Group justify="center" mb="sm" role="status">
          <Button size="xs" radius="xl" variant="light" leftSection={<IconArrowUp size={14} />} onClick={live.show}>
            {t('Something changed: show it')}
          </Button>
        </Group>
      ) : null}
      {query.isPending ? <Waiting rows={10} height={41} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the timeline')} onRetry={() => void query.refetch()} /> : null}
      {query.data && days.length === 0 && kind ? (
        <FilteredEmpty
          what={t('events')}
          filters={[t('kind {{kind}}', { kind: listed(chosen.map((one) => inSentence(wordOfKind(one))), 'disjunction') })]} // prettier-ignore
          onClear={clear}
        />
      ) : null}
      {query.data && days.length === 0 && !kind ? (
        <FirstUse title={t('Nothing has happened yet')}>
          {t('Releases, changes of what the flow rests on, pauses, runs and incidents will be here, in one list.')}
        </FirstUse>
      ) : null}
      <div ref={list} data-stale={query.isPlaceholderData || undefined} className={classes.days}>
        {days.map(({ day, events }) => (
          <section key={day} aria-label={day}>
            <h2 className={classes.day}>{day}</h2>
            <ol className={classes.events}>
              {events.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {more.has ? (
        <Button mt="sm" size="xs" variant="default" loading={more.loading} onClick={more.load}>
          {t('Load more')}
        </Button>
      ) : null}
      {withheld.length > 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t('Not shown, since you may not see what they are about: {{kinds}}.', { kinds: listed(withheld.map(wordOfKind)) })}
        </Text>
      ) : null}
    </>
  );
}

function Event({ event }: { event: TimelineEvent }) {
  const { zone } = useZone();
  const { word, icon, tone } = lookOf(event);
  const day = dayIn(zone);
  // The day of the event is said above it.
  const time = (at: string) =>
    day(at) === day(event.at) ? formatTimeOfDay(at, zone) : formatInstant(at, zone, { seconds: false, zoneShown: false });
  const { title, details } = timelineWords(event.fact, time);
  return (
    <li data-row={event.id}>
      <TimeOfDay at={event.at} />
      <span className={classes.kind}>
        <StateMark icon={icon} tone={tone}>
          {word}
        </StateMark>
      </span>
      <div className={classes.what}>
        <div className={classes.title}>
          <PathLink data-row-link path={event.link}>
            {title}
          </PathLink>
          {event.fact.code === 'runs' ? <RunStateMark state={event.fact.state} /> : null}
        </div>
        {details.length > 0 || event.reason ? (
          <p>
            {details.join(' · ')}
            {details.length > 0 && event.reason ? ' · ' : null}
            {event.reason ? <q>{event.reason}</q> : null}
          </p>
        ) : null}
      </div>
      <span className={classes.who}>{event.by}</span>
    </li>
  );
}

import { Text, VisuallyHidden } from '@mantine/core';
import { IconCalendarStats } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { activityQuery, metersQuery, type Activity as Found } from '../../api/usage.js';
import { counted, locale, t } from '../../language/index.js';
import { FilterBar, FilterChip, FilterText } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { formatInstant, useNow } from '../../parts/time.js';
import { useZone, zoneName } from '../../parts/zone.js';
import { daysOf, gapsOf, levelOf } from './hours.js';
import { eventsInWords } from './usage-words.js';
import classes from './activity.module.css';

const route = getRouteApi('/app/usage');
const hourMs = 3_600_000;
const spans = ['7', '14', '31', '62'];
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);

/** When usage came, by day and hour: what is missing shows as a hole. */
export function Activity() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const set = (next: Partial<typeof search>) => void navigate({ to: '/usage', search: { ...search, ...next } });
  const meters = useQuery(metersQuery);
  const names = (meters.data?.items ?? []).filter(({ active }) => active).map(({ name }) => name);
  const meter = names.includes(search.meter ?? '') ? search.meter : names[0];
  const days = Number(spans.includes(search.days ?? '') ? search.days : '14');
  // The span ends with the hour that runs, so that it stays the same question for an hour.
  const now = useNow(60_000);
  const to = Math.ceil((now + 1) / hourMs) * hourMs;
  const from = to - days * 24 * hourMs;
  const query = useQuery({
    ...activityQuery({ meter: meter ?? '', from: iso(from), to: iso(to), subject: search.subject }),
    enabled: meter !== undefined,
    placeholderData: keepPreviousData,
  });
  if (meters.isPending) return <Waiting rows={8} height={26} />;
  if (!meters.data) return <Failure error={meters.error} what={t('meters')} onRetry={() => void meters.refetch()} />;
  if (meter === undefined)
    return (
      <FirstUse
        icon={IconCalendarStats}
        title={t('No meter counts yet')}
        action={
          <LinkButton to="/usage" search={{ tab: 'meters' }}>
            {t('See the meters')}
          </LinkButton>
        }
      >
        {t('Hours and days are shown by meter. As soon as one is active, its past usage shows here too.')}
      </FirstUse>
    );
  return (
    <>
      <FilterBar onClear={search.subject || search.days || search.meter ? () => void navigate({ to: '/usage', search: { tab: 'activity' } }) : undefined}>
        <FilterText label={t('Used by')} placeholder={t('Used by, exactly')} value={search.subject} onChange={(subject) => set({ subject })} />
        <FilterChip label={t('Meter')} value={meter} choices={names.map((name) => ({ value: name, label: name }))} onChange={(next) => set({ meter: next })} />
        <FilterChip label={t('Last')} value={String(days)} choices={spans.map((span) => ({ value: span, label: t('{{span}} days', { span }) }))} onChange={(next) => set({ days: next })} />
      </FilterBar>
      {query.isPending ? <Waiting rows={8} height={26} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('the activity of this meter')} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Map found={query.data} from={from} to={to} now={now} /> : null}
    </>
  );
} // prettier-ignore

const iso = (at: number): string => new Date(at).toISOString();

function Map({ found, from, to, now }: { found: Found; from: number; to: number; now: number }) {
  const { zone } = useZone();
  const { items, grain, meter } = found;
  // A meter that keeps days has one number for each, on its own clock.
  const timeZone = grain === 'day' ? found.timeZone : zoneName(zone);
  const days = useMemo(() => daysOf(items, { from, to, now, timeZone }), [items, from, to, now, timeZone]);
  const gaps = useMemo(() => (grain === 'hour' ? gapsOf(items) : []), [items, grain]);
  const most = Math.max(1, ...items.map(({ events }) => events), ...(grain === 'day' ? days.map(({ total }) => total) : []));
  const [longest] = gaps;
  const all = items.reduce((sum, { events }) => sum + events, 0);
  return (
    <>
      <Text size="sm" mb="sm">
        {all === 0 ? t('{{meter}} counted nothing in this time.', { meter }) : t('{{meter}} counted {{eventsInWords}}.', { meter, eventsInWords: eventsInWords(all) })}
        {longest
          ? ` ${[
              t('In {{hours}} hours between them there is nothing.', { hours: gaps.reduce((sum, { hours }) => sum + hours, 0) }),
              counted(longest.hours, 'The longest gap has an hour, from {{from}}.', 'The longest gap has {{count}} hours, from {{from}}.', { from: formatInstant(longest.from, zone, { seconds: false }) }),
            ].join(' ')}`
          : all > 0 && grain === 'hour'
            ? ` ${t('There is no hour between them without any.')}`
            : ''}
        {grain === 'day' ? ` ${t('It keeps days, by {{timeZone}}, and no hours.', { timeZone: found.timeZone })}` : ''}
      </Text>
      <div className={classes.scroll}>
        <table className={classes.heat} aria-label={t('Events of {{meter}} by day and hour', { meter })}>
          <thead>
            <tr>
              <th scope="col">{t('Day')}</th>
              {grain === 'hour' ? (
                hoursOfDay.map((hour) => (
                  <th key={hour} scope="col" data-minor={hour % 3 !== 0 || undefined}>
                    {String(hour).padStart(2, '0')}
                  </th>
                ))
              ) : (
                <th scope="col">{t('Whole day')}</th>
              )}
              <th scope="col" className={classes.total}>
                {t('Events')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, hours, total }) => (
              <tr key={day}>
                <th scope="row">{dayInWords(day)}</th>
                {grain === 'hour' ? (
                  hours.map((events, hour) => <Cell key={hour} events={events} most={most} when={`${dayInWords(day)}, ${String(hour).padStart(2, '0')}:00`} />)
                ) : (
                  <Cell events={total} most={most} when={dayInWords(day)} />
                )}
                <td className={classes.total}>{formatCount(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.legend} aria-hidden>
        <span>{t('Nothing')}</span>
        {[0, 1, 2, 3, 4, 5].map((level) => (
          <i key={level} data-level={level} />
        ))}
        <span>{formatCount(most)}</span>
      </div>
    </>
  );
} // prettier-ignore

function Cell({ events, most, when }: { events: number | undefined; most: number; when: string }) {
  if (events === undefined) return <td className={classes.cell} />;
  return (
    <td
      className={classes.cell}
      data-level={levelOf(events, most)}
      title={`${when}: ${events === 0 ? t('nothing') : eventsInWords(events)}`}
    >
      <VisuallyHidden>{formatCount(events)}</VisuallyHidden>
    </td>
  );
}

const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

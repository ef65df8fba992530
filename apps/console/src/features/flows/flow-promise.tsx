import { useQuery } from '@tanstack/react-query';
import { serviceLevelsQuery } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { inSentence, rich, t } from '../../language/index.js';
import { ageWord } from '../../parts/ages.js';
import { TextLink } from '../../parts/links.js';
import { formatCount } from '../../parts/money.js';
import { promiseWords, ServiceLevelMark } from '../../parts/service-level.js';
import { Failure } from '../../parts/situations.js';
import { messageStateOrder } from '../../parts/states.js';
import classes from './flows.module.css';

const ended = ['posted', 'skipped', 'duplicate', 'superseded', 'resolved'];
const openStates = messageStateOrder.filter((state) => !ended.includes(state)).join(',');

/** What the flow promises, what it kept of it in the last day, and what is delayed now, by age. A flow that promises nothing has no such line. */
export function FlowPromise({ flow }: { flow: string }) {
  const can = useCan();
  const query = useQuery({ ...serviceLevelsQuery(24, flow), enabled: can('message.read') });
  if (query.isError && !query.data)
    return <Failure error={query.error} what={t('what the flow promises')} onRetry={() => void query.refetch()} />;
  const level = query.data?.items[0];
  if (!level) return null;
  const due = level.kept + level.late;
  return (
    <section className={classes.promise} aria-label={t('Service level')}>
      <span>{rich('Promises {{promiseWords}}', { promiseWords: <b>{promiseWords(level)}</b> })}</span>
      <ServiceLevelMark level={level} />
      <span className={classes.promiseWords}>
        {due === 0
          ? t('No document of the last 24 hours was due.')
          : t('{{kept}} of {{due}} documents of the last 24 hours in time.', { kept: formatCount(level.kept), due: formatCount(due) })}
      </span>
      <span>
        {level.delayed.count === 0 ? t('Nothing is delayed.') : `${t('Delayed:')} `}
        {level.delayed.ages
          .filter(({ count }) => count > 0)
          .map(({ age, count }) => (
            <TextLink
              key={age}
              to="/messages"
              search={{ flow, state: openStates, to: level.dueBefore, age }}
              className={classes.delayed}
              size="sm"
            >
              {formatCount(count)}, {inSentence(ageWord(age))}
            </TextLink>
          ))}
      </span>
    </section>
  );
}

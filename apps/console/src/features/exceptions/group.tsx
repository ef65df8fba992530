import { Button, Menu } from '@mantine/core';
import { IconAlarm, IconChevronDown } from '@tabler/icons-react';
import type { ExceptionGroup } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { StateMark } from '../../parts/badge.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { CategoryMark } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';
import type { Act } from './acts.js';
import classes from './exceptions.module.css';
import { FixLink } from './fix-link.js';

/** One root cause: what to do, how much it holds, and the acts on all of it. Without `onOpen` its exceptions are listed below it. */
export function Group({ group, onOpen, onAct }: { group: ExceptionGroup; onOpen?: (id: string) => void; onAct: (act: Act) => void }) {
  const can = useCan();
  const all = group.count === 1 ? '' : ' all';
  return (
    <li className={classes.group}>
      <div className={classes.count}>
        {formatCount(group.count)}
        <small>{group.count === 1 ? 'message' : 'messages'}</small>
      </div>
      <div className={classes.body}>
        <h2 className={classes.cause}>{group.cause}</h2>
        <p className={classes.remedy}>{group.remedy}</p>
        <div className={classes.meta}>
          <CategoryMark category={group.category} />
          <Clock group={group} />
          <FixLink fix={group.fix} />
          <span>{[...group.legalEntities, ...group.flows].join(', ')}</span>
          <code>{group.code}</code>
          <span>{ownersOf(group)}</span>
          <span>{trendOf(group)}</span>
        </div>
      </div>
      <div className={classes.money}>
        <MoneyList amounts={group.amounts} empty="" />
        <small>
          oldest <Ago at={group.oldestAt} />
        </small>
      </div>
      <div className={classes.actions}>
        {can('message.replay') ? (
          <Button size="xs" variant="light" onClick={() => onAct('replay')}>
            {group.count === 1 ? 'Replay…' : `Replay all ${formatCount(group.count)}…`}
          </Button>
        ) : null}
        {onOpen ? (
          <Button size="xs" variant="default" onClick={() => onOpen(group.sample)}>
            {group.count === 1 ? 'Open' : 'Look at one'}
          </Button>
        ) : null}
        {can('exception.work') ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onAct('assign')}>Assign{all}…</Menu.Item>
              <Menu.Item onClick={() => onAct('snooze')}>Snooze{all}…</Menu.Item>
              <Menu.Item onClick={() => onAct('resolve')}>Resolve{all} without posting…</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
        {onOpen && group.count > 1 ? (
          <LinkButton size="xs" variant="subtle" color="gray" to="/exceptions" search={{ view: 'list', causeKey: group.causeKey }}>
            List all
          </LinkButton>
        ) : null}
      </div>
    </li>
  );
}

/** How the clocks of a group stand: what is over time, else what is nearly so, else when the first is due. */
function Clock({ group }: { group: ExceptionGroup }) {
  if (group.breached > 0)
    return (
      <StateMark icon={IconAlarm} tone="bad">
        {group.breached === group.count && group.count > 1 ? 'All' : formatCount(group.breached)} over time
      </StateMark>
    );
  if (group.dueSoon > 0)
    return (
      <StateMark icon={IconAlarm} tone="warn">
        {formatCount(group.dueSoon)} due soon
      </StateMark>
    );
  return (
    <span>
      due <Ago at={group.dueAt} />
    </span>
  );
}

function ownersOf({ owners, ownersMore, unowned }: ExceptionGroup): string {
  if (owners.length === 0) return 'no owner';
  const names = [
    ...owners.map(({ name }) => name),
    ...(ownersMore > 0 ? [`${formatCount(ownersMore)} more`] : []),
    ...(unowned > 0 ? [`${formatCount(unowned)} without`] : []),
  ];
  return `owner ${new Intl.ListFormat().format(names)}`;
}

const trendOf = ({ openedLastDay, openedDayBefore }: ExceptionGroup): string =>
  `${formatCount(openedLastDay)} in 24 h, ${formatCount(openedDayBefore)} the day before`;

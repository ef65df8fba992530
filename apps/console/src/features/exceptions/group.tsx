import { Button, Menu } from '@mantine/core';
import { IconAlarm, IconChevronDown } from '@tabler/icons-react';
import type { ExceptionGroup } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { counted, listed, rich, t, tIn } from '../../language/index.js';
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
  const one = group.count === 1;
  return (
    <li className={classes.group} data-row={group.causeKey}>
      <div className={classes.count}>
        {formatCount(group.count)}
        <small>{counted(group.count, 'message', 'messages')}</small>
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
        <small>{rich('oldest {{oldestAt}}', { oldestAt: <Ago at={group.oldestAt} /> })}</small>
      </div>
      <div className={classes.actions}>
        {can('message.replay') ? (
          <Button size="xs" variant="light" onClick={() => onAct('replay')}>
            {one ? t('Replay…') : t('Replay all {{count}}…', { count: group.count })}
          </Button>
        ) : null}
        {onOpen ? (
          <Button size="xs" variant="default" data-row-link onClick={() => onOpen(group.sample)}>
            {one ? tIn('verb', 'Open') : t('Look at one')}
          </Button>
        ) : null}
        {can('exception.work') ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
                {t('More')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => onAct('assign')}>{one ? t('Assign…') : t('Assign all…')}</Menu.Item>
              <Menu.Item onClick={() => onAct('snooze')}>{one ? t('Snooze…') : t('Snooze all…')}</Menu.Item>
              <Menu.Item onClick={() => onAct('resolve')}>
                {one ? t('Resolve without posting…') : t('Resolve all without posting…')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
        {onOpen && group.count > 1 ? (
          <LinkButton size="xs" variant="subtle" color="gray" to="/exceptions" search={{ view: 'list', causeKey: group.causeKey }}>
            {t('List all')}
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
        {group.breached === group.count && group.count > 1 ? t('All over time') : t('{{count}} over time', { count: group.breached })}
      </StateMark>
    );
  if (group.dueSoon > 0)
    return (
      <StateMark icon={IconAlarm} tone="warn">
        {t('{{dueSoon}} due soon', { dueSoon: formatCount(group.dueSoon) })}
      </StateMark>
    );
  return <span>{rich('due {{dueAt}}', { dueAt: <Ago at={group.dueAt} /> })}</span>;
}

function ownersOf({ owners, ownersMore, unowned }: ExceptionGroup): string {
  if (owners.length === 0) return t('no owner');
  const names = [
    ...owners.map(({ name }) => name),
    ...(ownersMore > 0 ? [t('{{ownersMore}} more', { ownersMore: formatCount(ownersMore) })] : []),
    ...(unowned > 0 ? [t('{{unowned}} without', { unowned: formatCount(unowned) })] : []),
  ];
  return t('owner {{names}}', { names: listed(names) });
}

const trendOf = ({ openedLastDay, openedDayBefore }: ExceptionGroup): string =>
  t('{{openedLastDay}} in 24 h, {{openedDayBefore}} the day before', {
    openedLastDay: formatCount(openedLastDay),
    openedDayBefore: formatCount(openedDayBefore),
  });

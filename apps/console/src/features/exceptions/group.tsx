import { Button } from '@mantine/core';
import type { ExceptionGroup } from '../../api/operate.js';
import { useCan } from '../../api/session.js';
import { LinkButton } from '../../parts/links.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { CategoryMark } from '../../parts/states.js';
import { Ago } from '../../parts/time.js';
import classes from './exceptions.module.css';
import { FixLink } from './fix-link.js';

export function Group({ group, onOpen, onReplay }: { group: ExceptionGroup; onOpen: (id: string) => void; onReplay: () => void }) {
  const can = useCan();
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
          <FixLink fix={group.fix} />
          <span>{group.flows.join(', ')}</span>
          <code>{group.code}</code>
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
          <Button size="xs" variant="light" onClick={onReplay}>
            {group.count === 1 ? 'Replay…' : `Replay all ${formatCount(group.count)}…`}
          </Button>
        ) : null}
        <Button size="xs" variant="default" onClick={() => onOpen(group.sample)}>
          {group.count === 1 ? 'Open' : 'Look at one'}
        </Button>
        {group.count > 1 ? (
          <LinkButton size="xs" variant="subtle" color="gray" to="/exceptions" search={{ view: 'list', causeKey: group.causeKey }}>
            List all
          </LinkButton>
        ) : null}
      </div>
    </li>
  );
}

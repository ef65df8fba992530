import { Link } from '@tanstack/react-router';
import type { Overview } from '../../api/operate.js';
import { rich, t } from '../../language/index.js';
import { formatCount, MoneyList } from '../../parts/money.js';
import { Section } from '../../parts/page.js';
import { Ago } from '../../parts/time.js';
import classes from './overview.module.css';

/** What was given to whoever looks, and what waits for their decision. Nothing where nothing waits for them. */
export function OwnWork({ mine }: { mine: NonNullable<Overview['mine']> }) {
  const { exceptions, approvals } = mine;
  if (exceptions.count + approvals.count === 0) return null;
  return (
    <Section title={t('My work')}>
      <div className={`${classes.strip} ${classes.work}`}>
        {exceptions.count > 0 ? (
          <Link to="/exceptions" search={{ view: 'list', owner: 'me' }}>
            <span style={{ minWidth: 0 }}>
              {exceptions.count === 1
                ? t('One exception is mine')
                : t('{{count}} exceptions are mine', { count: formatCount(exceptions.count) })}
              <small>
                {rich('{{part}}the oldest {{oldestAt}}', {
                  part:
                    exceptions.overdue > 0 ? (
                      <b className={classes.high}>{t('{{overdue}} over time, ', { overdue: formatCount(exceptions.overdue) })}</b>
                    ) : null,
                  oldestAt: <Ago at={exceptions.oldestAt} />,
                })}
              </small>
            </span>
            <MoneyList amounts={exceptions.amounts} empty="" />
          </Link>
        ) : null}
        {approvals.count > 0 ? (
          <Link to="/approvals" search={{}}>
            <span style={{ minWidth: 0 }}>
              {approvals.count === 1
                ? t('One decision waits for me')
                : t('{{count}} decisions wait for me', { count: formatCount(approvals.count) })}
              <small>{rich('the oldest asked for {{oldestAt}}', { oldestAt: <Ago at={approvals.oldestAt} /> })}</small>
            </span>
          </Link>
        ) : null}
      </div>
    </Section>
  );
}

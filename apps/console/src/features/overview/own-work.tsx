import { Link } from '@tanstack/react-router';
import type { Overview } from '../../api/operate.js';
import { counted, rich, t } from '../../language/index.js';
import { MoneyList } from '../../parts/money.js';
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
              {counted(exceptions.count, 'One exception is mine', '{{count}} exceptions are mine')}
              <small>
                {exceptions.overdue > 0 ? (
                  <>
                    <b className={classes.high}>{t('{{overdue}} over time', { overdue: exceptions.overdue })}</b>
                    {', '}
                  </>
                ) : null}
                {rich('the oldest {{oldestAt}}', { oldestAt: <Ago at={exceptions.oldestAt} /> })}
              </small>
            </span>
            <MoneyList amounts={exceptions.amounts} empty="" />
          </Link>
        ) : null}
        {approvals.count > 0 ? (
          <Link to="/approvals" search={{}}>
            <span style={{ minWidth: 0 }}>
              {counted(approvals.count, 'One decision waits for me', '{{count}} decisions wait for me')}
              <small>{rich('the oldest asked for {{oldestAt}}', { oldestAt: <Ago at={approvals.oldestAt} /> })}</small>
            </span>
          </Link>
        ) : null}
      </div>
    </Section>
  );
}

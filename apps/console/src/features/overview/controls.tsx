import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { controlsQuery } from '../../api/reconcile.js';
import { t } from '../../language/index.js';
import { monthWord, RunOutcome } from '../../parts/control-run.js';
import { TextLink } from '../../parts/links.js';
import { Section } from '../../parts/page.js';
import { Failure } from '../../parts/situations.js';
import { SwitchMark } from '../../parts/states.js';
import classes from './overview.module.css';

/** The newest run of each control: whether it agrees, and the way to it. Nothing where there are no controls. */
export function Controls() {
  const query = useQuery(controlsQuery);
  if (query.isError && !query.data) return <Failure error={query.error} what={t('the controls')} onRetry={() => void query.refetch()} />;
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section
      title={t('Controls')}
      aside={
        <TextLink to="/recon" search={{}} size="sm">
          {t('Reconciliation')}
        </TextLink>
      }
    >
      <div className={classes.strip}>
        {items.map(({ name, newest, state, daily }) =>
          newest ? (
            <Link key={name} to="/recon/$control/$run" params={{ control: name, run: newest.id }} search={{}}>
              <span style={{ minWidth: 0 }}>
                {name}
                <small>{t('{{monthWord}}, run of {{day}}', { monthWord: monthWord(newest.period), day: newest.day })}</small>
              </span>
              {state === 'paused' ? <SwitchMark state="paused" /> : <RunOutcome run={newest} />}
            </Link>
          ) : (
            <Link key={name} to="/recon" search={{}}>
              <span style={{ minWidth: 0 }}>
                {name}
                <small>{t('Has not run; it runs daily at {{at}}', { at: daily.at })}</small>
              </span>
              {state === 'paused' ? <SwitchMark state="paused" /> : null}
            </Link>
          ),
        )}
      </div>
    </Section>
  );
}

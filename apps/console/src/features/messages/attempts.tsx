import { IconAlertTriangle, IconCircleCheck, IconClock, IconHelpCircle, IconProgress } from '@tabler/icons-react';
import type { Attempt } from '../../api/operate.js';
import { counted, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Verbatim } from '../../parts/page.js';
import { At, formatDuration } from '../../parts/time.js';
import classes from './messages.module.css';

/** Calls to the target, newest first, with the vendor's own words. */
export function Attempts({ attempts, toHub }: { attempts: Attempt[]; toHub: boolean }) {
  if (attempts.length === 0)
    return (
      <p style={{ margin: 0, fontSize: 13, color: 'var(--mantine-color-dimmed)' }}>
        {toHub ? t('It goes into the hub, here: no outside system is called.') : t('The target has not been called.')}
      </p>
    );
  return (
    <div className={classes.panel} style={{ paddingBlock: 2 }}>
      {[...attempts].reverse().map((attempt) => (
        <div key={attempt.id} className={classes.attempt}>
          <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 12px', fontSize: 13 }}>
            <b>{t('Attempt {{number}}', { number: attempt.number })}</b>
            <Outcome outcome={attempt.outcome} />
            <span style={{ color: 'var(--mantine-color-dimmed)' }}>
              <At at={attempt.sentAt} />
              {attempt.endedAt ? ` · ${formatDuration(Date.parse(attempt.endedAt) - Date.parse(attempt.sentAt))}` : ''}
              {attempt.code ? ` · ${attempt.code}` : ''}
            </span>
          </div>
          {attempt.detail ? <p style={{ margin: '6px 0', fontSize: 13 }}>{attempt.detail}</p> : null}
          {attempt.vendorWords ? <Verbatim>{attempt.vendorWords}</Verbatim> : null}
          {attempt.exchanges.length > 0 ? (
            <details style={{ marginTop: 6, fontSize: 13 }} open={attempts.length === 1}>
              <summary style={{ cursor: 'pointer', minHeight: 24 }}>
                {counted(attempt.exchanges.length, '{{count}} HTTP exchange', '{{count}} HTTP exchanges')}
              </summary>
              {attempt.exchanges.map((exchange, index) => (
                <div key={index} className={classes.exchange}>
                  <span>{exchange.method}</span>
                  <span>
                    {exchange.url}
                    {exchange.note ? ` – ${exchange.note}` : ''}
                  </span>
                  <span>{exchange.status ?? t('no answer')}</span>
                  <span>{formatDuration(exchange.ms)}</span>
                </div>
              ))}
            </details>
          ) : null}
        </div>
      ))}
    </div>
  );
}

const refusals: Record<string, string> = {
  rejected: t('Rejected'),
  unauthorized: t('Unauthorized'),
  misconfigured: t('Misconfigured'),
};

function Outcome({ outcome }: { outcome: string | null }) {
  if (outcome === null)
    return (
      <StateMark icon={IconProgress} tone="live">
        {t('Under way')}
      </StateMark>
    );
  if (outcome === 'posted')
    return (
      <StateMark icon={IconCircleCheck} tone="ok">
        {t('Posted')}
      </StateMark>
    );
  if (outcome === 'in-doubt')
    return (
      <StateMark icon={IconHelpCircle} tone="warn">
        {t('In doubt')}
      </StateMark>
    );
  if (outcome === 'retryable' || outcome === 'throttled')
    return (
      <StateMark icon={IconClock} tone="warn">
        {outcome === 'throttled' ? t('Throttled') : t('Retryable')}
      </StateMark>
    );
  return (
    <StateMark icon={IconAlertTriangle} tone="bad">
      {refusals[outcome] ?? outcome}
    </StateMark>
  );
}

import { IconAlertTriangle, IconCircleCheck, IconClock, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { auditStatusQuery, type AuditStatus } from '../../api/govern.js';
import { rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { CopyId } from '../../parts/id.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { Ago } from '../../parts/time.js';
import classes from './audit.module.css';

const lateSeconds = 10;

/** How far the log is sealed, where its seals are kept, and with which key: what somebody must know before they trust it. */
export function SealState() {
  const query = useQuery(auditStatusQuery);
  if (query.isPending) return <Waiting rows={1} height={84} />;
  if (!query.data) return <Failure error={query.error} what={t('the seals')} onRetry={() => void query.refetch()} />;
  const { lastSeal, copies, publicKey } = query.data;
  return (
    <section className={classes.seals} aria-label={t('Seals')}>
      <div>
        <h2>{t('Sealed')}</h2>
        <SealMark status={query.data} />
        <p>
          {lastSeal ? (
            <>
              {rich('{{lastSeq}} entries in {{number}} seals, the last {{sealedAt}}', {
                lastSeq: lastSeal.lastSeq,
                number: lastSeal.number,
                sealedAt: <Ago at={lastSeal.sealedAt} focusable />,
              })}
            </>
          ) : (
            t('No seal has been made yet.')
          )}
        </p>
      </div>
      <div>
        <h2>{t('Kept outside the database')}</h2>
        {copies.length === 0 ? (
          <>
            <StateMark icon={IconAlertTriangle} tone="warn">
              {t('Nowhere yet')}
            </StateMark>
            <p>{t('Without seals outside, nobody can show that the end of the log was not cut off.')}</p>
          </>
        ) : (
          <ul>
            {copies.map((copy) => (
              <li key={copy.place}>
                <Copied copy={copy} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div>
        <h2>{t('Key that signs')}</h2>
        <CopyId value={publicKey} label={t('Copy the public key')} />
        <p>
          {lastSeal && lastSeal.publicKey !== publicKey
            ? t('The last seal was signed with another key: give all processes the same WAYBILL_SEAL_KEY.')
            : t('Give it to your auditor once, by another way than this screen.')}
        </p>
      </div>
    </section>
  );
}

function SealMark({ status: { lastSeal, unsealed, lagSeconds } }: { status: AuditStatus }) {
  if (lagSeconds > lateSeconds)
    return (
      <StateMark icon={IconAlertTriangle} tone="bad">
        {t('{{unsealed}} wait for {{lagSeconds}} s', {
          unsealed: unsealed,
          lagSeconds: Math.round(lagSeconds),
        })}
      </StateMark>
    );
  if (unsealed > 0 || !lastSeal)
    return (
      <StateMark icon={IconClock} tone="live">
        {t('{{unsealed}} being sealed', { unsealed: unsealed })}
      </StateMark>
    );
  return (
    <StateMark icon={IconShieldCheck} tone="ok">
      {t('Every entry')}
    </StateMark>
  );
}

function Copied({ copy: { address, behind, trouble, troubleSince, at } }: { copy: AuditStatus['copies'][number] }) {
  return (
    <>
      <StateMark
        icon={trouble ? IconAlertTriangle : behind > 0 ? IconClock : IconCircleCheck}
        tone={trouble ? 'bad' : behind > 0 ? 'live' : 'ok'}
      >
        {behind > 0 ? t('{{behind}} behind', { behind: behind }) : trouble ? t('Not reached') : t('Up to date')}
      </StateMark>{' '}
      <span className={classes.address}>{address}</span>
      <p>
        {trouble ? (
          <>
            {rich('{{trouble}}, since {{troubleSince}}. It gets them when it is back.', {
              trouble,
              troubleSince: <Ago at={troubleSince} focusable />,
            })}
          </>
        ) : (
          <>{rich('Last seal {{at}}', { at: <Ago at={at} focusable /> })}</>
        )}
      </p>
    </>
  );
}

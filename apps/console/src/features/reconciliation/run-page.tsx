import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { controlRunQuery, startControlRun, type ControlRunDetail, type GapFilter, type GapKind } from '../../api/reconcile.js';
import { useCan } from '../../api/session.js';
import { t } from '../../language/index.js';
import { monthWord, RunOutcome } from '../../parts/control-run.js';
import { CopyId } from '../../parts/id.js';
import { formatAmount, formatCount, quantityIn } from '../../parts/money.js';
import { failed } from '../../parts/notice.js';
import { Facts, PageHead, Section, Verbatim } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { At } from '../../parts/time.js';
import { GapList } from './gap-list.js';
import { SignOff } from './sign-off.js';
import { Waterfall } from './waterfall.js';
import { isOfUsage } from './words.js';
import classes from './reconciliation.module.css';

const route = getRouteApi('/app/recon/$control/$run');

const whileRunning = ({ state }: { state: { data?: ControlRunDetail | undefined } }) => (state.data?.state === 'running' ? 1500 : false);

export function Page() {
  const { run: id } = route.useParams();
  const query = useQuery({ ...controlRunQuery(id), refetchInterval: whileRunning });
  if (query.data) return <RunView run={query.data} />;
  return (
    <>
      <PageHead title={t('Run of a control')} name={t('Run of a control')} />
      {query.isPending ? (
        <Waiting rows={10} />
      ) : (
        <Failure error={query.error} what={t('run {{id}}', { id })} onRetry={() => void query.refetch()} />
      )}
    </>
  );
}

function RunView({ run }: { run: ControlRunDetail }) {
  const can = useCan();
  const search = route.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const go = (id: string, next: typeof search) => void navigate({ to: '/recon/$control/$run', params: { control: run.control, run: id }, search: next }); // prettier-ignore
  const again = useMutation({
    mutationFn: () => startControlRun(run.control, run.period),
    onSuccess: (begun) => {
      void queries.invalidateQueries({ queryKey: ['controls'] });
      go(begun.id, {});
    },
    onError: (error) => failed(t('Could not run the control'), error),
  });
  const filter: GapFilter = {
    kind: search.kind as GapKind | undefined,
    state: search.state as GapFilter['state'],
    currency: search.currency,
    meter: search.meter,
    q: search.q,
    drift: search.drift === 'true' ? true : undefined,
  };
  const title = `${run.control}, ${monthWord(run.period)}`;
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <Link to="/recon" search={{}} style={{ color: 'inherit' }}>
            {t('Reconciliation')}
          </Link>
        }
        marks={<RunOutcome run={run} />}
        lead={<CopyId value={run.id} label={t('Copy id')} />}
        actions={
          can('control.run') ? (
            <Button variant="default" loading={again.isPending} disabled={run.state === 'running'} onClick={() => again.mutate()}>
              {t('Run again')}
            </Button>
          ) : null
        }
      />
      {run.error ? (
        <Section title={t('Why it failed')}>
          <Verbatim>{run.error}</Verbatim>
        </Section>
      ) : null}
      {run.state === 'running' ? <p className={classes.dim}>{t('Both sides are being read and compared. This page shows the result as soon as it is there.')}</p> : null}
      {run.totals.map((total) => (
        <Section key={total.currency} title={`${total.legalEntity}, ${total.currency}`}>
          <p className={classes.balance}>
            <span>{t('Billing {{billing}}', { billing: formatAmount(total.billing, total.currency) })}</span>
            <span>{t('ERP {{erp}}', { erp: formatAmount(total.erp, total.currency) })}</span>
            <b>{t('Difference {{difference}}', { difference: formatAmount(total.difference, total.currency) })}</b>
            <span className={classes.dim}>
              {t('Tax {{billingTax}} and {{erpTax}}', { billingTax: formatAmount(total.billingTax, total.currency), erpTax: formatAmount(total.erpTax, total.currency) })}
            </span>
          </p>
          <Waterfall
            from={{ label: t('Billing, {{billingRows}} documents', { billingRows: formatCount(total.billingRows) }), value: total.billing }}
            to={{ label: t('ERP, {{erpRows}} documents', { erpRows: formatCount(total.erpRows) }), value: total.erp }}
            steps={run.bars.filter((bar) => bar.currency === total.currency).map(({ amount: change, ...bar }) => ({ ...bar, change }))}
            say={(amount) => formatAmount(amount, total.currency)}
            chosen={search.currency === total.currency ? search.kind : undefined}
            onChoose={(kind) => go(run.id, { ...search, kind, currency: kind === undefined ? undefined : total.currency })}
          />
        </Section>
      ))}
      {run.quantities.map(({ meter, unit, ...total }) => (
        <Section key={meter} title={`${total.legalEntity}, ${meter}`}>
          <p className={classes.balance}>
            <span>{t('Ledger {{quantityIn}}', { quantityIn: quantityIn(total.ledger, unit) })}</span>
            <span>{t('Billing {{quantityIn}}', { quantityIn: quantityIn(total.billing, unit) })}</span>
            <b>{t('Difference {{quantityIn}}', { quantityIn: quantityIn(total.difference, unit) })}</b>
          </p>
          <Waterfall
            from={{ label: t('Ledger, {{summaries}} summaries', { summaries: formatCount(total.summaries) }), value: total.ledger }}
            to={{ label: t('Billing, {{countedDays}} customer days', { countedDays: formatCount(total.countedDays) }), value: total.billing }}
            steps={run.quantityBars.filter((bar) => bar.meter === meter).map(({ quantity: change, ...bar }) => ({ ...bar, change }))}
            say={(quantity) => quantityIn(quantity, unit)}
            chosen={search.meter === meter ? search.kind : undefined}
            onChoose={(kind) => go(run.id, { ...search, kind, meter: kind === undefined ? undefined : meter })}
          />
        </Section>
      ))}
      {run.state === 'done' && run.totals.length + run.quantities.length === 0 ? <p className={classes.dim}>{isOfUsage(run) ? t('Neither side has usage in this period.') : t('Neither side has a document in this period.')}</p> : null}
      {run.state === 'done' ? (
        <>
          <GapList run={run} filter={filter} onFilter={(next) => go(run.id, { ...search, ...next })} onClear={() => go(run.id, {})} />
          <SignOff run={run} />
        </>
      ) : null}
      <Section title={t('Facts')}>
        <Facts
          items={[
            [t('Agree'), formatCount(run.matched)],
            [t('Drift'), formatCount(run.drift)],
            [t('The ERP as of'), run.erpCutOff ? <At at={run.erpCutOff} /> : null],
            [t('Billing as of'), run.billingCutOff ? <At at={run.billingCutOff} /> : null],
            [t('The usage ledger as of'), run.ledgerCutOff ? <At at={run.ledgerCutOff} /> : null],
            [t('Version'), String(run.version)],
            [t('Started'), <At at={run.startedAt} />],
            [t('Started by'), run.startedBy],
            [t('Gaps not kept'), run.gapsLeft > 0 ? formatCount(run.gapsLeft) : null],
          ]}
        />
      </Section>
    </>
  );
} // prettier-ignore

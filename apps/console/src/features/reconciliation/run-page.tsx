import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { controlRunQuery, startControlRun, type ControlRunDetail, type GapFilter, type GapKind } from '../../api/reconcile.js';
import { useCan } from '../../api/session.js';
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
      <PageHead title="Run of a control" name="Run of a control" />
      {query.isPending ? <Waiting rows={10} /> : <Failure error={query.error} what={`run ${id}`} onRetry={() => void query.refetch()} />}
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
    onError: (error) => failed('Could not run the control', error),
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
            Reconciliation
          </Link>
        }
        marks={<RunOutcome run={run} />}
        lead={<CopyId value={run.id} label="Copy id" />}
        actions={
          can('control.run') ? (
            <Button variant="default" loading={again.isPending} disabled={run.state === 'running'} onClick={() => again.mutate()}>
              Run again
            </Button>
          ) : null
        }
      />
      {run.error ? (
        <Section title="Why it failed">
          <Verbatim>{run.error}</Verbatim>
        </Section>
      ) : null}
      {run.state === 'running' ? <p className={classes.dim}>Both sides are being read and compared. This page shows the result as soon as it is there.</p> : null}
      {run.totals.map((total) => (
        <Section key={total.currency} title={`${total.legalEntity}, ${total.currency}`}>
          <p className={classes.balance}>
            <span>Billing {formatAmount(total.billing, total.currency)}</span>
            <span>ERP {formatAmount(total.erp, total.currency)}</span>
            <b>Difference {formatAmount(total.difference, total.currency)}</b>
            <span className={classes.dim}>
              Tax {formatAmount(total.billingTax, total.currency)} and {formatAmount(total.erpTax, total.currency)}
            </span>
          </p>
          <Waterfall
            from={{ label: `Billing, ${formatCount(total.billingRows)} documents`, value: total.billing }}
            to={{ label: `ERP, ${formatCount(total.erpRows)} documents`, value: total.erp }}
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
            <span>Ledger {quantityIn(total.ledger, unit)}</span>
            <span>Billing {quantityIn(total.billing, unit)}</span>
            <b>Difference {quantityIn(total.difference, unit)}</b>
          </p>
          <Waterfall
            from={{ label: `Ledger, ${formatCount(total.summaries)} summaries`, value: total.ledger }}
            to={{ label: `Billing, ${formatCount(total.countedDays)} customer days`, value: total.billing }}
            steps={run.quantityBars.filter((bar) => bar.meter === meter).map(({ quantity: change, ...bar }) => ({ ...bar, change }))}
            say={(quantity) => quantityIn(quantity, unit)}
            chosen={search.meter === meter ? search.kind : undefined}
            onChoose={(kind) => go(run.id, { ...search, kind, meter: kind === undefined ? undefined : meter })}
          />
        </Section>
      ))}
      {run.state === 'done' && run.totals.length + run.quantities.length === 0 ? <p className={classes.dim}>Neither side has {isOfUsage(run) ? 'usage' : 'a document'} in this period.</p> : null}
      {run.state === 'done' ? (
        <>
          <GapList run={run} filter={filter} onFilter={(next) => go(run.id, { ...search, ...next })} onClear={() => go(run.id, {})} />
          <SignOff run={run} />
        </>
      ) : null}
      <Section title="Facts">
        <Facts
          items={[
            ['Agree', formatCount(run.matched)],
            ['Drift', formatCount(run.drift)],
            ['The ERP as of', run.erpCutOff ? <At at={run.erpCutOff} /> : null],
            ['Billing as of', run.billingCutOff ? <At at={run.billingCutOff} /> : null],
            ['The usage ledger as of', run.ledgerCutOff ? <At at={run.ledgerCutOff} /> : null],
            ['Version', String(run.version)],
            ['Started', <At at={run.startedAt} />],
            ['Started by', run.startedBy],
            ['Gaps not kept', run.gapsLeft > 0 ? formatCount(run.gapsLeft) : null],
          ]}
        />
      </Section>
    </>
  );
} // prettier-ignore

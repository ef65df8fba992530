import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { boardQuery, controlsQuery, startControlRun, type Control, type ControlRun } from '../../api/reconcile.js';
import { useCan } from '../../api/session.js';
import { locale, rich, t } from '../../language/index.js';
import { monthWord, outcomeOf, RunOutcome } from '../../parts/control-run.js';
import { FilterBar, FilterChip } from '../../parts/filter-bar.js';
import { LinkButton } from '../../parts/links.js';
import { failed } from '../../parts/notice.js';
import { PageHead } from '../../parts/page.js';
import { Failure, FilteredEmpty, FirstUse, Waiting } from '../../parts/situations.js';
import { SwitchMark } from '../../parts/states.js';
import { dayCells, daysUntil, newestDay } from './board.js';
import { comparedWords } from './words.js';
import classes from './reconciliation.module.css';

const route = getRouteApi('/app/recon');
const ranges = ['7', '14', '31'];

const whileRunning = ({ state }: { state: { data?: { items: ControlRun[] } | undefined } }) =>
  state.data?.items.some((run) => run.state === 'running') ? 2000 : 60_000;

/** Controls by days: which agree, which do not, and where to look. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const days = ranges.includes(search.days ?? '') ? Number(search.days) : 14;
  const controls = useQuery(controlsQuery);
  const board = useQuery({ ...boardQuery(days), refetchInterval: whileRunning });
  const items = controls.data?.items ?? [];
  const shown = items.filter((one) => !search.entity || one.legalEntity === search.entity);
  const set = (next: Partial<typeof search>) => void navigate({ to: '/recon', search: { ...search, ...next } });
  return (
    <>
      <PageHead title={t('Reconciliation')} name={t('Reconciliation')} lead={t('Each day, what billing says is compared with what the ERP\'s books say, document by document, and the sealed usage with what billing counts. A cell is the run of that day.')} />
      {items.length > 0 ? (
        <FilterBar onClear={search.entity || search.days ? () => void navigate({ to: '/recon', search: {} }) : undefined}>
          <FilterChip label={t('Legal entity')} value={search.entity} choices={[...new Set(items.map((one) => one.legalEntity))].map((value) => ({ value, label: value }))} onChange={(entity) => set({ entity })} />
          <FilterChip label={t('Days')} value={search.days} choices={ranges.map((value) => ({ value, label: t('Last {{days}} days', { days: value }) }))} onChange={(value) => set({ days: value })} />
        </FilterBar>
      ) : null}
      {controls.isPending || (board.isPending && items.length > 0) ? <Waiting rows={6} height={52} /> : null}
      {controls.isError && !controls.data ? <Failure error={controls.error} what={t('controls')} onRetry={() => void controls.refetch()} /> : null}
      {board.isError && !board.data ? <Failure error={board.error} what={t('runs of controls')} onRetry={() => void board.refetch()} /> : null}
      {controls.data && items.length === 0 ? (
        <FirstUse title={t('No controls yet')} action={<LinkButton to="/flows" search={{}}>{t('See the flows')}</LinkButton>}>
          {t('A control is a file that says which documents of billing must stand in which ERP, or which usage billing must count. Packs bring some; others are saved over the API.')}
        </FirstUse>
      ) : null}
      {items.length > 0 && shown.length === 0 ? <FilteredEmpty what={t('controls')} filters={[t('legal entity {{entity}}', { entity: search.entity ?? '' })]} onClear={() => set({ entity: undefined })} /> : null}
      {board.data && shown.length > 0 ? <Board controls={shown} runs={board.data.items} days={days} /> : null}
    </>
  );
} // prettier-ignore

function Board({ controls, runs, days }: { controls: readonly Control[]; runs: readonly ControlRun[]; days: number }) {
  const dates = useMemo(() => daysUntil(new Date(), days), [days]);
  const cells = useMemo(() => dayCells(runs), [runs]);
  return (
    <ul className={classes.board}>
      {controls.map((control) => (
        <li key={control.name} className={classes.control}>
          <ControlHead control={control} latest={newestDay(runs, control.name)} />
          <ol className={classes.days} aria-label={t('Runs of {{name}} by day', { name: control.name })}>
            {dates.map((day) => (
              <li key={day}>
                <Cell day={day} runs={cells.get(`${control.name} ${day}`) ?? []} control={control.name} />
              </li>
            ))}
          </ol>
        </li>
      ))}
    </ul>
  );
}

function ControlHead({ control, latest }: { control: Control; latest: readonly ControlRun[] }) {
  const can = useCan();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => startControlRun(control.name),
    onSuccess: (begun) => {
      void queries.invalidateQueries({ queryKey: ['controls'] });
      void navigate({ to: '/recon/$control/$run', params: { control: control.name, run: begun.id }, search: {} });
    },
    onError: (error) => failed(t('Could not run the control'), error),
  });
  // Outside the days of the board there may still be one.
  const shown = latest.length > 0 ? latest : control.newest ? [control.newest] : [];
  return (
    <div className={classes.controlHead}>
      <div>
        <h2 className={classes.controlName}>{control.name}</h2>
        <p className={classes.dim}>
          {rich('{{what}} of {{legalEntity}} in {{connection}}', {
            what: comparedWords[control.compare],
            legalEntity: control.legalEntity,
            connection: control.connection,
          })}
        </p>
      </div>
      <div className={classes.controlMarks}>
        {control.state === 'paused' ? <SwitchMark state="paused" /> : null}
        {shown.length > 0 ? (
          shown.map((one) => (
            <Link
              key={one.id}
              to="/recon/$control/$run"
              params={{ control: control.name, run: one.id }}
              search={{}}
              className={classes.newest}
            >
              <RunOutcome run={one} />
              <span>{monthWord(one.period)}</span>
            </Link>
          ))
        ) : (
          <span className={classes.dim}>{t('Has not run; it runs daily at {{at}}', { at: control.daily.at })}</span>
        )}
        {can('control.run') ? (
          <Button
            size="xs"
            variant="default"
            loading={run.isPending}
            onClick={() => run.mutate()}
            aria-label={t('Run {{name}} now', { name: control.name })}
          >
            {t('Run now')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/** The worst of the day's months stands for the day. */
function Cell({ day, runs, control }: { day: string; runs: readonly ControlRun[]; control: string }) {
  const label = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  const [worst] = runs;
  if (!worst)
    return (
      <span className={classes.cell} data-tone="none" aria-label={t('{{label}}: no run', { label })}>
        <small>{label}</small>–
      </span>
    );
  const { word, tone } = outcomeOf(worst);
  return (
    <Link
      to="/recon/$control/$run"
      params={{ control, run: worst.id }}
      search={{}}
      className={classes.cell}
      data-tone={tone}
      title={runs.map((run) => `${monthWord(run.period)}: ${outcomeOf(run).word}`).join('\n')}
    >
      <small>{label}</small>
      {word}
    </Link>
  );
}

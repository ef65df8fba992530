import { Button, Drawer } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockExclamation,
  IconPlayerPause,
  IconPlayerStop,
  IconProgress,
  IconTestPipe,
} from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  giveUpSyntheticRun,
  pauseSyntheticCheck,
  resumeSyntheticCheck,
  startSyntheticRun,
  syntheticChecksQuery,
  syntheticRunQuery,
  syntheticRunsQuery,
  type SyntheticCheck,
  type SyntheticRun,
} from '../../api/operations.js';
import { useCan } from '../../api/session.js';
import { rich, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { Confirm } from '../../parts/confirm.js';
import { DataTable, type Column } from '../../parts/data-table.js';
import { done } from '../../parts/notice.js';
import { Facts } from '../../parts/page.js';
import { moreOf, rowsOf } from '../../parts/paged.js';
import { Failure, FirstUse, Refused, Waiting } from '../../parts/situations.js';
import { formatSpan } from '../../parts/service-level.js';
import { MessageStateMark } from '../../parts/states.js';
import { Ago, At, formatDuration } from '../../parts/time.js';
import { netWords, shareOf, slowest, stageWords } from './synthetic-words.js';
import classes from './synthetic.module.css';

const route = getRouteApi('/app/ops');

const looks = {
  passed: { word: t('Passed'), icon: IconCircleCheck, tone: 'ok' },
  late: { word: t('Late'), icon: IconClockExclamation, tone: 'warn' },
  wrong: { word: t('Wrong'), icon: IconAlertTriangle, tone: 'bad' },
  'failed-to-start': { word: t('Could not start'), icon: IconPlayerStop, tone: 'bad' },
  running: { word: t('Under way'), icon: IconProgress, tone: 'live' },
} as const;
const doing = { forward: t('on its way'), reversing: t('being taken back'), reading: t('reading the books'), ended: '' };

/** `brief`: in a table, where there is no room for more. */
function ResultMark({ run, brief = false }: { run: SyntheticRun | null; brief?: boolean }) {
  if (!run) return <StateMark icon={IconCircleDashed} tone="idle">{t('Has not run yet')}</StateMark>;
  const { word, icon, tone } = looks[run.result ?? run.trouble ?? 'running'];
  return <StateMark icon={icon} tone={tone}>{run.result || brief ? word : `${word}, ${doing[run.state]}`}</StateMark>;
} // prettier-ignore

/** What the engine sends through the live path by itself, to see that it works. */
export function Synthetic() {
  const { check: chosen } = route.useSearch();
  const query = useQuery(syntheticChecksQuery);
  if (query.isPending) return <Waiting rows={6} height={60} />;
  if (!query.data) return <Failure error={query.error} what={t('synthetic transactions')} onRetry={() => void query.refetch()} />;
  const checks = [...query.data.items].sort((a, b) => Number(b.name === chosen) - Number(a.name === chosen));
  if (checks.length === 0)
    return (
      <FirstUse icon={IconTestPipe} title={t('No synthetic transaction is sent')}>
        {rich('A synthetic check sends an invoice and a payment of a test customer through your live flows every few minutes, takes them back, and reads the books to see that they come to nothing. It is in no total, control or list, and somebody is told when it is late or wrong. Write one as a file that ends in {{ending}} and bring it here with {{command}}; the guide “Send synthetic transactions” shows one.', { ending: <code>.synthetic.yaml</code>, command: <code>waybill apply</code> })}
      </FirstUse>
    );
  return checks.map((check) => <Check key={check.name} check={check} />);
} // prettier-ignore

function Check({ check }: { check: SyntheticCheck }) {
  const { name, newest, description, owner, everyMs, nextAt, paused, legalEntity, customer } = check;
  const [shown, setShown] = useState<string>();
  return (
    <section className={classes.check} aria-label={name}>
      <div className={classes.head}>
        <h2 className={classes.name}>{name}</h2>
        <ResultMark run={newest} />
        {paused ? <StateMark icon={IconPlayerPause} tone="idle" title={paused.reason}>{t('Paused')}</StateMark> : null}
        <Acts check={check} />
      </div>
      <p className={classes.lead}>
        {description} {description === '' ? null : <br />}
        {paused ? t('Paused by {{by}}: {{reason}}', { by: paused.by, reason: paused.reason }) : rich('Every {{span}}; next {{nextAt}}', { span: formatSpan(everyMs), nextAt: <Ago at={nextAt} /> })} · {legalEntity} · {customer} ·{' '}
        {t('Owner: {{owner}}', { owner })}
      </p>
      {newest ? <Told run={newest} /> : null}
      <History name={name} onOpen={setShown} />
      <Drawer opened={shown !== undefined} onClose={() => setShown(undefined)} title={t('Synthetic run')} position="right" size="lg">
        {shown === undefined ? null : <Run id={shown} />}
      </Drawer>
    </section>
  );
} // prettier-ignore

/** What went wrong, each stage against its limit, and what the books say. */
function Told({ run }: { run: SyntheticRun }) {
  return (
    <>
      {run.says.length > 0 ? <ul className={classes.says}>{run.says.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul> : null}
      {run.stages.length > 0 ? (
        <dl className={classes.stages} aria-label={t('The slowest of each stage')}>
          {slowest(run.stages).map(({ stage, ms, allowedMs, where }) => (
            <div key={stage} style={{ display: 'contents' }}>
              <dt title={where}>{stageWords[stage]}</dt>
              <dd>
                <div className={classes.track} aria-hidden><div className={classes.fill} data-over={ms > allowedMs} style={{ width: `${shareOf({ ms, allowedMs })}%` }} /></div>
                <span className={classes.time}>{formatDuration(ms)} <span className={classes.dim}>{t('of {{allowedMs}}', { allowedMs: formatSpan(allowedMs) })}</span></span>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {run.readAt ? <p className={classes.lead}>{rich('{{net}}, read {{readAt}}.', { net: netWords(run.net), readAt: <Ago at={run.readAt} /> })}</p> : null}
    </>
  );
} // prettier-ignore

function Acts({ check: { name, state, newest } }: { check: SyntheticCheck }) {
  const can = useCan();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<'pause' | 'resume' | 'give-up'>();
  const fresh = () => void queries.invalidateQueries({ queryKey: ['synthetic'] });
  const run = useMutation({
    mutationFn: () => startSyntheticRun(name),
    onSuccess: () => done(t('Running now'), t('{{name}} is on its way.', { name })),
    onSettled: fresh,
  });
  const act = useMutation({
    mutationFn: ({ what, reason }: { what: 'pause' | 'resume' | 'give-up'; reason: string }): Promise<unknown> =>
      what === 'pause' ? pauseSyntheticCheck(name, reason) : what === 'resume' ? resumeSyntheticCheck(name, reason) : giveUpSyntheticRun(newest!.id, reason),
    onSuccess: (_, { what }) => {
      done({ pause: t('Paused'), resume: t('Resumed'), 'give-up': t('Run ended') }[what], name);
      setAsking(undefined);
    },
    onSettled: fresh,
  }); // prettier-ignore
  if (!can('control.run')) return null;
  const open = newest !== null && newest.endedAt === null;
  const words = {
    pause: { title: t('Pause'), verb: t('Pause'), text: t('No more runs begin. A run that is open is taken back to its end.') },
    resume: { title: t('Resume'), verb: t('Resume'), text: t('It runs at once, and then as often as its file says.') },
    'give-up': { title: t('End this run'), verb: t('End run'), text: t('Nothing more is taken back. Do this when the books were put right by hand; the run counts as wrong.') },
  } as const; // prettier-ignore
  return (
    <div className={classes.acts}>
      <Button size="compact-sm" onClick={() => run.mutate()} loading={run.isPending} disabled={open} aria-label={t('Run {{name}} now', { name })}>
        {t('Run now')}
      </Button>
      {open && newest.trouble !== null ? <Button size="compact-sm" variant="default" onClick={() => setAsking('give-up')} aria-label={t('End the run of {{name}}', { name })}>{t('End run…')}</Button> : null}
      <Button size="compact-sm" variant="default" onClick={() => setAsking(state === 'on' ? 'pause' : 'resume')} aria-label={state === 'on' ? t('Pause {{name}}', { name }) : t('Resume {{name}}', { name })}>{state === 'on' ? t('Pause…') : t('Resume…')}</Button>
      <Refused error={run.error} title={t('Could not run')} />
      <Confirm
        opened={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={asking ? words[asking].title : ''}
        verb={asking ? words[asking].verb : ''}
        reason="required"
        pending={act.isPending}
        error={act.error}
        onConfirm={(reason) => asking && act.mutate({ what: asking, reason })}
      >
        <b>{name}</b>: {asking ? words[asking].text : null}
      </Confirm>
    </div>
  );
} // prettier-ignore

const columns: Column<SyntheticRun>[] = [
  { id: 'at', header: t('Began'), grow: true, cell: ({ startedAt }) => <At at={startedAt} seconds={false} /> },
  { id: 'result', header: t('Result'), cell: (run) => <ResultMark run={run} brief /> },
  { id: 'took', header: t('Took'), align: 'right', cell: ({ startedAt, endedAt }) => (endedAt ? formatDuration(Date.parse(endedAt) - Date.parse(startedAt)) : '–') },
  { id: 'by', header: t('By'), room: 2, cell: ({ startedBy }) => startedBy },
]; // prettier-ignore

function History({ name, onOpen }: { name: string; onOpen: (id: string) => void }) {
  const query = useInfiniteQuery({ ...syntheticRunsQuery(name), refetchInterval: 5_000 });
  const rows = rowsOf(query.data);
  if (query.isError && !query.data) return <Failure error={query.error} what={t('its runs')} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return null;
  return (
    <div className={classes.history}>
      <DataTable
        label={t('Runs of {{name}}', { name })}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        more={moreOf(query)}
        onOpen={({ id }) => onOpen(id)}
      />
    </div>
  );
}

function Run({ id }: { id: string }) {
  const query = useQuery(syntheticRunQuery(id));
  if (query.isPending) return <Waiting rows={6} />;
  if (!query.data) return <Failure error={query.error} what={t('the run')} onRetry={() => void query.refetch()} />;
  const run = query.data;
  return (
    <>
      <Facts
        items={[
          [t('Result'), <ResultMark key="result" run={run} />],
          [t('Began'), <At key="at" at={run.startedAt} />],
          [t('By'), run.startedBy],
          [t('Version of the check'), String(run.version)],
          [t('In the books'), run.readAt ? netWords(run.net) : t('They were not read')],
        ]}
      />
      <div style={{ marginTop: 16 }}>
        <Told run={run} />
      </div>
      {run.messages.length > 0 ? (
        <ul className={classes.says} aria-label={t('Its messages')}>
          {run.messages.map(({ id: message, flow, state, documentNumber }) => (
            <li key={message}>
              <Link to="/messages/$id" params={{ id: message }} search={{}}>
                {flow}
              </Link>{' '}
              <MessageStateMark state={state} /> {documentNumber}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

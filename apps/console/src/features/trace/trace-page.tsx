import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { traceOfQuery, type Trace, type TraceKind } from '../../api/operate.js';
import { counted, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { FindTrace } from './find-trace.js';
import { stageOf, stages } from './meaning.js';
import classes from './trace.module.css';
import { TraceCard } from './trace-card.js';

const route = getRouteApi('/app/trace/$kind/$id');

export function Page() {
  const { kind, id } = route.useParams();
  const query = useQuery(traceOfQuery(kind as TraceKind, id));
  const [only, ...others] = query.data?.nodes.filter((node) => query.data.roots.includes(node.id)) ?? [];
  const title = t('The way of {{what}}', { what: only && others.length === 0 ? only.title : id });
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <Link to="/trace" search={{}} style={{ color: 'inherit' }}>
            {t('Lineage')}
          </Link>
        }
        lead={query.data ? inWords(query.data) : undefined}
      />
      <FindTrace key={id} id={id} />
      {query.isPending ? <Waiting rows={6} height={64} /> : null}
      {query.isError && !query.data ? (
        <Failure error={query.error} what={t('the way of {{id}}', { id })} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data ? <Shown trace={query.data} /> : null}
    </>
  );
}

function Shown({ trace }: { trace: Trace }) {
  return (
    <>
      {trace.breaks > 0 ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={counted(trace.breaks, 'One sum does not hold', '{{count}} sums do not hold')} mb="md">
          {t('The difference stands where it arises, with the cause as far as it is known.')}
        </Alert>
      ) : null}
      {trace.nodes.some(({ synthetic }) => synthetic) ? <Alert color="blue" icon={<IconTestPipe size={18} />} title={t('A synthetic transaction')} mb="md">{t('The engine sent it by itself to see that the way works. It is taken back, and is in no total, control or list.')}</Alert> : null}
      {trace.left > 0 ? <Alert color="yellow" mb="md" title={t('{{left}} more are not shown', { left: formatCount(trace.left) })}>{t('Ask for a single document, payment or summary to see the rest.')}</Alert> : null}
      <ol className={classes.trip} aria-label={t('From usage to the books')}>
        {stages.map((stage) => {
          const nodes = trace.nodes.filter((node) => stageOf(node) === stage);
          return nodes.length === 0 ? null : (
            <li key={stage} className={classes.stage}>
              <h2 className={classes.stageTitle}>
                {stage} <span>{formatCount(nodes.length)}</span>
              </h2>
              <ul className={classes.cards} aria-label={stage}>
                {nodes.map((node) => (
                  <TraceCard key={node.id} node={node} trace={trace} />
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
    </>
  );
} // prettier-ignore

function inWords({ edges, breaks }: Trace): string {
  const checked = edges.filter(({ check }) => check !== null).length;
  if (checked === 0) return t('Nothing on this way can be compared by its sum.');
  return breaks === 0
    ? counted(checked, 'One sum on the way was checked and holds.', '{{count}} sums on the way were checked and hold.')
    : counted(checked, 'One sum on the way was checked.', '{{count}} sums on the way were checked.');
} // prettier-ignore

import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconTestPipe } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { traceOfQuery, type Trace, type TraceKind } from '../../api/operate.js';
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
  const title = `The way of ${only && others.length === 0 ? only.title : id}`;
  return (
    <>
      <PageHead
        title={title}
        name={title}
        above={
          <Link to="/trace" search={{}} style={{ color: 'inherit' }}>
            Lineage
          </Link>
        }
        lead={query.data ? inWords(query.data) : undefined}
      />
      <FindTrace key={id} id={id} />
      {query.isPending ? <Waiting rows={6} height={64} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={`the way of ${id}`} onRetry={() => void query.refetch()} /> : null}
      {query.data ? <Shown trace={query.data} /> : null}
    </>
  );
}

function Shown({ trace }: { trace: Trace }) {
  return (
    <>
      {trace.breaks > 0 ? (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title={trace.breaks === 1 ? 'One sum does not hold' : `${formatCount(trace.breaks)} sums do not hold`} mb="md">
          The difference stands where it arises, with the cause as far as it is known.
        </Alert>
      ) : null}
      {trace.nodes.some(({ synthetic }) => synthetic) ? <Alert color="blue" icon={<IconTestPipe size={18} />} title="A synthetic transaction" mb="md">The engine sent it by itself to see that the way works. It is taken back, and is in no total, control or list.</Alert> : null}
      {trace.left > 0 ? <Alert color="yellow" mb="md" title={`${formatCount(trace.left)} more are not shown`}>Ask for a single document, payment or summary to see the rest.</Alert> : null}
      <ol className={classes.trip} aria-label="From usage to the books">
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
  if (checked === 0) return 'Nothing on this way can be compared by its sum.';
  const sums = checked === 1 ? 'One sum' : `${formatCount(checked)} sums`;
  return breaks === 0 ? `${sums} on the way ${checked === 1 ? 'was' : 'were'} checked and hold${checked === 1 ? 's' : ''}.` : `${sums} on the way ${checked === 1 ? 'was' : 'were'} checked.`;
} // prettier-ignore

import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Trace } from '../../api/operate.js';
import { counted, rich, t } from '../../language/index.js';
import { CopyId } from '../../parts/id.js';
import { TextLink } from '../../parts/links.js';
import { formatAmount, formatCount, formatQuantity, Money } from '../../parts/money.js';
import { MessageStateMark } from '../../parts/states.js';
import { At } from '../../parts/time.js';
import classes from './trace.module.css';

type Node = Trace['nodes'][number];
type Edge = Trace['edges'][number];

const words: Record<Edge['relation'], string> = {
  'corrected-by': t('stands in the place of'),
  'counted-in': t('counts'),
  'adds-to': t('adds up'),
  'reported-as': t('reports'),
  'billed-by': t('bills'),
  'posted-as': t('carries'),
  'paid-by': t('pays'),
  'credited-by': t('credits'),
  'booked-as': t('books'),
  'made-of': t('part of'),
};

/** A node with what it was made of: each edge that leads into it, and whether its sum holds. */
export function TraceCard({ node, trace }: { node: Node; trace: Trace }) {
  const into = trace.edges.filter(({ to }) => to === node.id);
  const titles = new Map(trace.nodes.map(({ id, title }) => [id, title]));
  const asked = trace.roots.includes(node.id);
  return (
    <li className={classes.card} data-asked={asked || undefined}>
      <div className={classes.cardHead}>
        <Title node={node} alone={asked && trace.roots.length === 1} />
        {node.kind === 'delivery' && node.state ? <MessageStateMark state={node.state} /> : null}
      </div>
      <p className={classes.what}>
        {[node.of, node.kind === 'delivery' ? null : node.state, asked ? t('what you asked for') : null].filter(Boolean).join(' · ')}
      </p>
      {node.amount ? (
        <p className={classes.figure}>
          <Money value={node.amount} />
        </p>
      ) : null}
      {node.quantity ? (
        <p className={classes.figure}>
          {formatQuantity(node.quantity.value)} {node.quantity.unit ?? ''}
        </p>
      ) : null}
      {node.events !== null && node.kind !== 'usage-event' ? (
        <p className={classes.what}>{counted(node.events, 'from {{count}} event', 'from {{count}} events')}</p>
      ) : null}
      {node.detail ? <p className={classes.what}>{node.detail}</p> : null}
      {asked && node.of === 'invoice' && trace.left === 0 && !into.some(({ relation }) => relation === 'billed-by') ? (
        <p className={classes.what}>{t('No usage is behind it: its lines are billing’s own, and its message shows them.')}</p>
      ) : null}
      {node.noEntry ? <p className={classes.what}>{node.noEntry}</p> : null}
      {node.lines ? <Lines node={node} lines={node.lines} /> : null}
      {node.at ? (
        <p className={classes.what}>
          {node.until ? rich('{{from}} to {{until}}', { from: <At at={node.at} />, until: <At at={node.until} /> }) : <At at={node.at} />}
        </p>
      ) : null}
      {node.kind === 'entry' ? <CopyId value={node.title} label={t('Copy number')} /> : null}
      {hasId(node) ? <CopyId value={node.id} label={t('Copy id')} /> : null}
      {into.length > 0 ? (
        <ul className={classes.edges} aria-label={t('Made of')}>
          {into.map((edge) => (
            <li key={edge.from + edge.relation} data-broken={edge.check?.ok === false || undefined}>
              <span>
                {words[edge.relation]} <b>{titles.get(edge.from) ?? edge.from}</b>
              </span>
              <Check edge={edge} node={node} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** What is folded, and what is the ERP's, has no id of ours. */
const hasId = ({ kind }: Node): boolean => kind !== 'usage' && kind !== 'entry' && kind !== 'entry-lines';

/** Lines of the general ledger, as the ERP tells them. */
function Lines({ node, lines }: { node: Node; lines: NonNullable<Node['lines']> }) {
  if (lines.length === 0) return null;
  return (
    <table className={classes.lines} aria-label={t('Lines: {{title}}', { title: node.title })}>
      <thead>
        <tr>
          <th scope="col">{t('Account')}</th>
          <th scope="col" data-number>
            {t('Debit')}
          </th>
          <th scope="col" data-number>
            {t('Credit')}
          </th>
        </tr>
      </thead>
      {lines.map(({ id, account, name, debit, credit, currency }) => (
        <tbody key={id}>
          <tr>
            <td>{[account, name].filter(Boolean).join(' ')}</td>
            <td data-number>{isNothing(debit) ? '' : formatAmount(debit, currency)}</td>
            <td data-number>{isNothing(credit) ? '' : formatAmount(credit, currency)}</td>
          </tr>
          <tr>
            <td colSpan={3} className={classes.lineId}>
              {id}
            </td>
          </tr>
        </tbody>
      ))}
      {node.linesLeft ? <caption>{t('{{linesLeft}} more lines are not shown', { linesLeft: formatCount(node.linesLeft) })}</caption> : null}
    </table>
  );
}
const isNothing = (amount: string): boolean => !/[1-9]/.test(amount);

function Check({ edge: { check }, node }: { edge: Edge; node: Node }) {
  if (check === null) return null;
  const figure = (value: string) =>
    check.what === 'amount' && node.amount ? formatAmount(value, node.amount.currency) : formatQuantity(value);
  if (check.ok)
    return (
      <span className={classes.check}>
        <IconCircleCheck size={15} aria-hidden /> {t('{{in}} in, {{out}} out', { in: figure(check.in), out: figure(check.out) })}
      </span>
    );
  return (
    <span className={classes.check} data-broken>
      <IconAlertTriangle size={15} aria-hidden />{' '}
      {t('{{in}} in, {{out}} out: a difference of {{difference}}', {
        in: figure(check.in),
        out: figure(check.out),
        difference: figure(check.difference),
      })}
      {check.because ? `. ${check.because[0]!.toUpperCase()}${check.because.slice(1)}.` : ''}
    </span>
  );
}

/** The way of a document that stands alone is this page. */
function Title({ node, alone }: { node: Node; alone: boolean }) {
  const shown = { size: 'sm', fw: 600, underline: 'always' } as const;
  switch (node.kind) {
    case 'usage-event':
      return (
        <TextLink {...shown} to="/usage" search={{ sel: node.id }}>
          {node.title}
        </TextLink>
      );
    case 'usage-summary':
      return (
        <TextLink {...shown} to="/usage/summaries/$id" params={{ id: node.id }} search={{}}>
          {node.title}
        </TextLink>
      );
    case 'delivery':
      return (
        <TextLink {...shown} to="/messages/$id" params={{ id: node.id }} search={{}}>
          {node.title}
        </TextLink>
      );
    case 'document':
      return alone ? (
        <b>{node.title}</b>
      ) : (
        <TextLink {...shown} to="/trace/$kind/$id" params={{ kind: 'document', id: node.id }} search={{}}>
          {node.title}
        </TextLink>
      );
    case 'entry':
    case 'entry-lines':
      return <b>{node.title}</b>;
    default:
      return (
        <TextLink {...shown} to="/usage" search={{ tab: 'summaries', meter: node.of, customer: node.title.split(': ')[0]! }}>
          {node.title}
        </TextLink>
      );
  }
}

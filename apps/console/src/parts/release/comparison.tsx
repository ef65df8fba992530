import { Alert, Button, Group, SegmentedControl, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { comparisonQuery, type Comparison } from '../../api/build.js';
import type { Amount } from '../../api/operate.js';
import { counted, rich, t } from '../../language/index.js';
import { TextLink } from '../links.js';
import { formatCount, Money, MoneyList } from '../money.js';
import { Failure, Waiting } from '../situations.js';
import classes from '../table-draft/table-draft.module.css';
import { Ago } from '../time.js';

type Document = Comparison['documents'][number];
export type Tallied = Pick<Comparison, 'tried' | 'changed' | 'worksNow' | 'failsNow' | 'movesMoney' | 'before' | 'after' | 'moved'>;

export const outcomeWords: Record<Document['outcome'], string> = {
  changed: t('Other output'),
  'works-now': t('Would go on'),
  'fails-now': t('Would stop'),
};
export const shapeWords: Record<Comparison['fields'][number]['shape'], string> = {
  set: t('set'),
  emptied: t('emptied'),
  changed: t('changed'),
  'type-changed': t('of another type'),
};
const counts = ['100', '500', '5000'];

/** How many documents change and stop, and the money of those that go on: before, after, moved. */
export function Tallies({ of }: { of: Tallied }) {
  const { tried, changed, worksNow, failsNow, movesMoney } = of;
  return (
    <>
      <div className={classes.tallies}>
        <div className={classes.tally}>
          <b>{formatCount(movesMoney)}</b>
          <span>{counted(movesMoney, 'document moves money, of {{tried}}', 'documents move money, of {{tried}}', { tried })}</span>
        </div>
        <div className={classes.tally}>
          <b>{formatCount(changed)}</b>
          <span>{t('come out otherwise')}</span>
        </div>
        <div className={classes.tally}>
          <b style={failsNow > 0 ? { color: 'var(--wb-bad-text)' } : undefined}>{formatCount(failsNow)}</b>
          <span>{t('that go on today would stop')}</span>
        </div>
        <div className={classes.tally}>
          <b>{formatCount(worksNow)}</b>
          <span>{t('that stop today would go on')}</span>
        </div>
      </div>
      <MoneyMoved of={of} />
    </>
  );
}

function MoneyMoved({ of: { before, after, moved } }: { of: Tallied }) {
  const currencies = [...new Set([...before, ...after].map(({ currency }) => currency))].sort();
  if (currencies.length === 0) return null;
  const sum = (sums: readonly Amount[], currency: string) => sums.filter((one) => one.currency === currency);
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Money of what goes on, by currency')}>
      <table className={classes.flows} aria-label={t('Money before and after')}>
        <thead>
          <tr>
            <th scope="col">{t('Currency')}</th>
            <th scope="col" data-number>
              {t('Before')}
            </th>
            <th scope="col" data-number>
              {t('After')}
            </th>
            <th scope="col" data-number>
              {t('Moved')}
            </th>
          </tr>
        </thead>
        <tbody>
          {currencies.map((currency) => (
            <tr key={currency}>
              <th scope="row" style={{ fontWeight: 500 }}>
                {currency}
              </th>
              <td data-number>
                <MoneyList amounts={sum(before, currency)} />
              </td>
              <td data-number>
                <MoneyList amounts={sum(after, currency)} />
              </td>
              <td data-number>
                <MoneyList amounts={sum(moved, currency)} empty={t('nothing')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Which fields differ, and how: in how many documents. */
export function ChangedFields({
  fields,
}: {
  fields: readonly { path: string; shape?: keyof typeof shapeWords; count: number; before?: unknown; after?: unknown }[];
}) {
  // prettier-ignore
  if (fields.length === 0) return null;
  return (
    <section aria-label={t('Changed fields')} style={{ marginTop: 14 }}>
      <Text size="sm" fw={600} mb={4}>
        {t('Changed fields')}
      </Text>
      <dl className={classes.cells}>
        {fields.map((field) => (
          <div key={`${field.path} ${field.shape ?? ''}`} style={{ display: 'contents' }}>
            <dt>
              <code>{field.path}</code>
            </dt>
            <dd>
              {field.shape
                ? counted(field.count, '{{shape}} in {{count}} document', '{{shape}} in {{count}} documents', {
                    shape: shapeWords[field.shape],
                  })
                : counted(field.count, '{{count}} document', '{{count}} documents')}
              {field.before === undefined && field.after === undefined ? null : (
                <>
                  {t(', such as')} <del className={classes.was}>{JSON.stringify(field.before)}</del>{' '}
                  <ins className={classes.is}>{JSON.stringify(field.after)}</ins>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every document that changes, with what moves; one of them open. */
export function ChangedDocuments({
  comparison,
  open,
  onOpen,
}: {
  comparison: Comparison;
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
}) {
  // prettier-ignore
  const { documents, documentsLeftOut } = comparison;
  if (documents.length === 0) return null;
  return (
    <section aria-label={t('Changed documents')} style={{ marginTop: 14 }}>
      <Text size="sm" fw={600} mb={4}>
        {t('Changed documents')}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Changed documents, newest first')}>
        <table className={classes.flows} aria-label={t('Changed documents')}>
          <thead>
            <tr>
              <th scope="col">{t('Document')}</th>
              <th scope="col">{t('What')}</th>
              <th scope="col" data-number>
                {t('Before')}
              </th>
              <th scope="col" data-number>
                {t('After')}
              </th>
              <th scope="col" data-number>
                {t('Moved')}
              </th>
              <th scope="col">
                <VisuallyHidden>{t('Changes')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {documents.map((document) => (
              <DocumentRow key={document.messageId} document={document} open={open === document.messageId} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {documentsLeftOut > 0 ? (
        <Text size="sm" c="dimmed" mt={6}>
          {t('{{documentsLeftOut}} more change; those whose money moves are all among these, up to {{count}}.', {
            documentsLeftOut: formatCount(documentsLeftOut),
            count: formatCount(documents.length),
          })}
        </Text>
      ) : null}
    </section>
  );
}

function DocumentRow({ document, open, onOpen }: { document: Document; open: boolean; onOpen: (id: string | undefined) => void }) {
  const { messageId, title, money, outcome } = document;
  return (
    <>
      <tr>
        <th scope="row" style={{ fontWeight: 500 }}>
          <TextLink fz="inherit" to="/messages/$id" params={{ id: messageId }} search={{}}>
            {title ?? messageId}
          </TextLink>
        </th>
        <td>{outcomeWords[outcome]}</td>
        <td data-number>
          <Money value={money.before} />
        </td>
        <td data-number>
          <Money value={money.after} />
        </td>
        <td data-number>
          <Money value={money.delta} />
        </td>
        <td>
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={open}
            aria-label={
              open
                ? t('Hide changes of {{title}}', { title: title ?? messageId })
                : t('Show changes of {{title}}', { title: title ?? messageId })
            }
            onClick={() => onOpen(open ? undefined : messageId)}
          >
            {open ? t('Hide') : t('Show')}
          </Button>
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={6}>
            <Changes document={document} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Changes({ document: { stops, changes, moreChanges } }: { document: Document }) {
  return (
    <>
      {stops.before !== null || stops.after !== null ? (
        <Text size="sm" mb={4}>
          {t('Live: {{before}}. With this release: {{after}}.', {
            before: stops.before ?? t('goes on'),
            after: stops.after ?? t('goes on'),
          })}
        </Text>
      ) : null}
      <dl className={classes.cells}>
        {changes.map((change) => (
          <div key={change.path} style={{ display: 'contents' }}>
            <dt>
              <code>{change.path}</code>
            </dt>
            <dd>
              <del className={classes.was}>{JSON.stringify(change.before)}</del>{' '}
              <ins className={classes.is}>{JSON.stringify(change.after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
      {moreChanges > 0 ? (
        <Text size="sm" c="dimmed">
          {t('and {{moreChanges}} more', { moreChanges: formatCount(moreChanges) })}
        </Text>
      ) : null}
    </>
  );
}

type Shown = { newest: string | undefined; doc: string | undefined };

/** A saved release over the newest recorded payloads, beside what is live. Runs when somebody says over how many, and again only when asked. */
export function ReleaseComparison({ id, live, shown, onShow }: { id: string; live: string; shown: Shown; onShow: (next: Shown) => void }) {
  const newest = counts.find((count) => count === shown.newest);
  return (
    <>
      <Group gap={8} mb="sm">
        <Text size="sm">{t('Recorded payloads, the newest:')}</Text>
        <SegmentedControl
          size="xs"
          aria-label={t('How many recorded payloads')}
          value={newest ?? ''}
          onChange={(count) => onShow({ newest: count, doc: undefined })}
          data={counts.map((value) => ({ value, label: formatCount(Number(value)) }))}
        />
      </Group>
      {newest === undefined ? (
        <Text size="sm" c="dimmed">
          {t('Choose how many. Both releases run over them in the engine; nothing is stored or sent.')}
        </Text>
      ) : (
        <Tried key={`${id} ${newest}`} id={id} live={live} newest={Number(newest)} shown={shown} onShow={onShow} />
      )}
    </>
  );
}

function Tried({
  id,
  live,
  newest,
  shown,
  onShow,
}: {
  id: string;
  live: string;
  newest: number;
  shown: Shown;
  onShow: (next: Shown) => void;
}) {
  // prettier-ignore
  const query = useQuery(comparisonQuery(id, live, newest));
  if (query.isPending)
    return (
      <>
        <Text size="sm" c="dimmed" mb="xs" role="status">
          {t('Trying both releases on recorded payloads…')}
        </Text>
        <Waiting rows={5} />
      </>
    );
  if (!query.data) return <Failure error={query.error} what={t('the comparison')} onRetry={() => void query.refetch()} />;
  const comparison = query.data;
  const { tried, found, unchanged, notTried, triedAt } = comparison;
  return (
    <>
      {notTried.length > 0 ? (
        <Alert color="yellow" title={t('What recorded payloads cannot show')} mb="sm">
          {notTried.map((sentence) => (
            <Text key={sentence} size="sm">
              {sentence}
            </Text>
          ))}
        </Alert>
      ) : null}
      {found === 0 ? (
        <Text size="sm">{t('Nothing is recorded of this flow yet.')}</Text>
      ) : (
        <>
          <Tallies of={comparison} />
          {unchanged === tried ? (
            <Text size="sm" mt="sm">
              {t('All {{tried}} come out the same.', { tried: formatCount(tried) })}
            </Text>
          ) : null}
          <ChangedFields fields={comparison.fields} />
          <ChangedDocuments comparison={comparison} open={shown.doc} onOpen={(doc) => onShow({ ...shown, doc })} />
        </>
      )}
      <Group gap={8} mt="sm">
        <Text size="xs" c="dimmed">
          {rich('Tried {{tried}} of {{found}} {{triedAt}}. Nothing was sent.', {
            tried: formatCount(tried),
            found: formatCount(found),
            triedAt: <Ago at={triedAt} />,
          })}
        </Text>
        <Button size="compact-xs" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          {t('Try again')}
        </Button>
      </Group>
    </>
  );
}

import { Alert, Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { compareMapping, type MappingComparison as Comparison } from '../../api/build.js';
import { stageTextQuery } from '../../api/operate.js';
import { rich, t } from '../../language/index.js';
import { Diff } from '../../parts/diff.js';
import { JsonView } from '../../parts/json/json-view.js';
import { TextLink } from '../../parts/links.js';
import { formatCount, Money, MoneyList } from '../../parts/money.js';
import { Failure, Waiting } from '../../parts/situations.js';
import classes from './panels.module.css';

type Document = Comparison['documents'][number];
export const compareCounts = ['100', '500', '5000'] as const;
const shapes: Record<Comparison['fields'][number]['shape'], string> = {
  set: t('gets a value'),
  emptied: t('has none any more'),
  changed: t('another value'),
  'type-changed': t('another kind of value'),
};
const outcomes: Record<Document['outcome'], string> = {
  changed: t('Other output'),
  'works-now': t('Would go on'),
  'fails-now': t('Would stop'),
};

/** What the text does to the newest recorded payloads, beside what is live: run in the engine when it is asked for. */
export function ComparePanel({
  mapping,
  source,
  sound,
  last,
  doc,
  onLast,
  onDoc,
}: {
  mapping: string;
  source: string;
  sound: boolean;
  /** How many payloads; as it stands in the address. Undefined: not asked for yet. */
  last: string | undefined;
  /** The message that is open. */
  doc: string | undefined;
  onLast: (last: string) => void;
  onDoc: (doc: string | undefined) => void;
}) {
  const count = Number(last ?? '500');
  const query = useQuery({
    queryKey: ['mapping-compare', mapping, count, source],
    queryFn: ({ signal }) => compareMapping(mapping, { source, newest: count }, signal),
    enabled: last !== undefined && sound,
    staleTime: 5 * 60_000,
    gcTime: 5 * 60_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
  return (
    <section aria-label={t('Replay-compare')}>
      <div className={classes.head}>
        <span>{t('Compare with what is live over the newest')}</span>
        <SegmentedControl
          size="xs"
          aria-label={t('Recorded payloads')}
          value={last ?? '500'}
          onChange={onLast}
          data={compareCounts.map((value) => ({ value, label: formatCount(Number(value)) }))}
        />
        <Button size="xs" variant="default" disabled={!sound} loading={query.isFetching} onClick={() => (last === undefined ? onLast('500') : void query.refetch())}>
          {t('Compare')}
        </Button>
        <span className={classes.dim}>{t('Run in the engine; nothing is stored or sent.')}</span>
      </div>
      {!sound ? (
        <Text size="sm" c="dimmed">
          {t('The text has an error; there is nothing to compare before it is put right.')}
        </Text>
      ) : query.data ? (
        <Compared comparison={query.data} doc={doc} onDoc={onDoc} stale={query.isFetching} />
      ) : query.isError ? (
        <Failure error={query.error} what={t('the comparison')} onRetry={() => void query.refetch()} />
      ) : query.isFetching ? (
        <Waiting rows={6} />
      ) : (
        <Text size="sm" c="dimmed">
          {t('It tells which documents would change, in which fields, and what that does to money.')}
        </Text>
      )}
    </section>
  );
} // prettier-ignore

function Compared({ comparison, doc, onDoc, stale }: { comparison: Comparison; doc: string | undefined; onDoc: (doc: string | undefined) => void; stale: boolean }) {
  const { tried, found, unchanged, changed, worksNow, failsNow, movesMoney, before, after, fields, moreFields, documents, documentsLeftOut, notTried } = comparison;
  const opened = documents.find(({ messageId }) => messageId === doc);
  if (tried === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('No payload is recorded yet for the flows that use this mapping.')}
      </Text>
    );
  return (
    <div style={stale ? { opacity: 0.62 } : undefined}>
      <Text size="sm" mb="sm" role="status">
        {rich('{{all}} of {{tried}} recorded payloads come out otherwise: {{changed}} with other output, {{worksNow}} would go on, {{failsNow}} would stop; {{unchanged}} are unchanged. Money moves on {{movesMoney}}.', { all: <b>{formatCount(changed + worksNow + failsNow)}</b>, tried: formatCount(tried), changed: formatCount(changed), worksNow: formatCount(worksNow), failsNow: formatCount(failsNow), unchanged: formatCount(unchanged), movesMoney: formatCount(movesMoney)})}{tried < found ? ` ${t('{{found}} were not tried: it took too long.', { found: found - tried })}` : ''}
      </Text>
      {notTried.map((sentence) => (
        <Alert key={sentence} color="yellow" mb="sm">
          {sentence}
        </Alert>
      ))}
      <Group gap="xl" mb="md" fz="sm">
        <span>
          {rich('Money as it is: {{before}}', { before: <MoneyList amounts={before} /> })}
        </span>
        <span>
          {rich('Money then: {{after}}', { after: <MoneyList amounts={after} /> })}
        </span>
      </Group>
      {fields.length > 0 ? (
        <>
          <h3 className={classes.sub}>{t('Fields that change')}</h3>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Changed fields')}>
            <table className={classes.table} aria-label={t('Changed fields')}>
              <thead>
                <tr>
                  <th scope="col">{t('Field')}</th>
                  <th scope="col">{t('Change')}</th>
                  <th scope="col" data-number>
                    {t('Documents')}
                  </th>
                  <th scope="col">{t('Such as')}</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={`${field.path} ${field.shape}`}>
                    <th scope="row" style={{ fontWeight: 400 }}>
                      <code>{field.path}</code>
                    </th>
                    <td>{shapes[field.shape]}</td>
                    <td data-number>{formatCount(field.count)}</td>
                    <td>
                      <del className={classes.was}>{JSON.stringify(field.before)}</del> <ins className={classes.is}>{JSON.stringify(field.after)}</ins>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {moreFields ? <Text size="sm">{t('There are more; these differ most often.')}</Text> : null}
        </>
      ) : null}
      {documents.length > 0 ? (
        <>
          <h3 className={classes.sub} style={{ marginTop: 14 }}>
            {t('Documents that change')}
          </h3>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Changed documents')} style={{ maxHeight: 420, overflowY: 'auto' }}>
            <table className={classes.table} aria-label={t('Changed documents')}>
              <thead>
                <tr>
                  <th scope="col">{t('Document')}</th>
                  <th scope="col">{t('What')}</th>
                  <th scope="col" data-number>
                    {t('Money as it is')}
                  </th>
                  <th scope="col" data-number>
                    {t('Money then')}
                  </th>
                  <th scope="col" data-number>
                    {t('Difference')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {documents.map((one) => (
                  <tr key={one.messageId} data-open={one.messageId === doc || undefined}>
                    <th scope="row" style={{ fontWeight: 400 }}>
                      <button type="button" className={classes.code} aria-expanded={one.messageId === doc} onClick={() => onDoc(one.messageId === doc ? undefined : one.messageId)}>
                        {one.title ?? one.messageId}
                      </button>
                    </th>
                    <td>
                      {outcomes[one.outcome]}
                      {one.stops.after ? <div className={classes.dim}>{one.stops.after}</div> : null}
                    </td>
                    <td data-number>
                      <Money value={one.money.before} />
                    </td>
                    <td data-number>
                      <Money value={one.money.after} />
                    </td>
                    <td data-number>
                      <Money value={one.money.delta} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {documentsLeftOut > 0 ? <Text size="sm">{t('{{documentsLeftOut}} more change; those whose money moves are all here first.', { documentsLeftOut: formatCount(documentsLeftOut) })}</Text> : null}
        </>
      ) : null}
      {opened ? <Opened one={opened} mapping={comparison.against[0]?.mapping.name} /> : null}
    </div>
  );
} // prettier-ignore

/** One document: its changes, and what was made of it beside its payload. */
function Opened({ one, mapping }: { one: Document; mapping: string | undefined }) {
  const payload = useQuery(stageTextQuery(one.messageId, 'accept'));
  return (
    <section aria-label={t('What changes in {{title}}', { title: one.title ?? one.messageId })} style={{ marginTop: 14 }}>
      <Group gap="sm" mb="xs">
        <h3 className={classes.sub} style={{ margin: 0 }}>
          {one.title ?? one.messageId}
        </h3>
        <TextLink fz="sm" underline="always" to="/messages/$id" params={{ id: one.messageId }} search={{}}>
          {t('Message')}
        </TextLink>
        {mapping ? (
          <TextLink fz="sm" underline="always" to="/mappings/$name" params={{ name: mapping }} search={(now: Record<string, string | undefined>) => ({ ...now, sample: one.messageId })}>
            {t('Take as sample')}
          </TextLink>
        ) : null}
      </Group>
      <div className={classes.beside}>
        {payload.data !== undefined ? <JsonView text={payload.data} label={t('Payload')} maxHeight={420} /> : payload.isError ? <Failure error={payload.error} what={t('the payload')} onRetry={() => void payload.refetch()} /> : <Waiting rows={6} />}
        <Diff
        language="json"
        before={JSON.stringify(changesAs(one, 'before'), null, 2)}
        after={JSON.stringify(changesAs(one, 'after'), null, 2)}
        beforeLabel={t('As it is')}
        afterLabel={t('With the text here')}
        />
      </div>
      {one.moreChanges > 0 ? <Text size="sm">{t('And {{moreChanges}} more changes.', { moreChanges: one.moreChanges })}</Text> : null}
    </section>
  );
} // prettier-ignore

/** Only what differs, by path: the rest is the same in both. */
const changesAs = (one: Document, side: 'before' | 'after') =>
  Object.fromEntries([
    ...(one.stops[side] ? [['stops', one.stops[side]] as const] : []),
    ...one.changes.map((change) => [change.path, change[side]] as const),
  ]);

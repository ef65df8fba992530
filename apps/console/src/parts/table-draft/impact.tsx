import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { draftImpactQuery, type DraftImpact, type ImpactOnExceptions } from '../../api/build.js';
import { counted, rich, t } from '../../language/index.js';
import { TextLink } from '../links.js';
import { amountsInWords, formatCount, MoneyList } from '../money.js';
import { Failure, Waiting } from '../situations.js';
import { Ago } from '../time.js';
import classes from './table-draft.module.css';

/** What a draft would clear, as one sentence. `besides`: the exception that it was made for. */
export function clearsInWords(
  { clears, matched, tried, money }: Pick<ImpactOnExceptions, 'clears' | 'matched' | 'tried' | 'money'>,
  besides = false,
): string {
  const tries = tried < matched ? [t('Tried: {{tried}} of {{matched}}.', { tried, matched })] : [];
  const held = money.length > 0 ? [t('They hold {{money}}.', { money: amountsInWords(money) })] : [];
  const said = (...sentences: string[]) => sentences.join(' ');
  if (clears === 0)
    return matched === 0 ? t('No open exception depends on this table.') : said(t('It clears no open exception.'), ...tries);
  if (!besides)
    return said(counted(clears, 'It clears {{count}} open exception.', 'It clears {{count}} open exceptions.'), ...held, ...tries);
  if (clears === 1) return said(t('It clears this exception and no other.'), ...tries);
  return said(
    counted(clears - 1, 'It clears this exception and {{count}} other.', 'It clears this exception and {{count}} others.'),
    ...held,
    ...tries,
  );
}

type FlowSums = Pick<DraftImpact['flows'][number], 'flow' | 'tried' | 'changed' | 'worksNow' | 'failsNow' | 'before' | 'after'>;

/** Per flow: how many of its newest payloads come out otherwise, and the money of those that go on. */
export function FlowImpacts({ flows }: { flows: readonly FlowSums[] }) {
  if (flows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('No flow reads this table.')}
      </Text>
    );
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('Recorded payloads by flow')}>
      <table className={classes.flows} aria-label={t('Impact by flow')}>
        <thead>
          <tr>
            <th scope="col">{t('Flow')}</th>
            <th scope="col" data-number>
              {t('Tried')}
            </th>
            <th scope="col" data-number>
              {t('Other output')}
            </th>
            <th scope="col" data-number>
              {t('Would go on')}
            </th>
            <th scope="col" data-number>
              {t('Would stop')}
            </th>
            <th scope="col" data-number>
              {t('Money before')}
            </th>
            <th scope="col" data-number>
              {t('Money after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <tr key={flow.flow}>
              <th scope="row" style={{ fontWeight: 500 }}>
                {flow.flow}
              </th>
              <td data-number>{formatCount(flow.tried)}</td>
              <td data-number>{formatCount(flow.changed)}</td>
              <td data-number>{formatCount(flow.worksNow)}</td>
              <td data-number>{flow.failsNow > 0 ? <b>{formatCount(flow.failsNow)}</b> : '0'}</td>
              <td data-number>
                <MoneyList amounts={flow.before} />
              </td>
              <td data-number>
                <MoneyList amounts={flow.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** All of it: exceptions, flows, fields, examples. */
export function Impact({ impact }: { impact: DraftImpact }) {
  const { exceptions, flows } = impact;
  const changed = flows.reduce((sum, flow) => sum + flow.changed, 0);
  const stops = flows.reduce((sum, flow) => sum + flow.failsNow, 0);
  const tried = flows.reduce((sum, flow) => sum + flow.tried, 0);
  const told = flows.filter((flow) => flow.fields.length > 0 || flow.examples.length > 0);
  return (
    <>
      <div className={classes.tallies}>
        <div className={classes.tally}>
          <b>{formatCount(exceptions.clears)}</b>
          <span>{counted(exceptions.clears, 'open exception cleared', 'open exceptions cleared')}</span>
          {exceptions.money.length > 0 ? (
            <div>
              <MoneyList amounts={exceptions.money} />
            </div>
          ) : null}
        </div>
        <div className={classes.tally}>
          <b>{formatCount(changed)}</b>
          <span>{t('of {{tried}} recorded payloads come out otherwise', { tried: formatCount(tried) })}</span>
        </div>
        <div className={classes.tally}>
          <b style={stops > 0 ? { color: 'var(--wb-bad-text)' } : undefined}>{formatCount(stops)}</b>
          <span>{t('that go on today would stop')}</span>
        </div>
      </div>
      <Text size="sm" mb="sm">
        {exceptions.clears === 0 || exceptions.tried < exceptions.matched ? clearsInWords(exceptions) : ''}
        {exceptions.outcomes
          .map(({ sentence, count }) => ` ${t('{{count}} would stop again: {{sentence}}', { count: formatCount(count), sentence })}`)
          .join('')}
      </Text>
      <FlowImpacts flows={flows} />
      {told.map((flow) => (
        <section key={flow.flow} aria-label={t('What changes in {{flow}}', { flow: flow.flow })} style={{ marginTop: 14 }}>
          <Text size="sm" fw={600} mb={4}>
            {flow.flow}
          </Text>
          {flow.fields.length > 0 ? (
            <dl className={classes.cells}>
              {flow.fields.map((field) => (
                <div key={field.path} style={{ display: 'contents' }}>
                  <dt>
                    <code>{field.path}</code>
                  </dt>
                  <dd>
                    {counted(field.count, '{{count}} output, such as', '{{count}} outputs, such as')}{' '}
                    <del className={classes.was}>{JSON.stringify(field.before)}</del>{' '}
                    <ins className={classes.is}>{JSON.stringify(field.after)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          ) : null}
          <ul className={classes.examples}>
            {flow.examples.map((example) => (
              <li key={example.messageId}>
                <TextLink fz="inherit" to="/messages/$id" params={{ id: example.messageId }} search={{}}>
                  {example.title ?? example.messageId}
                </TextLink>{' '}
                {example.what}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** Tried in the engine with the draft's rows; again only when asked. */
export function TriedImpact({ draftId, contentHash, tableVersion }: { draftId: string; contentHash: string; tableVersion: number }) {
  const query = useQuery(draftImpactQuery(draftId, contentHash, tableVersion));
  if (query.isPending)
    return (
      <>
        <Text size="sm" c="dimmed" mb="xs" role="status">
          {t('Trying the draft on open exceptions and recorded payloads…')}
        </Text>
        <Waiting rows={5} />
      </>
    );
  if (!query.data) return <Failure error={query.error} what={t('the impact')} onRetry={() => void query.refetch()} />;
  return (
    <>
      <Impact impact={query.data} />
      <Group gap={8} mt="sm">
        <Text size="xs" c="dimmed">
          {rich('Tried {{triedAt}} on open exceptions and on the newest 500 payloads of each flow. Nothing was sent.', {
            triedAt: <Ago at={query.data.triedAt} />,
          })}
        </Text>
        <Button size="compact-xs" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
          {t('Try again')}
        </Button>
      </Group>
    </>
  );
}

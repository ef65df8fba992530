import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { exceptionAgeingQuery, unpostedAgeingQuery, type Ageing } from '../api/operate.js';
import { useCan } from '../api/session.js';
import { inSentence, t } from '../language/index.js';
import { ages, ageWord, currencyWord, noCurrency } from './ages.js';
import { TextLink } from './links.js';
import { formatAmount, formatCount } from './money.js';
import { Failure, Waiting } from './situations.js';
import classes from './ageing-tables.module.css';

/** What a number of the table counts; a link leads to the list of exactly those. */
interface Chosen {
  age: string | undefined;
  currency: string;
}
type Line = Ageing['items'][number];

/** How old what waits for a person is, and how old what is not in the books yet, by currency: every number is a link to what it counts. */
export function AgeingTables() {
  const can = useCan();
  return (
    <section className={classes.tables} aria-label={t('Ageing')}>
      <ExceptionAgeing />
      {can('message.read') ? <UnpostedAgeing /> : null}
    </section>
  );
}

function ExceptionAgeing() {
  return (
    <AgeingTable
      title={t('Open exceptions')}
      query={useQuery(exceptionAgeingQuery({}))}
      link={(chosen, words, children) => (
        <TextLink to="/exceptions" search={{ view: 'list', ...chosen }} className={classes.link} aria-label={words} underline="hover">
          {children}
        </TextLink>
      )}
    />
  );
}

/** What is not in the books yet, by age since it was received. */
export function UnpostedAgeing() {
  return (
    <AgeingTable
      title={t('Not posted yet')}
      query={useQuery(unpostedAgeingQuery)}
      link={(chosen, words, children) => (
        <TextLink to="/messages" search={{ unposted: 'true', ...chosen }} className={classes.link} aria-label={words} underline="hover">
          {children}
        </TextLink>
      )}
    />
  );
}

function AgeingTable({
  title,
  query,
  link,
}: {
  title: string;
  query: { data: Ageing | undefined; isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  link: (chosen: Chosen, words: string, children: ReactNode) => ReactNode;
}) {
  if (query.isPending) return <Waiting rows={3} height={34} />;
  if (query.isError && !query.data) return <Failure error={query.error} what={inSentence(title)} onRetry={() => void query.refetch()} />;
  const items = query.data?.items ?? [];
  const number = (line: Line, of: { age: string | undefined; count: number; amount: string | null }) => {
    if (of.count === 0) return <span className={classes.none}>–</span>;
    const currency = line.currency ?? noCurrency;
    const words = `${title}: ${formatCount(of.count)}, ${currencyWord(currency)}, ${of.age ? ageWord(of.age) : t('all ages')}`;
    return link(
      { age: of.age, currency },
      words,
      <>
        {formatCount(of.count)}
        {of.amount !== null && line.currency !== null ? <small>{formatAmount(of.amount, line.currency, { code: false })}</small> : null}
      </>,
    );
  };
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label={t('{{title}} by age', { title })}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {ages.map(({ value, column }) => (
              <th key={value} scope="col">
                {column}
              </th>
            ))}
            <th scope="col">{t('All')}</th>
          </tr>
        </thead>
        <tbody>
          {items.length === 0 ? (
            <tr>
              <td colSpan={ages.length + 2} className={classes.none}>
                {t('Nothing waits.')}
              </td>
            </tr>
          ) : null}
          {items.map((line) => (
            <tr key={line.currency ?? noCurrency}>
              <th scope="row">{currencyWord(line.currency ?? noCurrency)}</th>
              {line.ages.map((of) => (
                <td key={of.age}>{number(line, of)}</td>
              ))}
              <td>{number(line, { age: undefined, count: line.count, amount: line.amount })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

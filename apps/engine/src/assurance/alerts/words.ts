import { money } from '@waybill/sdk';
import { sentence } from '../../platform/sentences/index.js';
import type { Money } from './episodes.js';
import type { AlertRule } from './rules.js';

export const occasions = ['opened', 'repeated', 'ended', 'test'] as const;
export type Occasion = (typeof occasions)[number];

/** What is said of one alert. */
export interface Told {
  id: string;
  subject: string;
  title: string;
  detail: string;
  link: string;
  since: string;
  amounts: Money[];
}

export interface Around {
  rule: string;
  occasion: Occasion;
  severity: string;
  environment: string;
  /** Where the console is. */
  base: string;
}

/** Fields of a template, with what each holds. */
export const fields = {
  title: 'what it is about; of several, the first',
  detail: 'what is known of it; of several, the first',
  count: 'how many alerts go out together',
  list: 'all of them, one a line, with their money',
  amounts: 'money of the first, such as EUR 1,200.00',
  since: 'since when, of the first, in UTC',
  link: 'address of the first in the console',
  rule: 'name of the rule',
  severity: 'high or medium',
  occasion: 'opened, repeated, ended or test',
  environment: 'name of the installation',
} as const;

const linesMax = 30;
const begins: Record<Occasion, string> = { opened: '', repeated: 'Still: ', ended: 'Over: ', test: 'Test: ' };

/** Subject and text of a notice. A line break in a subject becomes a space. */
export function wordsOf(template: Pick<AlertRule, 'subject' | 'text'>, around: Around, told: readonly Told[]): { subject: string; text: string } {
  const [first] = told;
  const list = [...told.slice(0, linesMax).map(lineOf), ...(told.length > linesMax ? [`… and ${told.length - linesMax} more`] : [])].join('\n');
  const context: Record<keyof typeof fields, string | number> = {
    title: first?.title ?? '',
    detail: first?.detail ?? '',
    count: told.length,
    list,
    amounts: first ? amountsOf(first.amounts) : '',
    since: first ? minuteOf(first.since) : '',
    link: first ? `${around.base}${first.link}` : around.base,
    rule: around.rule,
    severity: around.severity,
    occasion: around.occasion,
    environment: around.environment,
  };
  const subject = template.subject === null
    ? `[${around.environment}] ${begins[around.occasion]}${told.length > 1 ? `${told.length} alerts of ${around.rule}` : (first?.title ?? around.rule)}`
    : sentence(template.subject, context);
  const text = template.text === null
    ? `${told.slice(0, linesMax).map((one) => paragraphOf(one, around)).join('\n\n')}${told.length > linesMax ? `\n\n… and ${told.length - linesMax} more` : ''}\n\nRule ${around.rule}, ${around.severity}. ${around.base}/alerts`
    : sentence(template.text, context);
  return { subject: subject.replace(/\s+/g, ' ').trim().slice(0, 200), text };
} // prettier-ignore

const minuteOf = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;
const lineOf = ({ title, amounts }: Told): string => `${title}${amounts.length > 0 ? ` (${amountsOf(amounts)})` : ''}`;
const paragraphOf = ({ title, detail, amounts, since, link }: Told, { base, occasion }: Around): string =>
  [`${begins[occasion]}${title}`, detail, amounts.length > 0 ? `Money: ${amountsOf(amounts)}` : '', `Since ${minuteOf(since)}`, `${base}${link}`].filter((line) => line !== '').join('\n'); // prettier-ignore

/** Decimal text stays text: `Intl` formats it to the last digit, which a double would not hold. */
export const amountsOf = (amounts: readonly Money[]): string =>
  amounts
    .map(({ amount, currency }) => {
      const minor = money.minorUnits(currency);
      const format = new Intl.NumberFormat('en-US', {
        minimumFractionDigits: minor,
        maximumFractionDigits: Math.max(minor, amount.split('.')[1]?.length ?? 0),
      });
      return `${currency} ${format.format(amount as Intl.StringNumericLiteral)}`;
    })
    .join(', ');

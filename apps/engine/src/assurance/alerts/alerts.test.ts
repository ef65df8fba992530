// What a rule means, when a notice goes out, what it says and how it is signed: without a database and without a clock.
import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { signedHeaders, slackBody } from './envelopes.js';
import { step, type Alert, type Situation } from './episodes.js';
import { limitsOf, ruleProblems, watches, type AlertRule } from './rules.js';
import { afterQuiet, dueAt, retryAt, triesMax } from './timing.js';
import { amountsOf, wordsOf } from './words.js';

const rule: AlertRule = {
  description: '', watch: 'exceptions', where: {}, limits: {}, severity: 'medium', channels: ['desk'], digestMinutes: 0, repeatHours: null, tellEnd: true, quiet: null,
  highBreaksQuiet: true, subject: null, text: null,
}; // prettier-ignore
const problems = (changed: Partial<AlertRule>) =>
  ruleProblems({ ...rule, ...changed }, { channels: new Set(['desk']) }).map(({ path }) => path);
const situation = (subject: string): Situation => ({
  subject,
  title: `about ${subject}`,
  detail: '',
  link: '/x',
  since: '2026-11-01T00:00:00.000Z',
  amounts: [],
});
const alert = (subject: string, more: Partial<Alert> = {}): Alert => ({ ...situation(subject), id: `alt_${subject}`, rule: 'r', severity: 'high', openedAt: '2026-11-01T00:00:00.000Z', saidAt: '2026-11-01T00:00:00.000Z', acknowledgedAt: null, ...more }); // prettier-ignore

describe('a rule', () => {
  it('is right as it is, and fills in the limits of what it watches', () => {
    expect(problems({})).toEqual([]);
    expect(limitsOf({ watch: 'exceptions', limits: { minutes: 30 } })).toEqual({ count: 1, minutes: 30 });
    for (const watch of Object.keys(watches) as AlertRule['watch'][]) expect(problems({ watch })).toEqual([]);
  });
  it.each<[Partial<AlertRule>, string[]]>([
    [{ where: { connection: 'x' } }, ['/where/connection']],
    [{ where: { category: 'weather' } }, ['/where/category']],
    [{ limits: { days: 3 } }, ['/limits/days']],
    [{ watch: 'controls', limits: { count: 1 } }, ['/limits/count']],
    [{ channels: ['desk', 'nobody'] }, ['/channels/1']],
    [{ quiet: { from: '22:00', to: '22:00', timeZone: 'Mars/Olympus' } }, ['/quiet/to', '/quiet/timeZone']],
    [{ subject: '{{#each x}}', text: '{{helper x}}' }, ['/subject', '/text']],
  ])('names every problem of %j', (changed, expected) => expect(problems(changed)).toEqual(expected));
});

describe('the time of a notice', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
  const at = (text: string) => new Date(text);
  it.each([
    ['before the night', '2026-11-10T20:59:00Z', '2026-11-10T20:59:00.000Z'],
    ['at its first minute', '2026-11-10T21:00:00Z', '2026-11-11T06:00:00.000Z'],
    ['after midnight', '2026-11-11T01:30:20Z', '2026-11-11T06:00:00.000Z'],
    ['at its end', '2026-11-11T06:00:00Z', '2026-11-11T06:00:00.000Z'],
    ['in the night in which clocks go back', '2026-10-24T22:30:00Z', '2026-10-25T06:00:00.000Z'],
    ['in the night in which they go forward', '2026-03-28T23:30:00Z', '2026-03-29T05:00:00.000Z'],
  ])('%s', (_, asked, expected) => expect(afterQuiet(night, at(asked)).toISOString()).toBe(expected));
  it('inside a day, and in UTC', () => {
    const lunch = { from: '12:00', to: '13:30', timeZone: 'UTC' };
    expect(afterQuiet(lunch, at('2026-11-10T12:15:00Z')).toISOString()).toBe('2026-11-10T13:30:00.000Z');
    expect(afterQuiet(lunch, at('2026-11-10T13:30:00Z')).toISOString()).toBe('2026-11-10T13:30:00.000Z');
  });
  it('gathers first, then waits for the end of the quiet hours, unless it is high', () => {
    const gathered = { ...rule, digestMinutes: 15, quiet: night };
    expect(dueAt(gathered, at('2026-11-10T20:50:00Z')).toISOString()).toBe('2026-11-11T06:00:00.000Z');
    expect(dueAt({ ...gathered, severity: 'high' }, at('2026-11-10T20:50:00Z')).toISOString()).toBe('2026-11-10T21:05:00.000Z');
    expect(dueAt({ ...gathered, severity: 'high', highBreaksQuiet: false }, at('2026-11-10T20:50:00Z')).toISOString()).toBe(
      '2026-11-11T06:00:00.000Z',
    );
  });
  it('is put off longer after each try, and ends', () => {
    const now = at('2026-11-10T00:00:00Z');
    const waits = Array.from({ length: triesMax }, (_, n) => retryAt(n + 1, now)?.getTime());
    expect(waits.at(-1)).toBeUndefined();
    expect(waits.slice(0, -1).map((time) => (time! - now.getTime()) / 60_000)).toEqual([1, 5, 15, 60, 180]);
  });
});

describe('a look', () => {
  const now = new Date('2026-11-02T00:00:00Z');
  it('begins what is new, goes on with what lasts, ends what is over; of two of one subject the first counts', () => {
    const result = step([alert('a'), alert('b')], [situation('b'), situation('c'), situation('c')], { repeatHours: null }, now);
    expect(
      [result.begin, result.goOn.map(({ now: is }) => is), result.end, result.repeat].map((list) => list.map(({ subject }) => subject)),
    ).toEqual([['c'], ['b'], ['a'], []]);
  });
  it('repeats what was said long ago, but not what somebody knows of or what was never said', () => {
    const open = [alert('old'), alert('known', { acknowledgedAt: '2026-11-01T01:00:00.000Z' }), alert('unsaid', { saidAt: null }), alert('fresh', { saidAt: '2026-11-01T23:30:00.000Z' })]; // prettier-ignore
    const found = open.map(({ subject }) => situation(subject));
    expect(step(open, found, { repeatHours: 4 }, now).repeat.map(({ subject }) => subject)).toEqual(['old']);
    expect(step(open, found, { repeatHours: null }, now).repeat).toEqual([]);
  });
});

describe('the words', () => {
  const around = { rule: 'tax', occasion: 'opened', severity: 'high', environment: 'production', base: 'https://w.example' } as const;
  const told = (n: number) => Array.from({ length: n }, (_, at) => ({ id: `alt_${at}`, ...situation(`s${at}`), amounts: [{ amount: '12345678901234567890.10', currency: 'EUR' }] })); // prettier-ignore
  it('say one thing whole, several as a list, and of many how many more', () => {
    expect(wordsOf(rule, around, told(1))).toEqual({
      subject: '[production] about s0',
      text: 'about s0\nMoney: EUR 12,345,678,901,234,567,890.10\nSince 2026-11-01 00:00 UTC\nhttps://w.example/x\n\nRule tax, high. https://w.example/alerts',
    });
    expect(wordsOf(rule, { ...around, occasion: 'ended' }, told(2)).subject).toBe('[production] Over: 2 alerts of tax');
    expect(wordsOf(rule, around, told(31)).text).toContain('… and 1 more');
  });
  it('are those of a template, in which a line break makes no header', () => {
    const words = wordsOf({ subject: '{{severity}}: {{title}}\r\nBcc: x', text: '{{count}}\n{{list}}\n{{link}}' }, around, told(2));
    expect(words).toEqual({ subject: 'high: about s0 Bcc: x', text: '2\nabout s0 (EUR 12,345,678,901,234,567,890.10)\nabout s1 (EUR 12,345,678,901,234,567,890.10)\nhttps://w.example/x' }); // prettier-ignore
  });
  it('keep every digit of money, and its sign', () => expect(amountsOf([{ amount: '-1000', currency: 'JPY' }, { amount: '999.5', currency: 'USD' }])).toBe('JPY -1,000, USD 999.50')); // prettier-ignore
  it('are escaped where Slack would read them, and signed as Standard Webhooks says', () => {
    const envelope = { id: 'ntc_1', around, subject: 'a <b> & c', text: '<!channel>', told: [] };
    expect(slackBody(envelope)).toEqual({ text: '*a &lt;b&gt; &amp; c*\n&lt;!channel&gt;' });
    const key = Buffer.from('0123456789abcdef');
    const expected = createHmac('sha256', key).update('ntc_1.1767225600.{}').digest('base64');
    const headers = { 'webhook-id': 'ntc_1', 'webhook-timestamp': '1767225600', 'webhook-signature': `v1,${expected}` };
    const at = new Date('2026-01-01T00:00:00.900Z');
    expect(signedHeaders('0123456789abcdef', 'ntc_1', at, '{}')).toEqual(headers);
    expect(signedHeaders(`whsec_${key.toString('base64')}`, 'ntc_1', at, '{}')).toEqual(headers);
  });
});

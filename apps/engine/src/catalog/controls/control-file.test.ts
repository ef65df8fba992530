// A control file is read whole: every problem at once, with its place; what is left out is filled in.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readControlFile } from './control-file.js';

const good = 'control: us-invoices\ncompare: invoice\nbilling: { legalEntity: US }\nerp: { connection: erp-us }\n';
const problems = (yaml: string) => readControlFile(yaml).problems.map(({ code, path, line }) => [code, path, line]);

describe('readControlFile', () => {
  it('fills in what is left out', () =>
    expect(readControlFile(good).definition).toEqual({
      control: 'us-invoices', description: '', compare: 'invoice', billing: { legalEntity: 'US' }, erp: { connection: 'erp-us', stream: 'documents' }, keys: ['posting', 'number'],
      match: 'one-to-one', tolerance: { amount: {}, tax: {}, days: 0 }, daily: { at: '06:00', timeZone: 'UTC', months: 2 }, settleMs: 3_600_000,
    }));
  it('takes all that may be said', () =>
    expect(readControlFile(`${good}keys: [number]\nmatch: one-to-many\ntolerance: { amount: { USD: "0.01", JPY: "1" }, tax: { USD: "0.02" }, days: 3 }\ndaily: { at: "05:30", timeZone: Europe/Berlin, months: 3 }\nsettleMinutes: 5\n`).definition)
      .toMatchObject({ keys: ['number'], match: 'one-to-many', tolerance: { amount: { USD: '0.01', JPY: '1' }, days: 3 }, daily: { at: '05:30', timeZone: 'Europe/Berlin', months: 3 }, settleMs: 300_000 }));
  it('of usage has other sides, and a tolerance by meter', () => {
    const usage = 'control: us-usage\ncompare: usage\nledger: { legalEntity: US }\nbilling: { connection: stripe, meters: { table: stripe-meter, column: eventName } }\n';
    expect(readControlFile(usage).definition).toEqual({
      control: 'us-usage', description: '', compare: 'usage', ledger: { legalEntity: 'US' }, billing: { connection: 'stripe', meters: { table: 'stripe-meter', column: 'eventName' } },
      tolerance: { quantity: {} }, daily: { at: '06:00', timeZone: 'UTC', months: 2 }, settleMs: 3_600_000,
    });
    expect(readControlFile(`${usage}tolerance: { quantity: { api-calls: "0.5" } }\nsettleMinutes: 5\n`).definition).toMatchObject({ tolerance: { quantity: { 'api-calls': '0.5' } }, settleMs: 300_000 });
    expect(problems(`${usage}erp: { connection: erp-us }\ntolerance: { amount: { USD: "0.01" } }\n`)).toEqual([['CONTROL_FIELD', '/erp', 5], ['CONTROL_FIELD', '/tolerance/amount', 6]]);
    expect(problems(usage.replace('legalEntity: US', 'meters: []'))).toEqual([['CONTROL_FIELD', '/ledger', 3], ['CONTROL_FIELD', '/ledger/meters', 3]]);
    expect(problems(`${usage}daily: { timeZone: "+02:00" }\n`)).toEqual([['CONTROL_FIELD', '/daily/timeZone', 5]]);
  });
  it.each([
    ['compare: [', [['CONTROL_YAML', undefined, expect.any(Number)]]],
    ['- a list\n', [['CONTROL_YAML', undefined, 1]]],
    [good.replace('invoice\n', 'order\n'), [['CONTROL_FIELD', '/compare', 2]]],
    [`${good}tolerence: {}\n`, [['CONTROL_FIELD', '/tolerence', 5]]],
    [`${good}tolerance: { amount: { USD: "0.001" } }\n`, [['CONTROL_FIELD', '/tolerance/amount/USD', 5]]],
    [`${good}tolerance: { amount: { JPY: "0.5" } }\n`, [['CONTROL_FIELD', '/tolerance/amount/JPY', 5]]],
    [`${good}tolerance: { amount: { USD: 0.01 } }\n`, [['CONTROL_FIELD', '/tolerance/amount/USD', 5]]],
    [`${good}match: one-to-many\nkeys: [posting]\n`, [['CONTROL_FIELD', '/keys', 6]]],
    [`${good}daily: { at: "24:00", timeZone: UTC }\n`, [['CONTROL_FIELD', '/daily/at', 5]]],
    [`${good}daily: { timeZone: "+02:00" }\n`, [['CONTROL_FIELD', '/daily/timeZone', 5]]],
    ['control: x\n', [['CONTROL_FIELD', '/', expect.anything()], ['CONTROL_FIELD', '/', expect.anything()], ['CONTROL_FIELD', '/', expect.anything()]]],
  ])('names every problem of %j', (yaml, expected) => expect(problems(yaml)).toEqual(expected));
}); // prettier-ignore

describe('the control files of the packs', () => {
  const packs = join(import.meta.dirname, '../../../../../mappings');
  const files = readdirSync(packs, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.control.yaml'));
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(12));
  it.each(files)('%s says nothing wrong, and has the name of its file', (name) => {
    const { definition, problems } = readControlFile(readFileSync(join(packs, name), 'utf8'));
    expect(problems).toEqual([]);
    expect(name.endsWith(`/${definition!.control}.control.yaml`)).toBe(true);
  });
});

// A step as a form: what it shows of the file, and the file afterwards, of which only the hunk that was changed is another.
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { fieldsOf, withChanges, type Place } from './step-fields.js';

const yaml = `# what it is for
flow: erp-us-invoices
from: { canonical: invoice@1 }   # the hub
when: 'legalEntity = "US"'
enrich:
  # by its country
  entity: { table: legal-entity, by: { country: 'customer.country' } }
map:   erp-invoice
permit:
  - rule: large   # over the limit
    when: '$money.gte(total, "50000")'
    then: { approve: finance-approver }
  - { rule: small, unless: 'total > 0', then: skip }
to: { connection: erp-us, operation: invoice }
`;
const values = (id: string) => Object.fromEntries(fieldsOf(yaml, { id }).map(({ place, value }) => [place.join('.'), value]));
const change = (place: Place, value: string, kind: 'text' | 'number' = 'text', text = yaml) => withChanges(text, [{ place, value, kind }]);
/** The lines that are not the same any more. */
const hunk = (after: string, before = yaml) => {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return { gone: a.filter((line) => !b.includes(line)), come: b.filter((line) => !a.includes(line)) };
};

describe('the fields of a step', () => {
  it.each([
    ['source', { 'from.canonical': 'invoice@1', when: 'legalEntity = "US"' }],
    ['enrich.entity', { 'enrich.entity.table': 'legal-entity', 'enrich.entity.by.country': 'customer.country', 'enrich.entity.asOf': '' }],
    ['map', { map: 'erp-invoice', produce: '' }],
    ['target', { 'to.connection': 'erp-us', 'to.operation': 'invoice', 'promise.within': '', 'promise.share': '' }],
  ])('of %s are what stands in the file', (step, fields) => expect(values(step)).toEqual(fields));
  it('of permit are those of each rule, by what the rule is', () =>
    expect(Object.keys(values('permit'))).toEqual([
      'permit.0.rule',
      'permit.0.when',
      'permit.0.then.approve',
      'permit.0.then.say',
      'permit.1.rule',
      'permit.1.unless',
    ]));
  it('are none of a file that cannot be read', () => expect(fieldsOf('flow: [', { id: 'map' })).toEqual([]));
});

describe('the file afterwards', () => {
  it('is the same where nothing was changed', () => {
    const same = ['source', 'dedupe', 'enrich.entity', 'map', 'permit', 'send', 'target'].flatMap((id) => fieldsOf(yaml, { id }));
    expect(withChanges(yaml, same)).toBe(yaml);
  });
  it('has another line and keeps what is beside it', () =>
    expect(hunk(change(['when'], 'legalEntity = "DE"'))).toEqual({
      gone: [`when: 'legalEntity = "US"'`],
      come: [`when: 'legalEntity = "DE"'`],
    }));
  it('keeps comments inside what is written anew', () => {
    const after = change(['permit', 0, 'then', 'approve'], 'controller');
    expect(hunk(after).come).toContain('    then: { approve: controller }');
    expect(after).toContain('# over the limit');
    expect(change(['enrich', 'entity', 'by', 'country'], 'address.country')).toContain('  # by its country\n');
    expect(change(['from', 'canonical'], 'invoice@2')).toContain('# the hub');
  });
  it('has a new key where people look for it, and loses one whole', () => {
    const more = withChanges(yaml, [
      { place: ['promise', 'within'], value: '15m', kind: 'text' },
      { place: ['promise', 'share'], value: '99.5', kind: 'number' },
      { place: ['produce'], value: 'invoice@1', kind: 'text' },
    ]);
    expect(parse(more)).toMatchObject({ promise: { within: '15m', share: 99.5 }, produce: 'invoice@1' });
    expect(more.indexOf('produce:')).toBeGreaterThan(more.indexOf('map:'));
    expect(more.indexOf('produce:')).toBeLessThan(more.indexOf('permit:'));
    const less = withChanges(more, [{ place: ['promise', 'within'], value: '', kind: 'text' }, { place: ['promise', 'share'], value: '', kind: 'number' }, { place: ['produce'], value: '', kind: 'text' }]); // prettier-ignore
    expect(less).toBe(yaml);
  });
  it('says words that YAML would read otherwise in quotes', () => {
    const after = change(['when'], 'a: b # c');
    expect((parse(after) as { when: string }).when).toBe('a: b # c');
    expect((parse(change(['accept'], 'yes')) as { accept: string }).accept).toBe('yes');
    expect((parse(change(['key'], '12')) as { key: unknown }).key).toBe('12');
  });
  it('of a file without an end of line is whole', () => {
    const bare = 'flow: a\nmap: b';
    expect(parse(change(['accept'], 'x', 'text', bare))).toEqual({ flow: 'a', accept: 'x', map: 'b' });
    expect(parse(change(['retry', 'attempts'], '5', 'number', bare))).toEqual({ flow: 'a', map: 'b', retry: { attempts: 5 } });
  });
});

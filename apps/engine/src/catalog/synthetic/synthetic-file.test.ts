// A file of a synthetic check is read whole: every problem at once, with its place; what posts must be taken back, and can be read back.
import { describe, expect, it } from '@jest/globals';
import type { Connector } from '@waybill/sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedConnectors } from '../connections/installed.js';
import { readFlowFile } from '../flows/flow-file.js';
import { checkSynthetic, type SyntheticWorld } from './check-synthetic.js';
import { payloadBytesMax, readSyntheticFile, stepsMax } from './synthetic-file.js';
import { fill } from './template.js';

const packs = join(import.meta.dirname, '../../../../../mappings');
const example = readFileSync(join(packs, 'sandbox-erp/stripe-to-erp-us.synthetic.yaml'), 'utf8');
const step = (name: string, more = '', payload = "{ id: 'in_{{run}}', customer: '{{customer}}' }") =>
  `  - { step: ${name}, deliver: { connection: stripe }, through: [stripe-invoices, erp-us-invoices], payload: ${payload}${more} }\n`;
const file = (steps: string, head = '') =>
  `synthetic: x\nowner: ops\nlegalEntity: US\ncurrency: USD\ncustomer: cus_test\nevery: 5m\n${head}steps:\n${steps}`;
const problems = (yaml: string) => readSyntheticFile(yaml).problems.map(({ code, path, line }) => [code, path, line]);
const details = (yaml: string) => readSyntheticFile(yaml).problems.map(({ detail }) => detail);

describe('readSyntheticFile', () => {
  it('reads the example of the pack, and fills in what is left out', () => {
    const { definition, problems: wrong } = readSyntheticFile(example);
    expect(wrong).toEqual([]);
    expect(definition).toMatchObject({ synthetic: 'stripe-to-erp-us', everyMs: 900_000, within: { whole: 120_000, intake: 15_000 }, customer: 'cus_waybill_synthetic' });
    expect(definition!.steps.map(({ step: name, reverses }) => [name, reverses])).toEqual([['customer', undefined], ['invoice', undefined], ['payment', undefined], ['credit-memo', 'invoice'], ['refund', 'payment']]);
    expect(readSyntheticFile(file(step('invoice'))).definition).toMatchObject({ description: '', within: { whole: 300_000, intake: 30_000, prepare: 60_000, send: 60_000, readBack: 60_000 }, steps: [{ lookups: {} }] });
  });
  it.each([
    ['steps: [', [['SYNTHETIC_YAML', undefined, expect.any(Number)]]],
    [file(step('invoice')).replace('owner: ops\n', ''), [['SYNTHETIC_FIELD', '/', 1]]],
    [file(step('invoice'), 'evry: 1m\n'), [['SYNTHETIC_FIELD', '/evry', 7]]],
    [file(step('invoice')).replace('every: 5m', 'every: 59s'), [['SYNTHETIC_FIELD', '/every', 6]]],
    [file(step('invoice')).replace('every: 5m', 'every: 8d'), [['SYNTHETIC_FIELD', '/every', 6]]],
    [file(step('invoice') + step('invoice')), [['SYNTHETIC_FIELD', '/steps/1/step', 9]]],
    [file(step('invoice', ', reverses: payment')), [['SYNTHETIC_FIELD', '/steps/0/reverses', 8]]],
    [file(step('invoice') + step('void', ', reverses: invoice') + step('again', ', reverses: void')), [['SYNTHETIC_FIELD', '/steps/2/reverses', 10]]],
    [file(step('invoice') + step('void', ', reverses: invoice') + step('credit', ', reverses: invoice')), [['SYNTHETIC_FIELD', '/steps/2/reverses', 10]]],
    [file(step('invoice') + step('void', ', reverses: invoice') + step('payment')), [['SYNTHETIC_FIELD', '/steps/2', 10]]],
    [file(step('invoice', '', "{ id: 'in_{{run}}', customer: '{{customer}}', at: '{{yesterday}}' }")), [['SYNTHETIC_FIELD', '/steps/0/payload/at', 8]]],
    [file(step('invoice', '', "{ id: in_1, customer: '{{customer}}' }")), [['SYNTHETIC_FIELD', '/steps/0/payload', 8]]],
    [file(step('invoice', '', "{ id: 'in_{{run}}', customer: cus_real }")), [['SYNTHETIC_FIELD', '/steps/0', 8]]],
    [file(step('invoice', '', `{ id: 'in_{{run}}', customer: '{{customer}}', text: '${'x'.repeat(payloadBytesMax)}' }`)), [['SYNTHETIC_FIELD', '/steps/0/payload', 8]]],
    [file(Array.from({ length: stepsMax + 1 }, (_, n) => step(`s${n}`)).join('')), [['SYNTHETIC_FIELD', '/steps', expect.any(Number)]]],
  ])('names every problem of %#', (yaml, expected) => expect(problems(yaml)).toEqual(expected));
}); // prettier-ignore

describe('checkSynthetic', () => {
  const connections = new Map<string, Connector>([['stripe', installedConnectors.get('stripe')!], ['erp-us', installedConnectors.get('sandbox-erp')!]]); // prettier-ignore
  const flows = new Map(
    ['stripe/stripe-customers', 'stripe/stripe-invoices', 'stripe/stripe-payments', 'stripe/stripe-refunds', 'stripe/stripe-credit-notes', 'sandbox-erp/erp-us-customers', 'sandbox-erp/erp-us-invoices', 'sandbox-erp/erp-us-payments', 'sandbox-erp/erp-us-credit-memos', 'sandbox-erp/erp-us-journal-entries']
      .map((name) => readFlowFile(readFileSync(join(packs, `${name}.flow.yaml`), 'utf8')).definition!)
      .map((definition) => [definition.flow, definition]),
  ); // prettier-ignore
  const world: SyntheticWorld = { connections, flows, hasRealDocuments: false };
  const check = (yaml: string, changed: Partial<SyntheticWorld> = {}) => checkSynthetic(readSyntheticFile(yaml).definition!, { ...world, ...changed }).map(({ code, path }) => [code, path]); // prettier-ignore
  const both = step('invoice') + step('void', ', reverses: invoice');

  it('finds nothing wrong with the example', () => expect(check(example)).toEqual([]));
  it('refuses a customer that has real documents', () =>
    expect(check(file(both), { hasRealDocuments: true })).toEqual([['SYNTHETIC_CUSTOMER', '/customer']]));
  it('refuses a posting that nothing takes back', () => expect(check(file(step('invoice')))).toEqual([['SYNTHETIC_REVERSAL', '/steps/0']]));
  it('refuses books that cannot be read back', () => {
    const { documents: _, ...streams } = installedConnectors.get('sandbox-erp')!.streams;
    const blind = new Map([...connections, ['erp-us', { ...installedConnectors.get('sandbox-erp')!, streams }]] as [string, Connector][]);
    expect(check(file(both), { connections: blind })).toEqual([
      ['SYNTHETIC_READ_BACK', '/steps/0/through/1'],
      ['SYNTHETIC_READ_BACK', '/steps/1/through/1'],
    ]);
    expect(check(file(both).replaceAll('erp-us-invoices', 'erp-us-journal-entries')).map(([code]) => code)).toContain(
      'SYNTHETIC_READ_BACK',
    );
  });
  it('refuses flows that the step does not go through, and look-ups that nobody asks', () => {
    expect(check(file(both).replaceAll('[stripe-invoices, erp-us-invoices]', '[erp-us-invoices, stripe-invoices]'))).toEqual([
      ['SYNTHETIC_FLOW', '/steps/0/through/0'],
      ['SYNTHETIC_FLOW', '/steps/1/through/0'],
    ]);
    expect(check(file(step('invoice', ', lookups: { nobody: {} }') + step('void', ', reverses: invoice')))).toEqual([
      ['SYNTHETIC_FLOW', '/steps/0/lookups/nobody'],
    ]);
    expect(check(file(both).replaceAll('connection: stripe', 'connection: nowhere')).map(([code]) => code)).toContain(
      'SYNTHETIC_CONNECTION',
    );
  });
});

describe('fill', () => {
  const filling = { run: 'abc', customer: 'cus_test', at: new Date('2026-11-28T10:00:00.500Z') };
  it('puts values in, each time the same for one run; a placeholder alone keeps the type of its value', () =>
    expect(fill({ id: 'in_{{run}}', at: '{{seconds}}', text: 'at {{ seconds }}', list: [{ day: '{{today}}' }, 1, null, '{{now}}'], who: '{{customer}}' }, filling)).toEqual({
      id: 'in_abc', at: 1795860000, text: 'at 1795860000', list: [{ day: '2026-11-28' }, 1, null, '2026-11-28T10:00:00.500Z'], who: 'cus_test',
    })); // prettier-ignore
  it('says which placeholders there are', () =>
    expect(
      details(file(step('invoice', '', "{ id: 'in_{{run}}', customer: '{{customer}}', n: ['{{run.id}}', '{{constructor}}'] }"))),
    ).toEqual([expect.stringContaining('{{run.id}}; there are {{run}}'), expect.stringContaining('{{constructor}}')]));
});

// Why a quantity differs is told by the summary's way to billing and by what it was sent as; each has a remedy, and a quantity always its unit.
import { describe, expect, it } from '@jest/globals';
import { explainUsage, type KnownSummary, type KnownUsage } from './causes.js';
import type { SummaryRow, UsageFound, UsageFoundKind, UsagePlace } from './matching.js';

const summary = (more: Partial<SummaryRow> = {}): SummaryRow => ({ id: 'usm_1', kind: 'period', period: '2026-10', quantity: '100', sent: 'yes', sentQuantity: '100', ...more }); // prettier-ignore
const found = (kind: UsageFoundKind, more: { difference?: string; summary?: SummaryRow | undefined; place?: Partial<UsagePlace> } = {}): UsageFound => {
  const about = 'summary' in more ? more.summary : summary();
  const place = { meter: 'api-calls', unit: 'call', customer: 'cus_1', day: '2026-10-31', summaries: about ? [about] : [], counted: '93', ...more.place };
  return { kind, place, difference: more.difference ?? '-7', summary: about };
}; // prettier-ignore
const known = (more: Partial<KnownSummary> = {}): KnownSummary => ({ posting: { state: 'posted', messageId: 'msg_1', fresh: false }, message: undefined, exception: undefined, ...more }); // prettier-ignore
const message = (state: string, fresh = false) => ({ id: 'msg_2', state, flow: 'usage-to-stripe', fresh });
const told = (of: UsageFound, knows?: KnownSummary, usage?: KnownUsage) => {
  const { kind, cause, drift, link } = explainUsage(of, knows, usage);
  return [kind, cause, drift ? 'drift' : '', link?.kind ?? ''].filter(Boolean).join(' ');
};

describe('missing in billing', () => {
  const missing = found('missing-in-billing', { difference: '-100', place: { counted: undefined } });
  const unsent = { posting: undefined };
  it.each<[string, KnownSummary | undefined, string]>([
    ['sent, and not counted', known(), 'missing-in-billing not-counted message'],
    ['sent a moment ago', known({ posting: { state: 'posted', messageId: 'msg_1', fresh: true } }), 'timing not-counted-yet message'],
    ['refused', known({ ...unsent, exception: { id: 'exc_1', category: 'posting-rejection' } }), 'missing-in-billing refused exception'],
    ['stopped', known({ ...unsent, exception: { id: 'exc_1', category: 'master-data' } }), 'missing-in-billing stopped exception'],
    ['not sent yet', known({ ...unsent, message: message('ready', true) }), 'timing under-way message'],
    ['on its way for too long', known({ ...unsent, message: message('waiting') }), 'missing-in-billing delayed message'],
    ['held', known({ ...unsent, message: message('held') }), 'missing-in-billing held message'],
    ['left out by a rule', known({ ...unsent, message: message('skipped') }), 'left-out left-out message'],
    ['ended by a person', known({ ...unsent, message: message('resolved') }), 'left-out resolved message'],
    ['taken by no flow', undefined, 'missing-in-billing not-sent summary'],
  ])('%s', (_name, knows, expected) => expect(told(missing, knows)).toBe(expected));
});

describe('counted, and different', () => {
  const other = summary({ sentQuantity: '93' });
  it.each<[string, UsageFound, KnownUsage | undefined, string]>([
    ['sent with another quantity', found('quantity', { summary: other }), undefined, 'quantity sent-otherwise message'],
    ['sent with another quantity, and counted with a third', found('quantity', { summary: other, difference: '1' }), undefined, 'quantity counted-otherwise drift message'],
    ['counted with another quantity', found('quantity'), undefined, 'quantity counted-otherwise drift message'],
    ['sent by an engine that kept no quantity', found('quantity', { summary: summary({ sentQuantity: null }) }), undefined, 'quantity counted-otherwise drift message'],
    ['counted twice', found('counted-twice', { difference: '100', place: { counted: '200' } }), undefined, 'counted-twice counted-twice message'],
    ['within tolerance', found('rounding'), undefined, 'rounding within-tolerance message'],
    ['of another legal entity', found('missing-in-ledger', { summary: undefined }), { elsewhere: { id: 'usm_9', legalEntity: 'DE' } }, 'missing-in-ledger elsewhere-in-ledger summary'],
    ['reported by somebody else', found('missing-in-ledger', { summary: undefined }), undefined, 'missing-in-ledger reported-elsewhere'],
  ])('%s', (_name, of, usage, expected) => expect(told(of, known(), usage)).toBe(expected));
}); // prettier-ignore

it('says a whole sentence and a remedy, with the unit of the meter, and that an adjustment is one', () => {
  const { sentence, remedy } = explainUsage(found('quantity', { summary: summary({ kind: 'adjustment', sentQuantity: '93' }) }), known(), undefined); // prettier-ignore
  expect(sentence).toBe('The adjustment of usage of api-calls by cus_1 in 2026-10 comes to 100 call, and was sent as 93 call.');
  expect(remedy).toContain('Open the message');
  const daily = found('quantity', { summary: summary({ period: '2026-10-03', sentQuantity: '93' }) });
  expect(explainUsage(daily, known(), undefined).sentence).toContain('by cus_1 on 2026-10-03 comes to');
  const plain = found('missing-in-ledger', { summary: undefined, difference: '7', place: { unit: null, counted: '7' } });
  expect(explainUsage(plain, undefined, undefined).sentence).toBe('Usage of api-calls by cus_1 on 2026-10-31: billing counts 7 that the ledger did not send.'); // prettier-ignore
  const refused = known({ posting: undefined, exception: { id: 'exc_1', category: 'posting-rejection' } });
  expect(explainUsage(found('missing-in-billing', { place: { counted: undefined } }), refused, undefined).sentence).toBe('Billing refused Usage of api-calls by cus_1 in 2026-10, 100 call.'); // prettier-ignore
});

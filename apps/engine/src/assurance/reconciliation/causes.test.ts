// The cause is told by what was posted: books that differ from it were changed there, billing that differs from it was changed there. Each has a remedy.
import { describe, expect, it } from '@jest/globals';
import { explain, isExplained, type Known, type KnownStranger } from './causes.js';
import type { Found, FoundKind, SideRow } from './matching.js';

const row = (side: SideRow['side'], more: Partial<SideRow> = {}): SideRow => ({
  side, id: side === 'erp' ? 'doc-1' : 'can_1', key: 'wb-1', number: side === 'erp' ? 'INV-1' : 'A-1', reference: side === 'erp' ? 'A-1' : 'in_1', type: 'invoice', currency: 'USD', amount: '10.00', tax: '1.00',
  date: '2026-10-05', live: true, within: true, ...more,
}); // prettier-ignore
const gap = (kind: FoundKind, billing: SideRow | undefined = row('billing'), erp: SideRow | undefined = row('erp')): Found => ({ kind, currency: 'USD', difference: '0', billing, erp, also: [] }); // prettier-ignore
const posting = {
  state: 'posted',
  amount: '10.00',
  tax: '1.00',
  date: '2026-10-05',
  number: 'INV-1',
  messageId: 'msg_1',
  afterCutOff: false,
};
const known = (more: Partial<Known> = {}): Known => ({ posting, void: undefined, message: undefined, exception: undefined, ...more });
const message = (state: string, fresh = false) => ({ id: 'msg_2', state, flow: 'erp-us-invoices', fresh });
const told = (found: Found, of?: Known, stranger?: KnownStranger) => {
  const { kind, cause, drift, link } = explain(found, of, stranger);
  return [kind, cause, drift ? 'drift' : '', link?.kind ?? ''].filter(Boolean).join(' ');
};

describe('missing in the ERP', () => {
  const missing = { ...gap('missing-in-erp'), erp: undefined };
  it.each<[string, Known | undefined, string]>([
    ['posted, and gone', known(), 'missing-in-erp deleted-in-erp drift message'],
    ['posted after the books were read', known({ posting: { ...posting, afterCutOff: true } }), 'timing after-cut-off message'],
    ['stopped', known({ posting: undefined, message: message('exception'), exception: { id: 'exc_1' } }), 'missing-in-erp stopped exception'],
    ['on its way', known({ posting: { ...posting, state: 'in_flight' }, message: message('in_flight', true) }), 'timing under-way message'],
    ['on its way for too long', known({ posting: undefined, message: message('waiting') }), 'missing-in-erp delayed message'],
    ['held', known({ posting: undefined, message: message('held') }), 'missing-in-erp held message'],
    ['left out by a rule', known({ posting: undefined, message: message('skipped') }), 'left-out left-out message'],
    ['ended by a person', known({ posting: undefined, message: message('resolved') }), 'left-out resolved message'],
    ['taken by no flow', known({ posting: undefined }), 'missing-in-erp not-sent document'],
    ['of which nothing is known', undefined, 'missing-in-erp not-sent document'],
    ['posted by a message that says so, and without a posting', known({ posting: undefined, message: message('posted') }), 'missing-in-erp not-posted message'],
  ])('%s', (_name, of, expected) => expect(told(missing, of)).toBe(expected));
}); // prettier-ignore

describe('there, and different', () => {
  it.each<[string, Found, Known | undefined, string]>([
    ['edited in the ERP', gap('amount', row('billing'), row('erp', { amount: '99.00' })), known(), 'amount edited-in-erp drift message'],
    ['changed in billing', gap('amount', row('billing', { amount: '12.00' })), known(), 'amount changed-in-billing message'],
    ['changed in billing just now', gap('amount', row('billing', { amount: '12.00' })), known({ message: message('ready', true) }), 'timing under-way message'],
    ['a refund edited in the ERP', gap('amount', row('billing', { amount: '-10.00' }), row('erp', { amount: '-9.00' })), known(), 'amount edited-in-erp drift message'],
    ['another tax', gap('tax', row('billing'), row('erp', { tax: '0.50' })), known(), 'tax edited-in-erp drift message'],
    ['moved to another day', gap('date', row('billing'), row('erp', { date: '2026-11-05' })), known(), 'date edited-in-erp drift message'],
    ['dated by the ERP when it was posted', gap('date', row('billing'), row('erp', { date: '2026-10-20' })), known({ posting: { ...posting, date: '2026-10-20' } }), 'date dated-by-erp message'],
    ['entered by hand under its number', gap('amount', row('billing', { key: null }), row('erp', { key: null, amount: '1' })), undefined, 'amount booked-by-hand document'],
    ['twice', gap('duplicate', row('billing'), row('erp', { id: 'doc-2', number: 'INV-2', key: null })), known(), 'duplicate doubled-in-erp drift message'],
    ['voided there', gap('voided', row('billing'), row('erp', { live: false })), known(), 'voided voided-in-erp drift message'],
    ['void in billing, its void not posted', gap('not-voided', row('billing', { live: false })), known({ message: message('exception') }), 'not-voided void-not-posted message'],
    ['void in billing, taken back by a credit memo', gap('not-voided', row('billing', { live: false })), known({ void: { number: 'CRM-1' } }), 'taken-back taken-back-otherwise message'],
    ['within tolerance', gap('rounding'), known(), 'rounding within-tolerance message'],
  ])('%s', (_name, found, of, expected) => expect(told(found, of)).toBe(expected));
}); // prettier-ignore

describe('missing in billing', () => {
  const stranger = { ...gap('missing-in-billing'), billing: undefined };
  it.each<[string, KnownStranger | undefined, string]>([
    ['entered by hand', undefined, 'missing-in-billing entered-in-erp'],
    ['a credit memo that takes an invoice back', { posting: { effect: 'void', title: 'A-1', messageId: 'msg_1' }, document: undefined }, 'taken-back takes-back message'],
    ['in another month or company of billing', { posting: { effect: 'create', title: 'A-1', messageId: 'msg_1' }, document: { id: 'can_1', legalEntity: 'DE', postingDate: '2026-01-01' } }, 'missing-in-billing elsewhere-in-billing message'],
    ['posted by us, and of this control no more', { posting: { effect: 'create', title: 'A-1', messageId: 'msg_1' }, document: undefined }, 'missing-in-billing gone-in-billing message'],
  ])('%s', (_name, of, expected) => expect(told(stranger, undefined, of)).toBe(expected));
}); // prettier-ignore

it('says a whole sentence and a remedy for each, and names the documents', () => {
  const { sentence, remedy } = explain(gap('amount', row('billing'), row('erp', { amount: '99.00' })), known(), undefined);
  expect(sentence).toBe('Invoice A-1 was changed in the ERP after it was posted: billing says 10.00 USD, the ERP 99.00 USD (INV-1).');
  expect(remedy).toBe('Set INV-1 back to 10.00 USD in the ERP, or correct it in billing. Then run the control again.');
  expect(['timing', 'rounding', 'left-out', 'taken-back', 'amount', 'duplicate'].map(isExplained)).toEqual([true, true, true, true, false, false]); // prettier-ignore
});

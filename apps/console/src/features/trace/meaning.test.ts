// What an id is taken for, and where on the trip a node stands.
import { describe, expect, it } from '@jest/globals';
import { kindOf, stageOf } from './meaning.js';

describe('kindOf', () => {
  it.each([
    ['ue_65536', 'usage-event'],
    ['usm_01jd8x6m2dfk6t6s9vj0h0qk3w', 'usage-summary'],
    ['can_01jd8x6m2dfk6t6s9vj0h0qk3w', 'document'],
    ['msg_01jd8x6m2dfk6t6s9vj0h0qk3w', 'message'],
    ['INV-2026-0042', 'number'],
    ['ue_0', 'number'],
    ['msg_', 'number'],
  ])('%s is a %s', (id, kind) => expect(kindOf(id)).toBe(kind));
});

it('every node has its stage', () => {
  expect(stageOf({ kind: 'usage', of: 'api-calls' })).toBe('Billed usage');
  expect(stageOf({ kind: 'document', of: 'invoice' })).toBe('Documents');
  expect(stageOf({ kind: 'document', of: 'credit-memo' })).toBe('Payments and credits');
  expect(stageOf({ kind: 'delivery', of: 'erp-us-invoices' })).toBe('In their targets');
  for (const kind of ['entry', 'entry-lines']) expect(stageOf({ kind, of: 'tax' })).toBe('In the journal');
});

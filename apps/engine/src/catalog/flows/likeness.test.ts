// What recorded payloads cannot show of a change is said, and what would give one document two names is found.
import { describe, expect, it } from '@jest/globals';
import type { FlowDefinition } from './definition.js';
import { identityDiffers, notTriedOf } from './likeness.js';

const flow: FlowDefinition = {
  flow: 'orders',
  description: '',
  from: { connection: 'shop', stream: 'records' },
  key: 'id',
  enrich: { account: { connection: 'crm', lookup: 'customer', by: { externalId: 'customer' } } },
  map: 'order',
  permit: [],
  to: { connection: 'books', operation: 'order' },
  waitFor: [],
  retry: { attempts: 8, fromMs: 1, toMs: 2 },
  blocks: 'document',
};

describe('identityDiffers', () => {
  it('is nothing for rules, look-ups and words, in whatever order they stand', () =>
    expect(identityDiffers(flow, { ...flow, description: 'other', permit: [{ rule: 'r', when: 'true', then: 'skip' }], from: { stream: 'records', connection: 'shop' } })).toEqual([])); // prettier-ignore
  it('names each part that decides which documents there are', () =>
    expect(identityDiffers(flow, { ...flow, key: 'number', when: 'total > 0', to: { connection: 'other', operation: 'order' } })).toEqual(['to', 'key', 'when'])); // prettier-ignore
});

describe('notTriedOf', () => {
  it('is nothing for another mapping', () => expect(notTriedOf(flow, flow)).toEqual([]));
  it('tells of identity, of new look-ups in other systems, and of the door; a table is read as it is', () => {
    const enrich = {
      ...flow.enrich,
      owner: { connection: 'crm', lookup: 'owner', by: { id: 'owner' } },
      entity: { table: 'legal-entity', by: { country: 'country' } },
    };
    expect(notTriedOf(flow, { ...flow, key: 'number', accept: 'shop/order', enrich })).toEqual([
      'What key of the flow orders would change: recorded messages were taken and named with the live release.',
      'The look-up owner of the flow orders: nothing is recorded of it, and crm is not asked.',
      'The schema at the door of the flow orders.',
    ]);
  });
});

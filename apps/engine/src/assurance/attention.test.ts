import { expect, it } from '@jest/globals';
import { attentionWords } from './attention.js';

it('says in English what is so', () => {
  expect(attentionWords({ code: 'control-gaps', control: 'erp-us-invoices', period: '2026-10', gaps: 1, drift: 0 })).toEqual({
    title: 'erp-us-invoices of 2026-10: 1 gap to explain',
    detail: 'Each gap says its cause and what to do.',
  });
  expect(attentionWords({ code: 'control-gaps', control: 'c', period: '2026-10', gaps: 2, drift: 2 }).detail).toBe(
    '2 documents changed in the ERP after posting.',
  );
  expect(attentionWords({ code: 'promise-missed', flow: 'f', share: 99.5, keptShare: 88.23, late: 4, delayed: 1 })).toEqual({
    title: 'f kept 88.23 % of what it promises',
    detail: '99.5 % of its documents are promised in time; 4 documents came late, 1 of them are still on their way.',
  });
  expect(attentionWords({ code: 'exceptions', documents: 3, late: 3, cause: 'Period closed.', remedy: 'Reopen it.', owners: 0 })).toEqual({
    title: '3 documents: Period closed.',
    detail: 'Reopen it. All over time.',
  });
  expect(
    attentionWords({ code: 'synthetic', check: 'dollar', trouble: 'late', said: 'It took 9 minutes', open: true, owner: 'desk' }),
  ).toEqual({
    title: 'The synthetic transaction dollar is late',
    detail: 'It took 9 minutes. Its run has not ended, and no other begins before that. Owner: desk.',
  });
});

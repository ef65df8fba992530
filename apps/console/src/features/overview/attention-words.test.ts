import { afterEach, expect, it } from '@jest/globals';
import type { Overview } from '../../api/operate.js';
import { speak } from '../../language/text.js';
import { attentionWords, whose } from './attention-words.js';

type Item = Overview['attention'][number];
const item = (fact: Item['fact'], besides: Partial<Item> = {}): Item => ({
  kind: 'control',
  severity: 'medium',
  title: 'as the engine says it',
  detail: 'in its words',
  since: null,
  amounts: [],
  link: '/',
  ...besides,
  fact,
});

afterEach(() => speak('en'));

it('is said in the language of the person; causes, and what a vendor said, as they came', async () => {
  const gaps = item({ code: 'control-gaps', control: 'erp-us-invoices', period: '2026-10', gaps: 3, drift: 1 });
  const cause = item({ code: 'exceptions', documents: 1200, late: 2, cause: 'Period closed.', remedy: 'Reopen it.', owners: 2 });
  expect(attentionWords(gaps)).toEqual({ title: 'erp-us-invoices of 2026-10: 3 gaps to explain', detail: '1 document changed in the ERP after posting.' }); // prettier-ignore
  expect(attentionWords(cause)).toEqual({ title: '1,200 documents: Period closed.', detail: 'Reopen it. 2 over time.' });
  await speak('de');
  expect(attentionWords(gaps)).toEqual({ title: 'erp-us-invoices von 2026-10: 3 Lücken zu klären', detail: '1 Beleg wurde nach dem Buchen im ERP geändert.' }); // prettier-ignore
  expect(attentionWords(cause)).toEqual({ title: '1.200 Belege: Period closed.', detail: 'Reopen it. 2 über der Frist.' });
  expect(attentionWords(item({ code: 'promise-missed', flow: 'f', share: 95, keptShare: 88, late: 1, delayed: 1 }))).toEqual({
    title: 'f hat 88 % seiner Zusage gehalten',
    detail: 'Zugesagt sind 95 % seiner Belege rechtzeitig. 1 Beleg kam zu spät. 1 ist noch unterwegs.',
  });
  expect(whose(cause)).toBe('2 Personen');
});

it('says what an engine that is newer tells of, in the words of the engine', () => {
  const later = item({ code: 'something-new' } as unknown as Item['fact'], { owner: null });
  expect(attentionWords(later)).toEqual({ title: 'as the engine says it', detail: 'in its words' });
  expect(whose(later)).toBe('Nobody’s');
});

// The way of an id as a person sees it: found by one box, in the order of the trip, and a sum that does not hold is said where it arises.
import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { createFakeEngine } from '../../../test/fake-engine.js';
import { admin } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const at = '2026-11-27T08:00:00.000Z';
const bare = {
  detail: null,
  state: null,
  at,
  until: null,
  quantity: null,
  amount: null,
  events: null,
  summaries: null,
  lines: null,
  linesLeft: null,
  noEntry: null,
  synthetic: false,
};
const invoice = 'can_01jd8x6m2dfk6t6s9vj0h0qk3w';
const message = 'msg_01jd8x6m2dfk6t6s9vj0h0qk3w';
const amount = { amount: '2211.78', currency: 'USD' };
const found = {
  asked: { kind: 'number', id: 'NWM-0042' },
  roots: [invoice],
  nodes: [
    { ...bare, id: `${invoice}/usage/1`, kind: 'usage', of: 'api-calls', title: 'cus_globex: api-calls', detail: '4 summaries on 3 lines', until: at, quantity: { value: '157883', unit: 'call' }, events: 92, summaries: 4 },
    { ...bare, id: invoice, kind: 'document', of: 'invoice', title: 'NWM-0042', state: 'open', amount },
    { ...bare, id: message, kind: 'delivery', of: 'erp-us-invoices', title: 'INV-US-000030', state: 'posted', amount },
  ],
  edges: [
    { from: `${invoice}/usage/1`, to: invoice, relation: 'billed-by', check: { what: 'quantity', in: '157883', out: '127160', difference: '-30723', ok: false, because: '1 of 4 summaries, with 30723, has not reached billing' } },
    { from: invoice, to: message, relation: 'posted-as', check: { what: 'amount', in: '2211.78', out: '2211.78', difference: '0.00', ok: true, because: null } },
  ],
  breaks: 1,
  left: 0,
}; // prettier-ignore

function engineWith(answer: unknown = found) {
  const engine = createFakeEngine({ identity: { ...admin, permissions: [...admin.permissions, 'canonical.read'] } });
  engine.answer('GET /v1/trace/:kind/:id', () => answer as never);
  return engine;
}

describe('the way of a number', () => {
  it('is found by one box, and says each sum', async () => {
    const { person } = openConsole('/trace', engineWith());
    await person.type(await screen.findByLabelText(/Any id or number/), ' NWM-0042 ');
    await person.click(screen.getByRole('button', { name: 'Show its way' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'The way of NWM-0042' })).toBeTruthy();
    const stages = screen.getByRole('list', { name: 'From usage to the books' });
    expect(within(stages).getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual(['Billed usage 1', 'Documents 1', 'In their targets 1']); // prettier-ignore
    expect(screen.getByText('One sum does not hold')).toBeTruthy();
    expect(screen.getByText(/157,883 in, 127,160 out: a difference of -30,723\. 1 of 4 summaries/)).toBeTruthy();
    expect(screen.getByText(/2,211\.78 in, .*2,211\.78 out/)).toBeTruthy();
    expect(screen.queryByText(/^No usage is behind it/)).toBeNull();
    expect(screen.getByRole('link', { name: 'INV-US-000030' }).getAttribute('href')).toBe(`/messages/${message}`);
  });
  it('is found from anywhere, by the search', async () => {
    const { person, address } = openConsole('/messages', engineWith());
    await person.click(await screen.findByRole('button', { name: 'Search' }));
    await person.type(await screen.findByPlaceholderText('Page, document number, or any id'), 'NWM-0042');
    await person.click(await screen.findByText('Show the way of NWM-0042'));
    expect(await screen.findByRole('heading', { level: 1, name: 'The way of NWM-0042' })).toBeTruthy();
    expect(address()).toBe('/trace/number/NWM-0042');
  });
  it('that holds is said to hold', async () => {
    const edges = found.edges.slice(1);
    openConsole('/trace/number/NWM-0042', engineWith({ ...found, edges, breaks: 0 }));
    expect(await screen.findByText('One sum on the way was checked and holds.')).toBeTruthy();
    expect(screen.queryByText(/not hold/)).toBeNull();
  });
  it('of an invoice without usage says so, and names what was asked for without a link to this page', async () => {
    const [, document, delivery] = found.nodes;
    openConsole('/trace/number/NWM-0042', engineWith({ ...found, nodes: [document, delivery], edges: found.edges.slice(1), breaks: 0 }));
    const card = (await screen.findByText(/^No usage is behind it/)).closest('li')!;
    expect(card).toHaveTextContent(/NWM-0042.*invoice · open · what you asked for/);
    expect(within(card).queryByRole('link')).toBeNull();
  });
  it('leads into the journal of the ERP: its lines stand there with their accounts, and a sum that differs is said', async () => {
    const entry = `${message}/entry`;
    const lines = [{ id: '4711', account: '4010', name: 'Subscription Revenue', debit: '0.00', credit: '2031.49', currency: 'USD' }];
    const nodes = [
      ...found.nodes,
      { ...bare, at: null, id: entry, kind: 'entry', of: 'tryton/us', title: 'JE/2026/000007', detail: 'booked on 2026-11-27', amount },
      { ...bare, at: null, id: `${entry}/revenue`, kind: 'entry-lines', of: 'revenue', title: 'Revenue', detail: '1 line', amount: { amount: '2031.49', currency: 'USD' }, lines, linesLeft: 3 },
    ];
    const edges = [
      ...found.edges,
      { from: message, to: entry, relation: 'booked-as', check: { what: 'amount', in: '2211.78', out: '2211.78', difference: '0.00', ok: true, because: null } },
      { from: entry, to: `${entry}/revenue`, relation: 'made-of', check: { what: 'amount', in: '2031.50', out: '2031.49', difference: '-0.01', ok: false, because: 'the books hold another amount than the document, or on the other side' } },
    ];
    openConsole('/trace/number/JE%2F2026%2F000007', engineWith({ ...found, nodes, edges, breaks: 2 }));
    const journal = await screen.findByRole('list', { name: 'In the journal' });
    const table = within(journal).getByRole('table', { name: 'Lines: Revenue' });
    expect(within(table).getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['4010 Subscription Revenue', '', expect.stringContaining('2,031.49'), '4711']);
    expect(within(journal).getAllByText('JE/2026/000007', { selector: 'b' })).toHaveLength(2); // itself, and what its lines are part of
    expect(within(journal).getByText(/2,031\.50 in, .*2,031\.49 out: a difference of .*0\.01\. The books hold another amount/)).toBeTruthy();
    expect(within(journal).getByText('3 more lines are not shown')).toBeTruthy();
  });
  it('says of an ERP that tells no journal that it does not', async () => {
    const [usage, document, delivery] = found.nodes;
    openConsole('/trace/number/NWM-0042', engineWith({ ...found, nodes: [usage, document, { ...delivery, noEntry: 'Xero does not tell the journal entries of its documents.' }] }));
    expect(await screen.findByText('Xero does not tell the journal entries of its documents.')).toBeTruthy();
  });
  it('says what there was no room for', async () => {
    openConsole('/trace/number/NWM-0042', engineWith({ ...found, left: 12 }));
    expect(await screen.findByText('12 more are not shown')).toBeTruthy();
  });
}); // prettier-ignore

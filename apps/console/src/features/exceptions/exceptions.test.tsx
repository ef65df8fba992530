// The work list as a person works it off: filters in the address, acts by keyboard and in bulk on what was frozen, a history that says who did what.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { admin, exceptions } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

const first = exceptions[0]!;
const list = async () => await screen.findByRole('table', { name: 'Exceptions' });
const rowsOf = (table: HTMLElement) => within(table).getAllByRole('row').slice(1);
const callsOf = (engine: ReturnType<typeof createFakeEngine>) => engine.writes.map(({ call }) => call.replace(/(exc|sel|run)_\w+/, ':id'));

describe('the list of exceptions', () => {
  it('keeps every filter in the address, and says which one leaves nothing', async () => {
    const { person, address } = openConsole('/exceptions?view=list');
    expect(rowsOf(await list())).toHaveLength(exceptions.length);
    await person.click(screen.getByRole('button', { name: /^Time/ }));
    await person.click(await screen.findByRole('option', { name: 'Due soon 0' }));
    await screen.findByText('No exceptions match');
    expect(address()).toContain('due=due-soon');
    screen.getByText(/Filtered by due soon/);
    await person.click(screen.getAllByRole('button', { name: /^Clear/ })[0]!);
    expect(rowsOf(await list())).toHaveLength(exceptions.length);
    expect(address()).not.toContain('due=');
  });

  it('is led to by every number of the ageing: exceptions here, what is not posted yet among the messages', async () => {
    const { person, address } = openConsole('/exceptions');
    const open = await screen.findByRole('table', { name: 'Open exceptions by age' });
    const lines = new Set(exceptions.map(({ amount }) => amount?.currency ?? 'none'));
    expect(within(open).getAllByRole('row')).toHaveLength(lines.size + 1);
    const line = within(open).getByRole('row', { name: /^EUR/ });
    const ofEuro = exceptions.filter(({ amount }) => amount?.currency === 'EUR').length;
    await person.click(within(line).getByRole('link', { name: `Open exceptions: ${ofEuro}, EUR, Up to a day` }));
    await waitFor(() => expect(address()).toBe('/exceptions?view=list&age=0-1&currency=EUR'));
    expect(rowsOf(await list())).toHaveLength(ofEuro);
    screen.getByRole('button', { name: /^Age.*Up to a day/ });
    screen.getByRole('button', { name: /^Currency.*EUR/ });
    const unposted = screen.getByRole('table', { name: 'Not posted yet by age' });
    await person.click(within(unposted).getAllByRole('link')[0]!);
    await waitFor(() => expect(address()).toMatch(/^\/messages\?unposted=true&age=0-1&currency=/));
    await screen.findByText('Not posted yet');
  });

  it('opens where the address says: mine alone', async () => {
    openConsole('/exceptions?view=list&owner=me');
    await screen.findByText('No exceptions match');
    screen.getByText(/owner me/);
  });

  it('is worked by keyboard: j moves, a assigns, e asks before it ends anything', async () => {
    const { person, engine } = openConsole('/exceptions?view=list');
    await list();
    await person.keyboard('j');
    await person.keyboard('a');
    const dialog = await screen.findByRole('dialog', { name: 'Assign' });
    await waitFor(() => expect(within(dialog).getByRole('combobox', { name: 'Owner' })).toHaveValue(`${admin.name} (you)`));
    await person.click(within(dialog).getByRole('button', { name: 'Assign' }));
    await screen.findByText('1 exception assigned');
    expect(engine.writes.at(-1)).toEqual({ call: `POST /v1/exceptions/${first.id}/assign`, body: { assignee: admin.id } });
    await waitFor(() => expect(rowsOf(screen.getByRole('table', { name: 'Exceptions' }))[0]!).toHaveTextContent('In progress'));
    const writes = engine.writes.length;
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    rowsOf(screen.getByRole('table', { name: 'Exceptions' }))[0]!
      .querySelector<HTMLElement>('[data-row-link]')!
      .focus();
    await person.keyboard('e');
    await screen.findByRole('dialog', { name: 'Resolve without posting' });
    expect(engine.writes).toHaveLength(writes);
  });

  it('by root cause is worked by the same letters: j moves to the next cause, from wherever in the one before, and r asks about all it holds', async () => {
    const { person, engine } = openConsole('/exceptions');
    const groups = within(await screen.findByRole('list', { name: 'Open exceptions by root cause' })).getAllByRole('listitem');
    await person.keyboard('j');
    expect(groups[0]).toContainElement(document.activeElement as HTMLElement);
    within(groups[0]!).getByRole('button', { name: 'More' }).focus();
    await person.keyboard('j');
    expect(document.activeElement).toBe(within(groups[1]!).getByRole('button', { name: /^(Open|Look at one)$/ }));
    await person.keyboard('r');
    await screen.findByRole('dialog', { name: 'Replay' });
    expect(engine.writes[0]).toMatchObject({ call: 'POST /v1/selections', body: { filter: { causeKey: expect.any(String) } } });
  });

  it('leaves the letter after g to the jump', async () => {
    const { person, address, engine } = openConsole('/exceptions?view=list');
    await list();
    await person.keyboard('j');
    await person.keyboard('ga');
    await waitFor(() => expect(address()).toBe('/approvals'));
    expect(screen.queryByRole('dialog', { name: 'Assign' })).toBeNull();
    expect(engine.writes).toEqual([]);
  });

  it('acts on ticked rows by a selection that shows what it holds and what it leaves out', async () => {
    const { person, engine } = openConsole('/exceptions?view=list');
    await list();
    await person.keyboard('jxjx');
    await screen.findByText('2 selected');
    await person.click(screen.getByRole('button', { name: 'Resolve without posting…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Resolve without posting' });
    await within(dialog).findByText('2 exceptions');
    within(dialog).getByText('Left out: 2 is being replayed.');
    await person.type(within(dialog).getByLabelText(/Why will they not be posted/), 'Booked by hand');
    await person.type(within(dialog).getByLabelText(/to confirm/), '2');
    await person.click(within(dialog).getByRole('button', { name: 'Resolve' }));
    await screen.findByText('2 exceptions resolved');
    expect(callsOf(engine)).toEqual(['POST /v1/selections', 'POST /v1/selections/:id/resolve']);
    expect(engine.writes[0]!.body).toEqual({ exceptions: exceptions.slice(0, 2).map(({ id }) => id) });
    await waitFor(() => expect(rowsOf(screen.getByRole('table', { name: 'Exceptions' }))).toHaveLength(exceptions.length - 2));
  });

  it('acts on all that match by the filter, not by the rows that are loaded', async () => {
    const engine = createFakeEngine();
    engine.answer('GET /v1/exceptions', () => ({ items: exceptions, next: '50', count: 3_412 }));
    const { person } = openConsole('/exceptions?view=list&category=master-data&flow=stripe-invoices', engine);
    await list();
    await person.click(screen.getByRole('checkbox', { name: 'Select all loaded rows' }));
    await person.click(await screen.findByRole('button', { name: 'Select all 3,412 that match' }));
    screen.getByText('All 3,412 that match');
    await person.click(screen.getByRole('button', { name: 'Snooze…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Snooze' });
    await person.click(await within(dialog).findByRole('radio', { name: /A week/ }));
    await person.click(within(dialog).getByRole('button', { name: 'Snooze' }));
    await waitFor(() => expect(callsOf(engine)).toEqual(['POST /v1/selections', 'POST /v1/selections/:id/snooze']));
    expect(engine.writes[0]!.body).toEqual({ filter: { category: 'master-data', flow: 'stripe-invoices' } });
  });

  it('acts on what is left when some is left out: the list, the file and the selection are asked for the same', async () => {
    const asked = { state: '-resolved,-replaying', category: '-api-failure', flow: '-invoice-to-erp', owner: '-nobody', due: '-within', age: '>1h', currency: '-JPY', amount: '>=1000' };
    const engine = createFakeEngine();
    const lists: object[] = [];
    engine.answer('GET /v1/exceptions', ({ query }) => {
      // The navigation counts all that are to do.
      if (query.get('count') && query.has('category')) lists.push(Object.fromEntries([...query].filter(([name]) => name in asked)));
      return { items: exceptions, next: '50', count: 3_412 };
    });
    const { person } = openConsole(`/exceptions?view=list&${new URLSearchParams(asked).toString()}`, engine);
    await list();
    expect(lists).toEqual([asked]);
    const file = new URL(screen.getByRole('link', { name: 'Export CSV' }).getAttribute('href')!, 'http://x');
    expect(Object.fromEntries(file.searchParams)).toEqual(asked);
    await person.click(screen.getByRole('checkbox', { name: 'Select all loaded rows' }));
    await person.click(await screen.findByRole('button', { name: 'Select all 3,412 that match' }));
    await person.click(screen.getByRole('button', { name: 'Replay…' }));
    await waitFor(() => expect(engine.writes[0]).toEqual({ call: 'POST /v1/selections', body: { filter: asked } }));
    for (const chip of [/^State.*not Resolved, not Replaying$/, /^Owner.*not Nobody$/, /^Time.*not In time$/, /^Age.*older than 1 h$/, /^Amount.*at least 1,000.00$/])
      screen.getByRole('button', { name: chip, hidden: true });
  }); // prettier-ignore

  it('acts on a whole cause by the filter that shows it', async () => {
    const { person, engine } = openConsole('/exceptions?flow=-invoice-to-erp&amount=%3E1');
    const group = (await screen.findByRole('heading', { name: first.cause })).closest('li')!;
    await person.click(within(group).getByRole('button', { name: /^Replay/ }));
    const filter = { flow: '-invoice-to-erp', amount: '>1', causeKey: first.causeKey };
    await waitFor(() => expect(engine.writes[0]).toEqual({ call: 'POST /v1/selections', body: { filter } }));
  });

  it('counts its states and its owners, what is to do as the sum of both, and who looks as oneself', async () => {
    const engine = createFakeEngine();
    engine.answer('GET /v1/exceptions/facets', ({ query }) => ({
      field: query.get('field'),
      items:
        query.get('field') === 'state'
          ? [{ value: 'resolved', count: 900 }, { value: 'open', count: 40 }, { value: 'in-progress', count: 2 }]
          : [{ value: 'nobody', count: 30 }, { value: admin.id, count: 12 }],
      more: false,
      atLeast: false,
      asOf: new Date().toISOString(),
    }));
    const { person } = openConsole('/exceptions?view=list', engine);
    await list();
    const offers = async (chip: RegExp, first: string) => {
      await person.click(screen.getByRole('button', { name: chip }));
      await screen.findByRole('option', { name: first });
      const told = screen.getAllByRole('option').map((option) => option.textContent);
      await person.keyboard('{Escape}');
      return told;
    };
    expect(await offers(/^State/, 'To do 42')).toEqual(['To do42', 'Open40', 'In progress2', 'Replaying0', 'Resolved900', 'All942']);
    expect(await offers(/^Owner/, 'Me 12')).toEqual(['Nobody30', 'Me12', 'Ines Ortega0']);
  }); // prettier-ignore

  it('shows why a selection cannot be made, and what to do', async () => {
    const engine = createFakeEngine();
    engine.answer('POST /v1/selections', () =>
      problem(422, 'SELECTION_TOO_LARGE', 'More than 10000 exceptions match.', { remedy: 'Narrow the filter' }),
    );
    const { person } = openConsole('/exceptions', engine);
    const group = (await screen.findByRole('heading', { name: first.cause })).closest('li')!;
    await person.click(within(group).getByRole('button', { name: /^Replay all/ }));
    await screen.findByText('More than 10000 exceptions match.');
    screen.getByText('Narrow the filter');
    expect(callsOf(engine)).toEqual(['POST /v1/selections']);
  });

  it('gives the file of what the filter shows', async () => {
    openConsole('/exceptions?view=list&owner=nobody&q=DE');
    const link = await screen.findByRole('link', { name: 'Export CSV' });
    expect(link).toHaveAttribute('href', '/v1/exceptions/export?owner=nobody&q=DE');
  });

  it('offers nothing to do to somebody who may only look', async () => {
    openConsole('/exceptions?view=list', createFakeEngine({ identity: { ...admin, permissions: ['exception.read', 'message.read'] } }));
    const table = await list();
    expect(within(table).queryByRole('checkbox')).toBeNull();
  });
});

describe('a root cause', () => {
  it('says whose it is, how many are over time, and what is coming in', async () => {
    openConsole('/exceptions');
    const group = (await screen.findByRole('heading', { name: first.cause })).closest('li')!;
    within(group).getByText('no owner');
    within(group).getByText('2 in 24 h, 1 the day before');
    within(group).getByText(/over time/);
  });

  it('is given to somebody as a whole', async () => {
    const { person, engine } = openConsole('/exceptions');
    const group = (await screen.findByRole('heading', { name: first.cause })).closest('li')!;
    await person.click(within(group).getByRole('button', { name: 'More' }));
    await person.click(await screen.findByRole('menuitem', { name: 'Assign all…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Assign' });
    await person.click(await within(dialog).findByRole('combobox', { name: 'Owner' }));
    await person.click(await screen.findByRole('option', { name: 'Ines Ortega' }));
    await person.click(within(dialog).getByRole('button', { name: 'Assign' }));
    await screen.findByText('3 exceptions assigned');
    expect(engine.writes[0]).toEqual({ call: 'POST /v1/selections', body: { filter: { causeKey: first.causeKey } } });
  });

  it('leads to its exceptions with what to do and the acts on all of them still in sight', async () => {
    const { person, engine } = openConsole(`/exceptions?causeKey=${first.causeKey}`);
    const cause = await screen.findByRole('list', { name: 'The root cause' });
    expect(rowsOf(await list())).toHaveLength(3);
    expect(cause).toHaveTextContent(first.remedy);
    expect(within(cause).queryByRole('button', { name: 'Look at one' })).toBeNull();
    expect(screen.queryByRole('table', { name: 'Open exceptions by age' })).toBeNull();
    await person.click(within(cause).getByRole('button', { name: 'Replay all 3…' }));
    await screen.findByRole('dialog', { name: 'Replay' });
    await waitFor(() => expect(engine.writes[0]).toEqual({ call: 'POST /v1/selections', body: { filter: { causeKey: first.causeKey } } }));
  });

  it('says that nothing of it is to do any more, and where what became of it is', async () => {
    openConsole('/exceptions?causeKey=gone');
    await screen.findByText('Nothing of this root cause is to do');
    const link = screen.getByRole('link', { name: 'See what became of them' });
    expect(link).toHaveAttribute('href', '/exceptions?view=list&causeKey=gone&state=all');
    expect(screen.queryByText('No exceptions match')).toBeNull();
  });

  it('keeps the filter when it is shown by cause', async () => {
    openConsole('/exceptions?category=posting-rejection');
    await screen.findByRole('heading', { name: /posting period/ });
    expect(screen.queryByRole('heading', { name: first.cause })).toBeNull();
  });
});

describe('one exception', () => {
  it('is taken up, talked about and given back, and its history says so', async () => {
    const { person, engine } = openConsole(`/exceptions?sel=${first.id}`);
    const drawer = await screen.findByRole('dialog', { name: 'Exception' });
    await person.click(await within(drawer).findByRole('button', { name: 'Take up' }));
    await within(drawer).findByText('In progress');
    const history = within(drawer).getByRole('region', { name: 'History' });
    await within(history).findByText(/stopped it/);
    await person.type(within(history).getByLabelText('Comment'), 'Asked the tax team');
    await person.click(within(history).getByRole('button', { name: 'Write comment' }));
    await within(history).findByText('Asked the tax team');
    await waitFor(() => expect(within(history).getByLabelText('Comment')).toHaveValue(''));
    await person.click(within(drawer).getByRole('button', { name: 'Give back' }));
    await within(drawer).findByText('Open');
    expect(callsOf(engine)).toEqual([
      'POST /v1/exceptions/:id/assign',
      'POST /v1/exceptions/:id/comments',
      'POST /v1/exceptions/:id/assign',
    ]);
  });

  it('is put off until a time, and taken out of it', async () => {
    const { person, engine } = openConsole(`/exceptions?sel=${first.id}`);
    const drawer = await screen.findByRole('dialog', { name: 'Exception' });
    await person.click(await within(drawer).findByRole('button', { name: 'Snooze…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Snooze' });
    await person.click(within(dialog).getByRole('button', { name: 'Snooze' }));
    await screen.findByText('1 exception snoozed');
    const { until } = engine.writes.at(-1)!.body as { until: string };
    expect(Math.abs(Date.parse(until) - Date.now() - 4 * 3_600_000)).toBeLessThan(60_000);
    await person.click(await within(drawer).findByRole('button', { name: 'End snooze' }));
    await waitFor(() => expect(engine.writes.at(-1)!.body).toEqual({ until: null }));
  });

  it('says what ended it, with the way to the replay', async () => {
    const engine = createFakeEngine();
    const run = 'run_01jd8x6m2dfk6t6s9vj0h00009';
    engine.answer(`GET /v1/exceptions/${first.id}`, () => ({
      ...first,
      state: 'resolved',
      closedAt: first.openedAt,
      closedBy: 'Waybill',
      closedRun: run,
      closedAttempt: 2,
      resolution: `posted as SI-7 by attempt 2 of the replay ${run}`,
    }));
    openConsole(`/exceptions?sel=${first.id}`, engine);
    await screen.findByText(/posted as SI-7 by attempt 2/);
    expect(screen.getByRole('link', { name: 'Open the replay' })).toHaveAttribute('href', `/runs/${run}`);
    expect(screen.queryByRole('button', { name: 'Snooze…' })).toBeNull();
  });
});

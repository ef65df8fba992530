// What happened to a flow on screen: one list in words of the person, by day, narrowed to kinds, each event a way to the thing in its context.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { id, timeline } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';
import { joined } from './timeline-events.js';
import { timelineWords } from './timeline-words.js';

const tab = '/flows/stripe-invoices?tab=timeline';
const panel = () => screen.findByRole('tabpanel', { name: 'Timeline' });
const titles = async () => within(await panel()).getAllByRole('link').map((link) => link.textContent); // prettier-ignore

describe('the timeline of a flow', () => {
  it('is a tab of its page, with the newest first, by day, and who did it and why', async () => {
    const { person, address } = openConsole('/flows/stripe-invoices');
    await person.click(await screen.findByRole('tab', { name: 'Timeline' }));
    await within(await panel()).findByText('stripe does not answer');
    expect(address()).toContain('tab=timeline');
    expect(await titles()).toEqual([
      'stripe does not answer',
      '2 polls',
      'Credentials of stripe changed',
      'Version 14 went live',
      '3 polls',
    ]);
    const credential = screen.getByRole('link', { name: 'Credentials of stripe changed' }).closest('li')!;
    within(credential).getByText('Credential');
    within(credential).getByText(/Secrets given: apiKey · Settings changed: apiBase/);
    within(credential).getByText('The key was in a log');
    within(credential).getByText('Ines Ortega');
    expect(screen.getAllByRole('heading', { level: 2, name: /2026/ })).toHaveLength(1);
  });

  it('leads from an event to the thing in its context', async () => {
    const { person, address } = openConsole(tab);
    await person.click(await screen.findByRole('link', { name: 'Version 14 went live' }));
    await waitFor(() => expect(address()).toContain(`release=${id('rel', 14)}`));
    expect(screen.getByRole('tab', { name: 'Releases' })).toHaveAttribute('aria-selected', 'true');
  });

  it('loads more, and runs that the end of a page cut stand there as one', async () => {
    const { person } = openConsole(tab);
    await person.click(await screen.findByRole('button', { name: 'Load more' }));
    await screen.findByText('Flow paused');
    expect(await titles()).toEqual([
      'stripe does not answer',
      '2 polls',
      'Credentials of stripe changed',
      'Version 14 went live',
      '7 polls',
      'Flow paused',
      'Version 7 of the mapping stripe-invoice saved',
      'Version 31 of the table tax-code published',
    ]);
    screen.getByText(/21 read, 14 new/);
    expect(screen.getAllByRole('heading', { level: 2, name: /2026/ })).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Load more' })).not.toBeInTheDocument();
  });

  it('is narrowed to kinds, which stay in the address', async () => {
    const { person, address } = openConsole(tab);
    await screen.findByText('stripe does not answer');
    await person.click(screen.getByRole('button', { name: 'Kind' }));
    await person.click(await screen.findByRole('option', { name: 'Table' }));
    await person.click(screen.getByRole('option', { name: 'Mapping' }));
    await waitFor(async () => expect(await titles()).toEqual(['Version 7 of the mapping stripe-invoice saved', 'Version 31 of the table tax-code published'])); // prettier-ignore
    expect(decodeURIComponent(address())).toContain('kind=table,mapping');
    await person.click(screen.getByRole('button', { name: 'Clear' }));
    await screen.findByText('stripe does not answer');
  });

  it('says which filter leaves nothing', async () => {
    const engine = createFakeEngine();
    openConsole(`${tab}&kind=connection`, engine);
    await screen.findByText('No events match');
    screen.getByText('Filtered by kind connection.');
  });

  it('ignores a kind of the address that there is not', async () => {
    openConsole(`${tab}&kind=weather`);
    await screen.findByText('stripe does not answer');
  });

  it('says that it could not be read, and what is kept from the person', async () => {
    const engine = createFakeEngine();
    let broken = true;
    engine.answer('GET /v1/flows/:name/timeline', () =>
      broken ? problem(500, 'INTERNAL', 'It is broken') : { items: timeline.slice(0, 1), next: null, withheld: ['table', 'run'] },
    );
    const { person } = openConsole(tab, engine);
    const again = await screen.findByRole('button', { name: 'Try again' });
    broken = false;
    await person.click(again);
    await screen.findByText('Not shown, since you may not see what they are about: Table and Run.');
    await person.click(screen.getByRole('button', { name: 'Kind' }));
    expect((await screen.findAllByRole('option')).map((one) => one.textContent)).not.toContain('Table');
  });
});

describe('words of the timeline', () => {
  const say = (fact: Parameters<typeof timelineWords>[0]) => timelineWords(fact, (at) => at);
  const release = { code: 'release', version: 3, from: null, to: 'live', percent: null, entities: null } as const;

  it('say what became of a release', () => {
    expect(say(release).title).toBe('Version 3 saved and live');
    expect(say({ ...release, from: 'rolled-back' }).title).toBe('Version 3 is live again');
    expect(say({ ...release, from: 'approved', to: 'share', percent: 10 }).title).toBe('Version 3 takes 10 % of new messages');
  });

  it('say of a connection whether its credentials changed, and never a value', () => {
    const changed = { code: 'connection-changed', connection: 'erp', made: false, settings: [], secrets: [], forgotten: [] } as const;
    expect(say({ ...changed, settings: ['baseUrl'] } as never)).toEqual({
      title: 'Connection erp changed',
      details: ['Settings changed: baseUrl'],
    });
    expect(say({ ...changed, secrets: ['token'] } as never)).toEqual({ title: 'Credentials of erp changed', details: ['Secrets given: token'] }); // prettier-ignore
  });

  it('keep what a newer engine says', () => {
    expect(say({ code: 'moon-rose' } as never)).toEqual({ title: 'moon-rose', details: [] });
  });

  it('of runs that two pages tell stand once, and of what is between them nothing is lost', () => {
    const whole = joined(timeline);
    expect(whole).toHaveLength(timeline.length - 1);
    expect(whole[4]).toMatchObject({ id: 'event 6', at: timeline[4]!.at, fact: { count: 7, read: 21, firstAt: (timeline[5]!.fact as { firstAt: string }).firstAt } }); // prettier-ignore
  });
});

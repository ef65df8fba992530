// Runs over time: a dot for each run of the list that leads to it, told apart by shape, asked for in the address; the list stays for everybody.
import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { runs } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';

describe('the chart of runs', () => {
  it('has the runs of the list, each a link with its title, and takes no stop of the keyboard from it', async () => {
    const { person, address } = openConsole('/runs');
    await screen.findByRole('table', { name: 'Runs' });
    expect(screen.queryByRole('region', { name: 'Runs over time' })).toBeNull();
    await person.click(screen.getByRole('button', { name: 'With a chart' }));
    expect(address()).toBe('/runs?show=chart');
    const chart = await screen.findByRole('region', { name: 'Runs over time' });
    const rows = within(screen.getByRole('table', { name: 'Runs' })).getAllByRole('link');
    const dots = [...chart.querySelectorAll('a[data-run]')];
    expect(dots.map((dot) => dot.getAttribute('href'))).toEqual(rows.map((row) => row.getAttribute('href')));
    expect(dots.map((dot) => dot.getAttribute('tabindex'))).toEqual(rows.map(() => '-1'));
    for (const dot of dots)
      expect(dot.querySelector('title')!.textContent).toMatch(/: (succeeded|failed|cancelled|running), begun .*, took /);
    const shapes = new Map(dots.map((dot) => [dot.querySelector('path')!.dataset['state'], dot.querySelector('path')!.getAttribute('d')]));
    expect(shapes.size).toBeGreaterThan(1);
    expect(new Set(shapes.values()).size).toBe(shapes.size);
    await person.click(within(chart).getByRole('radio', { name: 'How much it read' }));
    expect(address()).toBe('/runs?show=chart&height=read');
  });

  it('keeps its place when a filter is cleared', async () => {
    const { person, address } = openConsole('/runs?kind=poll&show=chart');
    await screen.findByRole('region', { name: 'Runs over time' });
    await person.click(screen.getByRole('button', { name: 'Clear' }));
    expect(address()).toBe('/runs?show=chart');
  });
});

describe('the list of runs', () => {
  it('counts those that are running, and those that have a replay, and is narrowed to them', async () => {
    const { person, address } = openConsole('/runs');
    await screen.findByRole('table', { name: 'Runs' });
    await person.click(screen.getByRole('button', { name: /^State/ }));
    await screen.findByRole('option', { name: `Running ${runs.filter(({ state }) => state === 'running').length}` });
    await person.keyboard('{Escape}');
    await person.click(screen.getByRole('button', { name: /^Replay/ }));
    await person.click(await screen.findByRole('option', { name: `Has a replay ${runs.filter(({ replayed }) => replayed).length}` }));
    expect(address()).toBe('/runs?replayed=true');
    await waitFor(() =>
      expect(
        within(screen.getByRole('table', { name: 'Runs' }))
          .getAllByRole('row')
          .slice(1),
      ).toHaveLength(1),
    );
  });

  it('is narrowed by typing filters, which are all that there is to type', async () => {
    const { person, address } = openConsole('/runs');
    const shown = async () => within(await screen.findByRole('table', { name: 'Runs' })).getAllByRole('row').slice(1); // prettier-ignore
    await shown();
    await person.keyboard('/-kind:');
    await screen.findByRole('option', { name: /^Poll/ });
    await person.keyboard('poll{Enter}');
    await waitFor(() => expect(address()).toBe('/runs?kind=-poll'));
    await waitFor(async () => expect(await shown()).toHaveLength(runs.filter(({ kind }) => kind !== 'poll').length));
    await person.keyboard('age:>1h{Enter}');
    await screen.findByText('No runs match');
    screen.getByText(/Filtered by kind not poll and age older than 1 h/);
    expect(address()).toBe('/runs?kind=-poll&age=%3E1h');
    const input = screen.getByRole('combobox', { name: 'Find runs' });
    await person.type(input, 'stripe ');
    await waitFor(() =>
      expect(input).toHaveAccessibleDescription('“stripe” is no filter. There are kind:, state:, flow:, replay:, and age:.'),
    );
  });
});

describe('a backfill', () => {
  it('says which days it was asked for', async () => {
    openConsole(`/runs/${runs[1]!.id}`);
    await screen.findByText('2026-11-01 to 2026-11-20, in UTC');
  });
});

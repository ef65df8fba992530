// Callers at the same time share a commit, each hears of its own item, and one that hangs or fails does not take its neighbours along.
import { describe, expect, it } from '@jest/globals';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';

const turn = () => new Promise((done) => setImmediate(done));

function setUp(changed: Partial<GroupCommitOptions<string, string>> = {}) {
  const groups: string[][] = [];
  const gates: (() => void)[] = [];
  const commit = new GroupCommit<string, string>({
    store: async (items) => {
      groups.push([...items]);
      if (items.includes('slow')) await new Promise<void>((open) => gates.push(open));
      if (items.includes('away')) throw new Error('away');
      if (items.includes('bad')) throw new Error('bad');
      await turn();
      return items.map((item) => `stored ${item}`);
    },
    mayBeOneBadItem: (error) => (error as Error).message === 'bad',
    itemsMax: 3,
    weigh: (item) => item.length,
    weightMax: 100,
    patienceMs: 10_000,
    commitsMax: 2,
    ...changed,
  });
  return { groups, gates, commit };
}
const all = (commit: GroupCommit<string, string>, ...items: string[]) => Promise.allSettled(items.map((item) => commit.add(item)));
const values = (results: PromiseSettledResult<string>[]) =>
  results.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message));

describe('group commit', () => {
  it('begins at once, gathers while it runs, and keeps to its size', async () => {
    const { groups, commit } = setUp();
    expect(values(await all(commit, 'a', 'b', 'c', 'd', 'e'))).toEqual(['a', 'b', 'c', 'd', 'e'].map((item) => `stored ${item}`));
    expect(groups).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('rests before a commit where it is asked to, and takes along what came meanwhile', async () => {
    let rest = 20;
    const { groups, commit } = setUp({ restMs: () => rest });
    const first = all(commit, 'a', 'b');
    await turn();
    expect(groups).toEqual([]);
    expect(values([...(await first), ...(await all(commit, 'c'))])).toEqual(['stored a', 'stored b', 'stored c']);
    rest = 0;
    await all(commit, 'd', 'e');
    expect(groups).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });

  it('keeps to its weight, and an item heavier than all goes alone', async () => {
    const { groups, commit } = setUp({ weightMax: 4 });
    await all(commit, 'x', 'aa', 'bb', 'cc', 'far too heavy', 'd');
    expect(groups).toEqual([['x'], ['aa', 'bb'], ['cc'], ['far too heavy'], ['d']]);
  });

  it('fails the bad item alone', async () => {
    const { commit } = setUp();
    expect(values(await all(commit, 'x', 'a', 'bad', 'b'))).toEqual(['stored x', 'stored a', 'bad', 'stored b']);
  });

  it('fails everybody of a commit that found no database, tries none of them alone, and goes on', async () => {
    const { groups, commit } = setUp();
    expect(values(await all(commit, 'x', 'a', 'away', 'b', 'c'))).toEqual(['stored x', 'away', 'away', 'away', 'stored c']);
    expect(groups).toEqual([['x'], ['a', 'away', 'b'], ['c']]);
  });

  it('does not wait for ever for a commit that hangs', async () => {
    const { gates, commit } = setUp({ patienceMs: 1 });
    const slow = commit.add('slow');
    expect(values(await all(commit, 'a', 'b'))).toEqual(['stored a', 'stored b']);
    gates[0]!();
    expect(await slow).toBe('stored slow');
  });

  it('has at most so many commits under way', async () => {
    const { groups, gates, commit } = setUp({ patienceMs: 1 });
    const slow = [commit.add('slow')];
    await new Promise((done) => setTimeout(done, 20));
    slow.push(commit.add('slow'));
    await new Promise((done) => setTimeout(done, 20));
    const third = commit.add('c');
    await new Promise((done) => setTimeout(done, 20));
    expect(groups).toEqual([['slow'], ['slow']]);
    gates.forEach((open) => open());
    expect(await third).toBe('stored c');
    await Promise.all(slow);
  });
});

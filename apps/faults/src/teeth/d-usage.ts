import type { Tooth } from './tooth.js';

const ledger = 'ledger/events/ledger.store.js';

export const usageTeeth: readonly Tooth[] = [
  {
    name: 'another content under a known key is taken for a duplicate',
    row: '40',
    replacements: [{ file: ledger, find: 'digestOf(row.content) === event.content', replace: 'true' }],
  },
  {
    name: 'source and id are joined by a separator',
    row: '41',
    replacements: [
      {
        file: 'ledger/events/event-key.js',
        find: '`${Buffer.byteLength(source)}:${source}${Buffer.byteLength(id)}:${id}`',
        replace: '`${source}-${id}`',
      },
    ],
  },
  {
    name: 'what comes after the seal is forgotten',
    row: '42',
    replacements: [
      {
        file: 'ledger/summaries/seal/plan.store.js',
        find: 'found.push(...differences(now,',
        replace: 'found.push(...((..._)=>[])(now,',
      },
    ],
  },
  {
    name: 'usage is acknowledged before it is committed',
    row: '42b',
    ofGroup: true,
    replacements: [
      {
        file: ledger,
        find: 'const taken = await this.commits.add(arrival);',
        replace:
          'const taken = { accepted: arrival.events.length, duplicates: 0, conflicts: [] }; void this.commits.add(arrival).catch(() => undefined);',
      },
    ],
  },
];

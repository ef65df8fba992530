import type { Tooth } from './tooth.js';

export const moneyTeeth: readonly Tooth[] = [
  {
    name: 'a replay takes what is posted, and a posting may be made again',
    row: '88',
    ofGroup: true,
    replacements: [
      {
        file: 'exceptions/replay.store.js',
        find: "const replayable = [\n    'exception',",
        replace: "const replayable = [\n    'posted',\n    'exception',",
      },
      {
        file: 'pipeline/send/meeting.js',
        find: "if (row.state === 'rejected' || open) return",
        replace: "if (row.state === 'rejected' || row.state === 'posted' || open) return",
      },
    ],
  },
  {
    name: 'a retry is mapped anew',
    row: '89',
    replacements: [
      {
        file: 'pipeline/pipeline.store.js',
        find: "const keptStages = [\n    'permit',\n    'send',\n    'settle'\n]",
        replace: 'const keptStages = []',
      },
    ],
  },
  {
    name: 'a mapping subtracts doubles',
    row: '91',
    replacements: [
      {
        package: 'mappings/language',
        file: 'functions.js',
        find: 'run: money.subtract',
        replace: 'run: (a, b)=>String(Number(a) - Number(b))',
      },
    ],
  },
];

import type { Tooth } from './tooth.js';

/** Runs of controls: the crash points R. */
export const controlTeeth: readonly Tooth[] = [
  {
    name: 'a run that was given up writes its sums',
    row: '2 pause control.judged',
    ofGroup: true,
    replacements: [
      { file: 'assurance/reconciliation/findings.store.js', find: 'if (ended.length === 0) throw givenUp(run.id);', replace: '' },
    ],
  },
  {
    name: 'a run that was given up writes gaps',
    row: '2 pause control.copied',
    replacements: [
      {
        file: 'assurance/reconciliation/findings.store.js',
        find: "where id = $2 and state = 'running' returning id",
        replace: 'where id = $2 returning id',
      },
    ],
  },
];

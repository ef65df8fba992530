import type { Tooth } from './tooth.js';

/** Harm that no document shows, and that every row looks for: C-g and C-h. */
export const leftOverTeeth: readonly Tooth[] = [
  {
    name: 'settings of a connection in the log',
    row: '37',
    ofGroup: true,
    replacements: [
      {
        file: 'intake/hooks.controller.js',
        find: 'let verdict = verify(await this.door.connection(name), input);',
        replace:
          'let verdict = verify(await this.door.connection(name), input); console.log(JSON.stringify(await this.door.connection(name)));',
      },
    ],
  },
  {
    name: 'a mapping process does not end with its engine',
    row: '1',
    replacements: [
      {
        file: 'platform/mapping-runtime/child.js',
        find: "process.on('disconnect', ()=>process.exit(0));",
        replace: 'setInterval(() => undefined, 1000);',
      },
    ],
  },
];

import type { Tooth } from './tooth.js';

const file = 'invoices.js';
const inConnector = { package: 'connectors/tryton' } as const;

/** Tryton has no unique key: what keeps its books clean is that they are looked at, before a document is made and when it is in doubt. */
export const trytonTeeth: readonly Tooth[] = [
  {
    name: 'a session that is over is not opened again',
    row: '33',
    replacements: [{ ...inConnector, file: 'rpc.js', find: 'response.status === 401 && login === 1', replace: 'false' }],
  },
  {
    name: 'each call opens a session',
    row: '33',
    replacements: [
      { file: 'catalog/connections/log-in.js', find: 'this.token ??= this.opened(open);', replace: 'this.token = this.opened(open);' },
    ],
  },
  {
    name: 'Tryton’s books are not looked at',
    row: 'T',
    ofGroup: true,
    replacements: [
      { ...inConnector, file, find: 'if (final) {', replace: 'if (false) {' },
      { ...inConnector, file, find: 'return final ? receiptOf(context, final) : null;', replace: 'return null;' },
    ],
  },
  {
    name: 'a half-made draft in Tryton is left',
    row: 'T',
    replacements: [
      { ...inConnector, file, find: "for (const draft of drafts)await removeDraft(context, company, Number(draft['id']));", replace: '' },
    ],
  },
];

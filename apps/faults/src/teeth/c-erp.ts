import type { Tooth } from './tooth.js';

const connector = 'connectors/sandbox-erp' as const;
const failures = 'pipeline/send/failures.js';
const doubt = 'pipeline/send/doubt.js';
/** Nothing is looked up before the ERP can have ended, nor before its lists tell the truth. */
const noQuiet = {
  file: 'pipeline/send/meeting.js',
  find: 'target.maxUpstreamSeconds * 1_000 + quietMarginMs',
  replace: 'quietMarginMs / 10',
};

export const erpTeeth: readonly Tooth[] = [
  {
    name: 'sent again at once instead of in doubt',
    row: '24',
    replacements: [
      {
        file: failures,
        find: "to: 'in_doubt',\n            reason: `whether it was posted is unknown: ${message}; it will be looked up`,\n            quietMs",
        replace: "to: 'ready', reason: message, afterMs: 0, counts: false",
      },
    ],
  },
  {
    name: 'look-up off',
    always: true,
    row: '24',
    replacements: [{ file: doubt, find: 'await tools.find(target, doubtful.request)', replace: 'null' }],
  },
  { name: 'no quiet time before a look-up', row: '25', replacements: [noQuiet] },
  {
    name: 'what a look-up does not find is taken to be there',
    row: '26',
    replacements: [
      {
        file: doubt,
        find: 'await tools.find(target, doubtful.request)',
        replace: "(await tools.find(target, doubtful.request)) ?? { documentId: 'somewhere' }",
      },
    ],
  },
  { name: 'no quiet time before a list that lags', row: '27', replacements: [noQuiet] },
  {
    name: 'a refused repeat does not give the first one’s receipt',
    row: '27',
    replacements: [
      {
        package: connector,
        file: 'posting.js',
        find: 'if (existing && receipt && isSameMoney(existing, sent, request)) return receipt;',
        replace: '',
      },
    ],
  },
  {
    name: 'Retry-After not heard',
    row: '28',
    replacements: [{ file: 'catalog/connections/calls.store.js', find: 'if (seen.pauseMs !== undefined) {', replace: 'if (false) {' }],
  },
  {
    name: 'circuit never opens',
    row: '29',
    replacements: [
      {
        file: 'catalog/connections/breaker.js',
        find: 'trailing(recent) >= failuresInARow || failures >= failuresInWindow ? opened(next, options.nowMs) : next',
        replace: 'next',
      },
    ],
  },
  {
    name: 'a dead ERP may have all calls and all workers',
    row: '30',
    replacements: [
      { file: 'pipeline/lanes/visitors.js', find: 'Math.floor(this.workers / 2)', replace: 'this.workers' },
      { file: 'catalog/connections/gate.store.js', find: 'usual.concurrency,', replace: '1_000,' },
      { file: 'catalog/connections/gate.store.js', find: 'usual.perSecond ?? null', replace: 'null' },
    ],
  },
  {
    name: 'any success is taken for a posting',
    row: '31',
    replacements: [
      {
        package: connector,
        file: 'posting.js',
        find: 'if (receipt) return receipt;\n        throw inDoubt({',
        replace: "return receipt ?? { documentId: 'unnamed' };\n        throw inDoubt({",
      },
    ],
  },
  {
    name: 'one refusal ends the whole batch',
    row: '32',
    replacements: [
      {
        file: 'pipeline/send/send.js',
        find: 'const failed = failedCall(intent.journey, error, {',
        replace: 'throw error; const failed = failedCall(intent.journey, error, {',
      },
    ],
  },
  {
    name: 'the ERP’s codes mean nothing to the connector',
    row: '34',
    replacements: [
      { package: connector, file: 'refusals.js', find: 'const meaning = refusals[error.code];', replace: 'const meaning = undefined;' },
    ],
  },
  {
    name: 'a document with the same number is the same document',
    row: '35',
    replacements: [
      {
        package: connector,
        file: 'posting.js',
        find: 'if (existing && receipt && isSameMoney(existing, sent, request)) return receipt;',
        replace: 'if (receipt) return receipt;',
      },
    ],
  },
];

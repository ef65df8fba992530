import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { liveThroughAMonth } from './demo/live-through-a-month.js';
import { startSandbox } from './sandbox.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4190' },
    'data-file': { type: 'string' },
    seed: { type: 'string' },
    'webhook-url': { type: 'string' },
    'webhook-secret': { type: 'string' },
    /** Lets the demo company live in it. */
    demo: { type: 'boolean', default: false },
    'every-ms': { type: 'string', default: '5000' },
    'usage-grace-hours': { type: 'string', default: '0' },
  },
});
const { port, seed, demo, 'data-file': dataFile, 'webhook-url': url, 'webhook-secret': secret, 'every-ms': everyMs } = values;
if ((url === undefined) !== (secret === undefined)) throw new Error('--webhook-url and --webhook-secret belong together');

const sandbox = await startSandbox({
  port: Number(port),
  usageGraceHours: Number(values['usage-grace-hours']),
  ...(dataFile ? { dataFile } : {}),
  ...(seed ? { seed } : {}),
  ...(url && secret ? { webhook: { url, secret } } : {}),
});
const ended = new AbortController();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
say(`Sandbox on ${sandbox.url}`);
const living = demo
  ? liveThroughAMonth({
      sandbox,
      ...(seed ? { seed } : {}),
      now: () => new Date(),
      sleep: (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined),
      signal: ended.signal,
      everyMs: Number(everyMs),
      tell: (what) => say(`${sandbox.clock.now().toISOString().slice(0, 10)} ${what}`),
    })
  : Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    ended.abort();
    void living.then(() => sandbox.close()).then(() => process.exit(0));
  });

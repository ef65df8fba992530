import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4190' },
    'data-file': { type: 'string' },
    seed: { type: 'string' },
    'webhook-url': { type: 'string' },
    'webhook-secret': { type: 'string' },
  },
});
const { port, seed, 'data-file': dataFile, 'webhook-url': url, 'webhook-secret': secret } = values;
if ((url === undefined) !== (secret === undefined)) throw new Error('--webhook-url and --webhook-secret belong together');

const sandbox = await startSandbox({
  port: Number(port),
  ...(dataFile ? { dataFile } : {}),
  ...(seed ? { seed } : {}),
  ...(url && secret ? { webhook: { url, secret } } : {}),
});
process.stdout.write(`Sandbox on ${sandbox.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close().then(() => process.exit(0)));

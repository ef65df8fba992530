import { runGate, shortChaos } from './gate/gate.js';
import { closeWorldsOnSignals } from './supervisor/world.js';

closeWorldsOnSignals();
const result = await runGate({
  seed: process.argv[2] ?? 'one',
  documents: Number(process.argv[3] ?? 100),
  overMs: Number(process.argv[4] ?? 40_000),
  chaos: process.argv[5] === 'none' ? { ...shortChaos, workerKills: 0, apiKills: 0, pauses: 0, flushes: 0, redisKills: 0, postgresRestarts: 0, backendCuts: 0, resets: 0 } : { ...shortChaos, workerKills: Number(process.argv[5] ?? 3), pauses: 0 },
  world: { leaseSeconds: 5, upstreamSeconds: 4 },
  tell: (line) => process.stderr.write(`  ${line}\n`),
});
process.stdout.write(`${JSON.stringify({ ...result, findings: result.findings.slice(0, 40) }, null, 1)}\n${result.findings.length} findings\n`);
process.exit(0);

import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions, usage } from './options.js';
import { failures, fewOfEach, headline } from './report/report.js';
import { page } from './report/page.js';
import { runParts } from './run/parts.js';
import { closeWorldsOnSignals, repository } from './supervisor/world.js';

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), () => randomBytes(4).toString('hex'));
  if (options === 'help') {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const ended = closeWorldsOnSignals();
  const began = performance.now();
  const results = await runParts(options, tell);
  // Rows that were under way broke because their worlds were closed. The signal's own end follows.
  if (ended()) return new Promise<never>(() => undefined);
  results.seconds = (performance.now() - began) / 1_000;
  const wrong = failures(results);
  const teethAlone = options.parts.length === 1 && options.parts[0] === 'teeth';
  const name = teethAlone ? 'fault-teeth.md' : 'fault-results.md';
  if (options.write) await writeFile(join(repository, 'docs/operating', name), page(results));
  else if (!options.json) process.stdout.write(`${page(results)}\n`);
  for (const sentence of fewOfEach(wrong, 12).slice(0, 200)) tell(`RED  ${sentence}`);
  if (wrong.length > 0) tell(`SEED=${options.seed}`);
  process.stdout.write(`${headline(results)}\n`);
  return wrong.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(String((error as Error)?.stack ?? error));
    process.exit(1);
  },
);

import { closeWorldsOnSignals, noTryton } from '@waybill/faults';
import { readOptions, usage } from './options.js';
import { differenceOf, linesOf, play } from './play.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    say(usage);
    return 0;
  }
  closeWorldsOnSignals();
  let [passed, failed, skipped, documents, traced, differenceMinorUnits] = [0, 0, 0, 0, 0, 0];
  for (const books of options.books) {
    const missing = books === 'tryton' ? noTryton() : undefined;
    if (missing !== undefined) {
      skipped += 1;
      say(`\n${books}: skipped, ${missing}`);
      continue;
    }
    const result = await play({ books, customers: options.customers[books], seed: options.seed }, tell);
    for (const line of linesOf(result)) say(line);
    documents += result.totals.reduce((sum, total) => sum + total.documents, 0);
    traced += result.traced.documents;
    differenceMinorUnits += Number(differenceOf(result));
    if (result.wrong.length === 0) passed += 1;
    else failed += 1;
  }
  if (failed > 0) say(`\nSEED=${options.seed}`);
  const { seed } = options;
  say(options.json ? JSON.stringify({ scenarios: passed + failed, passed, failed, skipped, documents, traced, differenceMinorUnits, seed }) : `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 ? 0 : 1;
} // prettier-ignore

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    tell(String((error as Error)?.stack ?? error));
    process.exit(1);
  },
);

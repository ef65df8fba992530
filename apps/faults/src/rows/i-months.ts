/** The scripted months. They are a program of their own, whose oracle knows nothing of the engine: it is asked for its verdict. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repository } from '../supervisor/world.js';
import type { ProgramRow } from './row.js';

const program = join(repository, 'apps/scenarios/dist/main.js');

/** The last line of `npm run scenarios -- --json`. */
interface Ended {
  passed: number;
  failed: number;
  documents: number;
  traced: number;
  differenceMinorUnits: number;
}

export const monthRows: readonly ProgramRow[] = [
  {
    id: '90',
    title: 'The months that are played',
    inject:
      'two months of two legal entities in three currencies: contracts that change, credits, refunds, cards that fail, another tax rate, webhooks repeated, an ERP that is away, usage corrected after its seal',
    expected: 'books, billing and usage agree to the minor unit, every control is zero, and invoices are traced from events to the books',
    slow: true,
    async play({ times, seed, withinMs }) {
      const customers = times(12, 500);
      const { code, lines } = await run(['--books', 'sandbox', '--customers', String(customers), '--seed', seed, '--json'], withinMs);
      const last = lines.at(-1) ?? '';
      const ended = last.startsWith('{') ? (JSON.parse(last) as Ended) : undefined;
      const said = lines.filter((line) => line.trimStart().startsWith('WRONG')).map((line) => line.trim());
      const broken = [...said];
      if (!ended) broken.push(`it ended with ${code ?? 'a signal'} and without a verdict; the last it said is ${JSON.stringify(last)}`);
      else if (code !== 0 || ended.passed !== 1 || ended.differenceMinorUnits !== 0)
        broken.push(`${ended.passed} passed, ${ended.failed} failed, ${ended.differenceMinorUnits} minor units of difference`);
      return {
        documents: ended?.documents ?? 0,
        counts: { customers, 'invoices traced': ended?.traced ?? 0, 'minor units of difference': ended?.differenceMinorUnits ?? 0 },
        broken,
      };
    },
  },
];

/** Its exit code, undefined when it was ended since the time was over, and what it said. */
async function run(args: readonly string[], withinMs: number): Promise<{ code: number | undefined; lines: string[] }> {
  const child = spawn(process.execPath, [program, ...args], { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  // Its progress goes to standard error: the last of it says where it stood when it broke.
  let progress = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (progress = (progress + chunk).slice(-2_000)));
  // SIGTERM: it closes what it opened.
  const clock = setTimeout(() => child.kill('SIGTERM'), Math.max(0, withinMs));
  const code = await new Promise<number | undefined>((done, failed) => {
    child.once('error', failed);
    child.once('close', (status) => done(status ?? undefined));
  });
  clearTimeout(clock);
  const lines = (text.trim() === '' ? progress : text).split('\n').filter((line) => line.trim() !== '');
  return { code, lines };
}

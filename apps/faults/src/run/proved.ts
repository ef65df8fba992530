import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Proof } from '../rows/proofs.js';
import { withoutRun, type RowResult } from '../rows/row.js';
import { repository } from '../supervisor/world.js';

/** What Jest reports of one file, as far as it matters here. */
export interface TestFile {
  /** The file, from the repository's root. */
  name: string;
  tests: { title: string; status: 'passed' | 'failed' | 'pending' | 'todo' | 'skipped' | 'disabled'; seconds: number }[];
}

/** A title as it stands in the source, with places for values, as a pattern for the titles that a run reports. */
export const titlePattern = (title: string): RegExp =>
  new RegExp(`^${title.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}|%[a-z]|\$\w+/g, '.*')}$`, 's');

/** The verdict of a row: every test that proves it ran and passed. Pure. */
export function verdictOf(proof: Proof, files: readonly TestFile[]): RowResult {
  const result = withoutRun(proof, 'skipped', proof.open ?? 'no test proves it');
  if (proof.tests.length === 0) return result;
  const wanted = proof.tests.flatMap(({ file, titles }) => titles.map((title) => ({ file, title })));
  const found = wanted.map(({ file, title }) => {
    const pattern = titlePattern(title);
    return { file, title, tests: (files.find(({ name }) => name === file)?.tests ?? []).filter((test) => pattern.test(test.title)) };
  });
  const broken = found.flatMap(({ file, title, tests }) => [
    ...(tests.length === 0 ? [`${file} did not run "${title}"`] : []),
    ...tests.filter(({ status }) => status === 'failed').map((test) => `${file} failed: ${test.title}`),
  ]);
  const ran = found.flatMap(({ tests }) => tests.filter(({ status }) => status === 'passed'));
  const skipped = found.flatMap(({ tests }) => tests.filter(({ status }) => status !== 'passed' && status !== 'failed'));
  const counts = { tests: ran.length, ...(skipped.length > 0 ? { 'tests skipped': skipped.length } : {}) };
  const seconds = Math.round(ran.reduce((sum, test) => sum + test.seconds, 0));
  if (broken.length > 0) return { ...result, verdict: 'red', broken, counts, seconds };
  if (ran.length === 0) return { ...result, reason: 'its tests were skipped: this machine does not have what they need', counts };
  const { reason: _, ...green } = result;
  return { ...green, verdict: 'green', counts, seconds };
}

/** Runs the files that prove these rows, two at a time, and judges the rows. Ends them when the time is over. */
export async function runProofs(proofs: readonly Proof[], withinMs: number): Promise<RowResult[]> {
  const names = [...new Set(proofs.flatMap(({ tests }) => tests.map(({ file }) => file)))];
  const files = names.length === 0 ? [] : await runTests(names, withinMs);
  return proofs.map((proof) => verdictOf(proof, files));
}

async function runTests(names: readonly string[], withinMs: number): Promise<TestFile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-proofs-'));
  const report = join(folder, 'report.json');
  const { NODE_OPTIONS = '' } = process.env;
  try {
    const child = spawn(
      process.execPath,
      [join(repository, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', report, '--maxWorkers', '2', ...names],
      {
        cwd: repository,
        env: { ...process.env, NODE_OPTIONS: `${NODE_OPTIONS} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim() },
        stdio: 'ignore',
      },
    );
    const clock = setTimeout(() => child.kill('SIGTERM'), Math.max(0, withinMs));
    await new Promise((done) => child.once('exit', done).once('error', done));
    clearTimeout(clock);
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
      testResults: { name: string; assertionResults: { title: string; status: TestFile['tests'][0]['status']; duration?: number }[] }[];
    };
    return testResults.map(({ name, assertionResults }) => ({
      name: name.slice(repository.length + 1),
      tests: assertionResults.map(({ title, status, duration = 0 }) => ({ title, status, seconds: duration / 1_000 })),
    }));
  } catch {
    return []; // there is no report: Jest was ended or could not begin, and every row says that its tests did not run
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

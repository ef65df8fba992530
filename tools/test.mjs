// `npm test`: builds everything, then runs every check and every test. Ends with one plain line, `N passed, N failed`, in which a check
// counts as one test, and so does a row of the fault harness, which runs in its short form, and a scenario with few customers. Arguments go to Jest: `npm test -- pipeline` runs
// the tests whose path has that word, and nothing else.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { ensureSystemTools } from './system-tools.mjs';
import { run } from './whole-product.mjs';

const root = resolve(import.meta.dirname, '..');
const chosen = process.argv.slice(2);
const everything = chosen.length === 0;
/** In CI a test that is skipped because a program is missing is a test that failed. */
const strict = process.env.CI === 'true';

const title = (text) => console.log(`\n== ${text}`);

/** A run that hangs ends with a verdict, and with the names of the files that were still running. */
const jestMinutesMax = 70;

/** Runs Jest over all projects and returns its report, or undefined when it wrote none. */
async function jest() {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-test-'));
  const report = join(folder, 'report.json');
  const flags = `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`.trim();
  const code = await new Promise((done) => {
    const args = [join(root, 'node_modules/jest/bin/jest.js'), '--json', '--outputFile', report, ...chosen];
    // The report goes to the file; what people read goes to standard error.
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: flags },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const over = setTimeout(() => {
      console.error(`Jest is ended: it ran for ${jestMinutesMax} minutes. The lines above that begin with "still running" name the files.`);
      child.kill('SIGTERM');
    }, jestMinutesMax * 60_000);
    child.on('error', () => done(1));
    child.on('exit', (status) => {
      clearTimeout(over);
      done(status ?? 1);
    });
  });
  try {
    return { code, ...JSON.parse(readFileSync(report, 'utf8')) };
  } catch {
    return { code, testResults: [], missing: true };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The project of a test file: the part of the product that it lies in. */
const projectOf = (file) => /^(?:apps|clients|connectors)\/[^/]+|^[^/]+/.exec(relative(root, file))?.[0] ?? 'other';

function summary(report) {
  const projects = new Map();
  const skipped = [];
  for (const file of report.testResults) {
    const counts = projects.get(projectOf(file.name)) ?? { passed: 0, failed: 0, skipped: 0 };
    projects.set(projectOf(file.name), counts);
    // A file that could not be loaded has no tests and is one failure.
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) counts.failed += 1;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1;
      else if (test.status === 'failed') counts.failed += 1;
      else {
        counts.skipped += 1;
        skipped.push(`${relative(root, file.name)}: ${test.fullName}`);
      }
    }
  }
  return { projects: [...projects].sort(([a], [b]) => a.localeCompare(b)), skipped };
}

const total = { passed: 0, failed: 0, skipped: 0 };
const add = (counts) => Object.keys(total).forEach((key) => (total[key] += counts[key]));

/** What runs the whole product from outside, in its short form. */
const fromOutside = [
  { app: 'faults', options: ['--short', '--json'] },
  { app: 'scenarios', options: ['--books', 'sandbox', '--customers', '12', '--json'] },
];

/** Runs them beside each other: they mostly wait, for leases and for processes that come back. */
const runFromOutside = () => Promise.all(fromOutside.map(async ({ app, options }) => ({ app, ...(await run(app, options)) })));

let missingTools = [];
let played = [];
if (everything) {
  missingTools = ensureSystemTools();
  title('build');
  const built = await build((name) => console.log(`built ${name}`)).then(
    () => true,
    (error) => {
      console.error(error.message);
      return false;
    },
  );
  add({ passed: Number(built), failed: Number(!built), skipped: 0 });
  // The checks take what is left of the processors.
  const outside = built ? runFromOutside() : Promise.resolve([]);
  title('checks');
  for (const { passed } of await check([], { niceness: 10 })) add({ passed: Number(passed), failed: Number(!passed), skipped: 0 });
  played = await outside;
  for (const { app, lines } of played) {
    title(app);
    for (const line of lines.slice(0, -1)) console.log(line);
  }
}

title('tests');
const report = await jest();
const { projects, skipped } = summary(report);
title('summary');
for (const [name, counts] of projects) {
  add(counts);
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
}
for (const { app, code, last } of played) {
  const { passed = 0, failed = 1, skipped: left = 0 } = last.startsWith('{') ? JSON.parse(last) : {};
  // An exit code says more than a count: whatever ended the program is one failure at least.
  const counts = { passed, failed: code === 0 ? failed : Math.max(1, failed), skipped: left };
  add(counts);
  console.log(`${app}: ${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`);
}
for (const line of skipped) console.log(`skipped  ${line}`);
if (strict && missingTools.length > 0) {
  console.log(`failed  these programs could not be installed: ${missingTools.join(', ')}`);
  total.failed += missingTools.length;
}
if (report.code !== 0 && total.failed === 0) {
  console.log(report.missing ? 'failed  Jest ended without a report' : `failed  Jest ended with ${report.code}`);
  total.failed += 1;
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;

// Everything that can be known without running the product: types, lint, boundaries, formatting, generated files. One line per check, then
// every finding; ends with 1 when any check fails. `npm run check` runs all, `npm run check -- lint types` those that are named.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const cache = join(root, 'node_modules/.cache/waybill');
const modules = (path) => join(root, 'node_modules', path);

/** Folders below the root that have a `tsconfig.json`: the packages, the mappings' tests and the tools' own. */
function typedFolders() {
  const below = (folder) =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [`${folder}/${e.name}`] : []));
  return [...below('apps'), ...below('clients'), ...below('connectors'), 'mappings/language', 'mappings', 'tools'].filter((folder) =>
    existsSync(join(root, folder, 'tsconfig.json')),
  );
}

/** The checks, the longest first, as the commands that make them. */
function checks() {
  // TypeScript 7 is native and quick, and oxlint reads types with it; it has no API in JavaScript: ESLint and what generates the client read with 6.
  const types = typedFolders().map((folder) => ({
    name: `types of ${folder}`,
    group: 'types',
    command: [
      modules('tsnative/bin/tsc'),
      '-p',
      folder,
      '--pretty',
      'false',
      '--incremental',
      '--tsBuildInfoFile',
      join(cache, `${folder.replace('/', '-')}.tsbuildinfo`),
    ],
  }));
  const lint = [
    { name: 'lint', command: [modules('eslint/bin/eslint.js'), '.', '--max-warnings', '0'] },
    { name: 'lint with types', command: [modules('oxlint/bin/oxlint'), '--type-aware', '--disable-nested-config', '--deny-warnings', '.'] },
  ].map((one) => ({ ...one, group: 'lint' }));
  return [
    ...lint,
    ...types,
    {
      name: 'boundaries',
      group: 'boundaries',
      command: [
        modules('dependency-cruiser/bin/dependency-cruise.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err-long',
        'apps',
        'clients',
        'connectors',
        'mappings',
        'tools',
      ],
    },
    { name: 'formatting', group: 'formatting', command: [modules('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
    { name: 'generated files', group: 'generated', command: ['tools/generate.mjs', '--check'], needs: 'apps/engine/dist/routes.js' },
  ];
}

function run({ command, needs }, niceness) {
  if (needs && !existsSync(join(root, needs)))
    return Promise.resolve({ passed: false, findings: `${needs} is missing: run \`npm run build\` first.` });
  return new Promise((done) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (child.pid !== undefined && niceness > 0) setPriority(child.pid, niceness);
    let findings = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (findings += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk) => (findings += chunk));
    child.on('error', (error) => done({ passed: false, findings: String(error) }));
    child.on('exit', (code) => done({ passed: code === 0, findings: findings.trim() }));
  });
}

/** Runs the checks, as many at a time as there are processors (four at most), and tells each as it ends. The nicer, the more they leave to what runs beside them. */
export async function check(groups = [], { tell = console.log, niceness = 0 } = {}) {
  mkdirSync(cache, { recursive: true });
  const waiting = checks().filter((one) => groups.length === 0 || groups.includes(one.group));
  const results = [];
  const work = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const started = performance.now();
      const { passed, findings } = await run(one, niceness);
      results.push({ name: one.name, passed, findings });
      tell(`${passed ? 'pass' : 'FAIL'}  ${one.name}  (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, work));
  for (const { name, findings } of results.filter((result) => !result.passed)) tell(`\n— ${name}\n${findings}`);
  return results;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await check(process.argv.slice(2));
  const failed = results.filter((result) => !result.passed).length;
  console.log(failed === 0 ? `\nall ${results.length} checks pass` : `\n${failed} of ${results.length} checks fail`);
  process.exitCode = failed === 0 ? 0 : 1;
}

// `npm run faults`: builds what has changed, then runs the fault harness. Its options are in docs/operating/faults.md.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, root } from './build.mjs';

const program = join(root, 'apps/faults/dist/main.js');

/** Runs the harness; what people read goes to standard error. Resolves with its exit code and its last line, which `--json` makes JSON. */
export function faults(options) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [program, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => (said += chunk));
    child.on('error', () => done({ code: 1, last: '' }));
    child.on('exit', (code) => done({ code: code ?? 1, last: said.trim().split('\n').at(-1) ?? '' }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build(() => undefined);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // The harness gets the terminal's Ctrl-C itself and closes what it opened; other signals are handed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

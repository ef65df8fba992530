// Programs that run the whole product from outside: the fault harness and the scenarios. As commands of their own, and as a part of `npm test`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './build.mjs';

const programOf = (app) => join(root, `apps/${app}/dist/main.js`);

/** Runs one; what people read goes to standard error. Resolves with its exit code and its last line, which `--json` makes JSON. */
export function run(app, options) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [programOf(app), ...options], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    child.on('error', () => done({ code: 1, last: '', lines }));
    child.on('exit', (code) => {
      if (rest !== '') lines.push(rest);
      done({ code: code ?? 1, last: lines.filter((line) => line.trim() !== '').at(-1) ?? '', lines });
    });
  });
}

/** Builds what has changed, then is that program: with the arguments and the exit code of this one. */
export async function runAlone(app) {
  try {
    await build(() => undefined);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const child = spawn(process.execPath, [programOf(app), ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  // It gets the terminal's Ctrl-C itself and closes what it opened; other signals are handed on.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}

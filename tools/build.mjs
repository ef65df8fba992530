// Builds every package in the order of their dependencies, with a line for each as it is taken up; what has not changed is not built again.
import { spawn } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs the build; `tell` hears each package as it is taken up. Rejects with the compiler's own words. */
export function build(tell) {
  return new Promise((done, fail) => {
    const nx = spawn(
      process.execPath,
      [resolve(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '--target=build', '--output-style=stream'],
      {
        cwd: root,
        env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_INTERACTIVE: 'false', FORCE_COLOR: '0' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const lines = [];
    let rest = '';
    const read = (chunk) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        const task = /^> nx run (\S+):build( {2}\[.*cache\])?/.exec(line);
        if (task) tell(`${task[1].replace('@waybill/', '')}${task[2] ? ' (unchanged)' : ''}`);
      }
    };
    nx.stdout.setEncoding('utf8').on('data', read);
    nx.stderr.setEncoding('utf8').on('data', read);
    nx.on('error', fail);
    nx.on('exit', (code) => (code === 0 ? done() : fail(new Error(`The build failed:\n${lines.slice(-40).join('\n')}`))));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build((name) => console.log(`  ${name}`)).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}

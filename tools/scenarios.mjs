// `npm run scenarios`: builds what has changed, then plays the months. Its options are in apps/scenarios/README.md.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './build.mjs';

try {
  await build(() => undefined);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const child = spawn(process.execPath, [join(root, 'apps/scenarios/dist/main.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// The program gets the terminal's Ctrl-C itself and closes what it opened; other signals are handed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

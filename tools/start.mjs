// Starts the engine and the console without the demo; builds first what is not built. Settings come from the environment.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from './build.mjs';

try {
  console.log('Building');
  await build((name) => console.log(`  ${name}`));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const engine = spawn(process.execPath, [join(root, 'apps/engine/dist/cli/waybill.js'), 'serve'], { cwd: root, stdio: 'inherit' });
// The engine gets the terminal's Ctrl-C itself and drains; this process only waits for it. Other signals are handed on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => engine.kill(signal));
engine.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

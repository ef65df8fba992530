// Programs that some tests need and npm does not bring: a browser, a Redis, a NATS, a Kafka, a clock that lies, and an SSH server. Installs what is
// missing where it may (root on Debian or Ubuntu), quietly; elsewhere it says in one line what is missing, and the tests that need it say so when they are skipped.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program, the names it goes by, and the Debian package that has it. */
export const systemTools = [
  { tool: 'chromium', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], packageName: 'chromium' },
  { tool: 'redis-server', names: ['redis-server'], packageName: 'redis-server' },
  { tool: 'nats-server', names: ['nats-server'], packageName: 'nats-server' },
  // With `test.mock.num.brokers` kcat is a Kafka cluster in memory that speaks the real protocol.
  { tool: 'kcat', names: ['kcat'], packageName: 'kcat' },
  { tool: 'faketime', names: ['faketime'], packageName: 'faketime' },
  // A door into the machine that nobody asked for: the tests start one of their own, and the package's stays shut.
  { tool: 'sshd', names: ['sshd'], packageName: 'openssh-server', service: 'ssh.service' },
];

/** Where the first of the names lies on the PATH. */
function find(names) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin']) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not here: the next name, then the next folder
      }
    }
  }
  return undefined;
}

const missing = () => systemTools.filter(({ names }) => find(names) === undefined);
const mayInstall = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && find(['apt-get']) !== undefined;

/** Installs what is missing where that is possible. Returns the names of what is still missing. */
export function ensureSystemTools(tell = console.log) {
  const wanted = missing();
  if (wanted.length > 0 && mayInstall()) {
    tell(`installing ${wanted.map(({ tool }) => tool).join(', ')} …`);
    const apt = (...args) =>
      spawnSync('apt-get', ['-qq', ...args], {
        stdio: 'ignore',
        timeout: 300_000,
        // Offline, so that no package starts its service.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_OFFLINE: '1' },
      });
    apt('update');
    // Each alone, so that one that cannot be had does not keep the other away.
    for (const { packageName, service } of wanted) {
      apt('-y', '--no-install-recommends', 'install', packageName);
      if (service) spawnSync('systemctl', ['disable', service], { stdio: 'ignore' });
    }
  }
  const still = missing().map(({ tool }) => tool);
  if (still.length > 0)
    tell(`not installed: ${still.join(', ')}; the tests that need ${still.length === 1 ? 'it' : 'them'} are skipped and say so`);
  return still;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = ensureSystemTools().length === 0 ? 0 : 1;

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where Debian and others have it; it must be started by its whole path. */
const program = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'].find((path) => existsSync(path));
export const missingSshd: string | undefined =
  program && !spawnSync('ssh-keygen', ['-?']).error ? undefined : 'there is no sshd and ssh-keygen here; install openssh-server';

export interface RunningSshd {
  port: number;
  /** `SHA256:…` of its host key, as its own tool says. */
  fingerprint: string;
  username: string;
  privateKey: string;
  /** The same key under a passphrase, and one that nobody let in. */
  lockedKey: string;
  passphrase: string;
  strangeKey: string;
  stop(): Promise<void>;
}

const textOf = (...path: string[]) => readFileSync(join(...path), 'utf8');

/** An OpenSSH server of this user's alone, on loopback, with keys that are made for it; it serves files and nothing else. */
export async function startSshd(): Promise<RunningSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-sshd-'));
  const make = (name: string, passphrase = '') => {
    const { status, stderr } = spawnSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-N',
      passphrase,
      '-C',
      'waybill',
      '-f',
      join(folder, name),
    ]);
    if (status !== 0) throw new Error(String(stderr));
  };
  for (const name of ['host', 'user', 'strange']) make(name);
  writeFileSync(join(folder, 'locked'), textOf(folder, 'user'), { mode: 0o600 });
  const passphrase = 'a passphrase of the test';
  spawnSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', join(folder, 'locked')]);
  writeFileSync(join(folder, 'authorized'), textOf(folder, 'user.pub'), { mode: 0o600 });
  const port = await freePort();
  const options = {
    ListenAddress: `127.0.0.1:${port}`, HostKey: join(folder, 'host'), AuthorizedKeysFile: join(folder, 'authorized'), PidFile: 'none', StrictModes: 'no',
    UsePAM: 'no', PasswordAuthentication: 'no', KbdInteractiveAuthentication: 'no', PermitRootLogin: 'prohibit-password', Subsystem: 'sftp internal-sftp', ForceCommand: 'internal-sftp',
  }; // prettier-ignore
  writeFileSync(join(folder, 'config'), Object.entries(options).map(([name, value]) => `${name} ${value}\n`).join('')); // prettier-ignore
  // sshd of root asks for this folder, which a boot makes.
  if (userInfo().uid === 0) spawnSync('mkdir', ['-p', '/run/sshd']);
  const words: string[] = [];
  const child = spawn(program!, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (text: Buffer) => words.push(text.toString()));
  try {
    await listening(child, words);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const shown = spawnSync('ssh-keygen', ['-lf', join(folder, 'host.pub')]).stdout.toString();
  return {
    port,
    fingerprint: /SHA256:\S+/.exec(shown)![0],
    username: userInfo().username,
    privateKey: textOf(folder, 'user'),
    lockedKey: textOf(folder, 'locked'),
    passphrase,
    strangeKey: textOf(folder, 'strange'),
    async stop() {
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess, words: string[]): Promise<void> {
  return new Promise((listens, failed) => {
    const fail = () => failed(new Error(`sshd did not start: ${words.join('')}`));
    const late = setTimeout(fail, 20_000);
    child.once('exit', fail);
    child.stderr!.on('data', () => {
      if (!words.join('').includes('Server listening')) return;
      clearTimeout(late);
      child.off('exit', fail);
      listens();
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

/** A wire to a port that can be cut after so many bytes have come back from there. */
export async function wireTo(port: number): Promise<{ port: number; cutAfter(bytes: number): void; close(): Promise<void> }> {
  let left = Infinity;
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    // Else each small packet of SFTP waits for the answer to the one before.
    for (const socket of [near, far]) socket.setNoDelay(true);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => (near.destroy(), far.destroy(), sockets.delete(socket)));
    }
    near.pipe(far);
    far.on('data', (data: Buffer) => {
      left -= data.length;
      if (left > 0) near.write(data);
      else near.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    cutAfter: (bytes) => (left = bytes),
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

import {
  isFileName,
  misconfigured,
  temporaryName,
  TransportFailure,
  withLines,
  type ConnectorContext,
  type Folder,
  type FolderFile,
} from '@waybill/sdk';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import ssh2, { type Attributes, type Client, type ConnectConfig, type FileEntryWithStats, type SFTPWrapper } from 'ssh2';
import { text } from './settings.js';

const readyWithinMs = 15_000;
const quietMs = 30_000;
const goodByeMs = 2_000;
const pieceBytes = 32 * 1024;
const entriesMax = 20_000;
/** SSH_FX_NO_SUCH_FILE, SSH_FX_EOF: what is not an error here. */
const [noSuchFile, endOfFile] = [2, 1];

/** What is shown of a host key, as `ssh-keygen -l` shows it. */
export const fingerprintOf = (hostKey: Buffer): string =>
  `SHA256:${createHash('sha256').update(hostKey).digest('base64').replace(/=+$/, '')}`;

/**
 * A connection for one call, on the socket whose address the engine judged. The server is known by the fingerprint of its key, and by nothing else: one that
 * shows another is refused before anybody signs in. A connection that ends in between fails every call that waits, and is not made anew.
 */
export async function withSftp<T>(context: ConnectorContext, path: string, run: (folder: Folder) => Promise<T>): Promise<T> {
  const { settings, dial } = context;
  const [, host = '', port = '0'] = /^(.+):(\d+)$/.exec(text(settings, 'address')) ?? [];
  const signIn = signInOf(context);
  const client = new ssh2.Client();
  const lost = new Lost();
  let socket: Socket | undefined;
  try {
    await lost.unless(
      new Promise<void>((ready, failed) => {
        client.once('ready', ready);
        // Without a listener that stays, a connection that breaks between two calls would end the process.
        client.on('error', (error: Error) => (failed(error), lost.because(error)));
        client.on('close', () => lost.because(new TransportFailure({ sent: true, code: 'reset', message: `the connection to ${host} ended` })));
        socket = dial({ host, port: Number(port), encrypted: 'later' });
        client.connect({
          ...signIn,
          sock: socket,
          readyTimeout: readyWithinMs,
          hostVerifier: (key: Buffer) => {
            const shown = fingerprintOf(key);
            if (same(shown, text(settings, 'hostFingerprint'))) return true;
            // What the library says of it comes after this, and says less.
            lost.because(strange(host, shown));
            return false;
          },
        });
      }),
    );
    const sftp = await lost.unless(new Promise<SFTPWrapper>((opened, failed) => client.sftp((error, made) => (error ? failed(error) : opened(made)))));
    return await run(await SftpFolder.open(sftp, lost, path, context));
  } finally {
    await letGo(client, socket);
  }
} // prettier-ignore

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const strange = (host: string, shown: string) =>
  misconfigured({
    code: 'host-key-unknown',
    message: `The server ${host} shows the key ${shown}, which is not the one in the connection.`,
    remedy: 'Ask whoever runs the server for its fingerprint by another way; if it has a new key, enter that one.',
  });

/** The sign-in, complete before anything is dialled. Throws `misconfigured`. */
function signInOf({ settings }: ConnectorContext): ConnectConfig {
  const [username, password, key, passphrase] = ['username', 'password', 'privateKey', 'passphrase'].map((name) => text(settings, name)) as [string, string, string, string]; // prettier-ignore
  const missing = [
    ...(text(settings, 'address') === '' ? ['the address'] : []),
    ...(text(settings, 'hostFingerprint') === '' ? ['the fingerprint of the server'] : []),
    ...(username === '' ? ['the user name'] : []),
    ...(password === '' && key === '' ? ['a password or a private key'] : []),
  ];
  if (missing.length > 0)
    throw misconfigured({
      code: 'setting-missing',
      message: `SFTP needs ${missing.join(', ')}, which the connection does not have.`,
      remedy: 'Fill it in.',
    });
  if (key === '') return { username, password };
  const privateKey = withLines(key);
  const parsed = ssh2.utils.parseKey(privateKey, passphrase === '' ? undefined : passphrase);
  if (parsed instanceof Error)
    throw misconfigured({
      code: 'private-key-unreadable',
      message: 'The private key cannot be read with this passphrase.',
      remedy: 'Enter the key as the file has it, OpenSSH or PEM, and its passphrase if it has one.',
    });
  return { username, privateKey, ...(passphrase === '' ? {} : { passphrase }) };
}

/** Ends every wait of a connection once it is gone; the library leaves the calls that were under way without an answer. */
class Lost {
  private error: Error | undefined;
  private waiting = new Set<(error: Error) => void>();

  because(error: Error): void {
    this.error ??= error;
    for (const fail of this.waiting) fail(this.error);
    this.waiting.clear();
  }

  unless<T>(work: Promise<T>): Promise<T> {
    return new Promise<T>((done, failed) => {
      const end =
        <V>(settle: (value: V) => void) =>
        (value: V) => {
          clearTimeout(late);
          this.waiting.delete(fail);
          settle(value);
        };
      const fail = end<Error>(failed);
      const late = setTimeout(() => fail(new TransportFailure({ sent: true, code: 'timeout', message: `no answer within ${quietMs / 1_000} seconds` })), quietMs); // prettier-ignore
      if (this.error) fail(this.error);
      else {
        this.waiting.add(fail);
        work.then(end<T>(done), fail);
      }
      work.catch(() => undefined);
    });
  }
}

/** Says good-bye; whoever never had a connection, or lost it, has nobody to say it to. */
async function letGo(client: Client, socket: Socket | undefined): Promise<void> {
  if (!socket || socket.destroyed) return;
  await new Promise<void>((gone) => {
    const late = setTimeout(() => (client.destroy(), gone()), goodByeMs);
    client.once('close', () => (clearTimeout(late), gone()));
    client.end();
  });
}

type Done<T> = (error: Error | null | undefined, value: T) => void;

class SftpFolder implements Folder {
  private constructor(
    private readonly sftp: SFTPWrapper,
    private readonly lost: Lost,
    /** As the server itself writes it. */
    private readonly path: string,
    private readonly context: ConnectorContext,
  ) {}

  static async open(sftp: SFTPWrapper, lost: Lost, path: string, context: ConnectorContext): Promise<SftpFolder> {
    const real = await new SftpFolder(sftp, lost, path, context).call<string>((done) => sftp.realpath(path, done));
    return new SftpFolder(sftp, lost, real, context);
  }

  async list(): Promise<FolderFile[]> {
    const handle = await this.call<Buffer>((done) => this.sftp.opendir(this.path, done));
    const found: FolderFile[] = [];
    let entries = 0;
    try {
      for (;;) {
        const some = await this.orNothing(endOfFile, this.call<FileEntryWithStats[]>((done) => this.sftp.readdir(handle, done as never)));
        if (!some) return found;
        if ((entries += some.length) > entriesMax) throw full(this.path);
        for (const { filename, attrs } of some) if (isRegular(attrs) && isFileName(filename)) found.push(fileOf(filename, attrs));
      }
    } finally {
      await this.call<void>((done) => this.sftp.close(handle, done as never)).catch(() => undefined);
    }
  } // prettier-ignore

  async look(name: string): Promise<FolderFile | undefined> {
    const attrs = await this.orNothing(noSuchFile, this.call<Attributes>((done) => this.sftp.lstat(this.place(name), done as never))); // prettier-ignore
    return attrs && isRegular(attrs) ? fileOf(name, attrs) : undefined;
  }

  async *read(name: string, from: number): AsyncGenerator<Buffer> {
    const handle = await this.call<Buffer>((done) => this.sftp.open(this.place(name), 'r', done));
    try {
      for (let at = from; ;) {
        const piece = Buffer.allocUnsafe(pieceBytes);
        const count = await this.orNothing(endOfFile, this.call<number>((done) => this.sftp.read(handle, piece, 0, pieceBytes, at, done as never))); // prettier-ignore
        if (count === undefined || count === 0) return;
        at += count;
        yield piece.subarray(0, count);
      }
    } finally {
      await this.call<void>((done) => this.sftp.close(handle, done as never)).catch(() => undefined);
    }
  }

  async write(name: string, content: Buffer): Promise<void> {
    const temporary = this.place(temporaryName(name), true);
    await this.unsent(async () => {
      const handle = await this.call<Buffer>((done) => this.sftp.open(temporary, 'w', { mode: 0o640 }, done));
      for (let at = 0; at < content.length; at += pieceBytes) {
        const length = Math.min(pieceBytes, content.length - at);
        await this.call<void>((done) => this.sftp.write(handle, content, at, length, at, done as never));
      }
      await this.call<void>((done) => this.sftp.close(handle, done as never));
      const { size } = await this.call<Attributes>((done) => this.sftp.lstat(temporary, done as never));
      if (size !== content.length)
        throw new TransportFailure({ sent: false, code: 'short', message: `the server has ${size} bytes of ${content.length}` });
    });
    await this.rename(temporary, this.place(name));
  }

  async move(name: string, { into, name: newName }: { into?: string; name: string }): Promise<void> {
    if (
      into !== undefined &&
      !(await this.orNothing(
        noSuchFile,
        this.call<Attributes>((done) => this.sftp.lstat(this.place(into), done as never)),
      ))
    )
      // prettier-ignore
      await this.call<void>((done) => this.sftp.mkdir(this.place(into), done as never));
    await this.rename(this.place(name), into === undefined ? this.place(newName) : `${this.place(into)}/${checked(newName)}`);
  }

  async remove(name: string): Promise<void> {
    await this.orNothing(
      noSuchFile,
      this.call<void>((done) => this.sftp.unlink(this.place(name), done as never)),
    );
  }

  /**
   * Over another of that name. The rename of SFTP 3 refuses that, OpenSSH has one that does not; elsewhere the older one is removed first, and for that moment
   * there is none.
   */
  private async rename(from: string, to: string): Promise<void> {
    try {
      await this.call<void>((done) => this.sftp.ext_openssh_rename(from, to, done as never));
    } catch (error) {
      if (!/does not support this extended request/i.test((error as Error).message)) throw error;
      await this.orNothing(
        noSuchFile,
        this.call<void>((done) => this.sftp.unlink(to, done as never)),
      );
      await this.call<void>((done) => this.sftp.rename(from, to, done as never));
    }
  }

  /** Nothing has its name yet, however this ends. */
  private async unsent<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (typeof (error as { code?: unknown }).code === 'number') throw error;
      throw new TransportFailure({ sent: false, code: 'reset', message: (error as Error).message }, { cause: error });
    }
  }

  private place(name: string, hidden = false): string {
    return `${this.path === '/' ? '' : this.path}/${hidden ? name : checked(name)}`;
  }

  private call<T>(ask: (done: Done<T>) => unknown): Promise<T> {
    if (this.context.signal.aborted) throw new TransportFailure({ sent: false, code: 'aborted', message: 'the lease ended' });
    return this.lost.unless(
      new Promise<T>((given, failed) => {
        ask((error, value) => (error ? failed(error) : given(value)));
      }),
    );
  }

  /** What the server answers with this status is nothing. */
  private async orNothing<T>(status: number, work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if ((error as { code?: unknown }).code === status) return undefined;
      throw error;
    }
  }
}

function checked(name: string): string {
  if (isFileName(name)) return name;
  throw misconfigured({
    code: 'file-name',
    message: `${JSON.stringify(name)} is no name of a file.`,
    remedy: 'Name a file without a folder before it.',
  });
}

const full = (path: string) =>
  misconfigured({
    code: 'folder-full',
    message: `More than ${entriesMax} entries lie in the folder ${path}.`,
    remedy: 'Clear it out, or let files be moved into an archive after they were read.',
  });

/** S_IFREG: no link, no folder, no device. */
const isRegular = ({ mode }: Attributes): boolean => (mode & 0o170000) === 0o100000;
const fileOf = (name: string, { size, mtime }: Attributes): FolderFile => ({
  name,
  bytes: size,
  modifiedAt: new Date(mtime * 1_000).toISOString(),
});

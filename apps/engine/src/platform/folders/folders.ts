import {
  inDoubt,
  isFileName,
  misconfigured,
  retryable,
  temporaryName,
  TransportFailure,
  type Folder,
  type FolderFile,
  type OpenFolder,
} from '@waybill/sdk';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, opendir, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';

interface Bound {
  signal?: AbortSignal | undefined;
  /** Asked before anything is changed: true when the lease is over. */
  isOver?: (() => boolean) | undefined;
}

const entriesMax = 20_000;
const pieceBytes = 64 * 1024;

/**
 * The folders of this machine that connections may use: those that the operator allowed, and what lies inside. A path is judged as what it is when its links
 * are followed; files are opened with links refused, and are regular files.
 */
export class Folders {
  constructor(private readonly allowed: readonly string[]) {}

  openerFor(bound: Bound): OpenFolder {
    return async (path) => new OpenedFolder(path, await this.judged(path), bound, (given) => this.judged(given));
  }

  /** Where a path leads. Throws `misconfigured` when that is not inside an allowed folder. */
  private async judged(path: string): Promise<string> {
    if (!isAbsolute(path) || path.includes('\0') || path.split('/').includes('..'))
      throw refused(
        path,
        'is no absolute path without ".."',
        'Enter the folder as the machine of the engine names it, such as /srv/exchange/in.',
      );
    const real = await realpath(path).catch((error: NodeJS.ErrnoException) => error);
    const roots = await Promise.all(this.allowed.map((root) => realpath(root).catch(() => undefined)));
    const inside = typeof real === 'string' && roots.some((root) => root !== undefined && isInside(real, root));
    // What is outside is not told apart from what is not there.
    if (inside) return real;
    const named = this.allowed.some((root) => isInside(path, root));
    if (typeof real !== 'string' && named) throw failureOf(real, `open the folder ${path}`);
    throw refused(path, 'is not allowed', 'Let an operator allow it or a folder around it with WAYBILL_FOLDERS_ALLOW.');
  }
}

const isInside = (path: string, root: string): boolean => {
  const way = relative(root, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
};

class OpenedFolder implements Folder {
  constructor(
    private readonly path: string,
    /** What the path led to when it was opened. */
    private readonly real: string,
    private readonly bound: Bound,
    private readonly judged: (path: string) => Promise<string>,
  ) {}

  list(): Promise<FolderFile[]> {
    return this.told(`list the folder ${this.path}`, async () => {
      await this.stays();
      const names: string[] = [];
      let entries = 0;
      for await (const entry of await opendir(this.real)) {
        if ((entries += 1) > entriesMax)
          throw misconfigured({
            code: 'folder-full',
            message: `More than ${entriesMax} entries lie in the folder ${this.path}.`,
            remedy: 'Clear it out, or let files be moved into an archive after they were read.',
          });
        if (entry.isFile() && isFileName(entry.name)) names.push(entry.name);
      }
      const found: FolderFile[] = [];
      for (const name of names) {
        const file = await this.lookAt(name);
        if (file) found.push(file);
      }
      return found;
    });
  }

  look(name: string): Promise<FolderFile | undefined> {
    return this.told(`look at ${name} in ${this.path}`, async () => {
      await this.stays();
      return this.lookAt(name);
    });
  }

  async *read(name: string, from: number): AsyncGenerator<Buffer> {
    const file = await this.told(`read ${name} in ${this.path}`, async () => {
      await this.stays();
      return this.opened(name);
    });
    try {
      for (let at = from; ;) {
        const piece = Buffer.allocUnsafe(pieceBytes);
        const { bytesRead } = await this.told(`read ${name} in ${this.path}`, () => file.read(piece, 0, pieceBytes, at));
        if (bytesRead === 0) return;
        at += bytesRead;
        yield piece.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }

  write(name: string, content: Buffer): Promise<void> {
    return this.told(`write ${name} into ${this.path}`, async () => {
      await this.stays();
      const temporary = this.place(temporaryName(this.named(name)));
      // What an interrupted try left; a link in its place would lead the writing elsewhere.
      await rm(temporary, { force: true });
      const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
      const file = await open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o640);
      try {
        await file.writeFile(content);
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(temporary, { force: true });
        throw error;
      }
      await file.close();
      this.mayGoOn();
      await rename(temporary, this.place(name));
      await synced(this.real);
    });
  }

  move(name: string, { into, name: newName }: { into?: string; name: string }): Promise<void> {
    return this.told(`move ${name} in ${this.path}`, async () => {
      await this.stays();
      const target = into === undefined ? this.real : this.place(this.named(into));
      if (into !== undefined) {
        await mkdir(target, { recursive: true });
        if (!(await lstat(target)).isDirectory())
          throw refused(join(this.path, into), 'is a link or a file, not a folder', 'Make it a folder, or name another archive.');
      }
      this.mayGoOn();
      await rename(this.place(this.named(name)), join(target, this.named(newName)));
    });
  }

  remove(name: string): Promise<void> {
    return this.told(`remove ${name} from ${this.path}`, async () => {
      await this.stays();
      this.mayGoOn();
      await rm(this.place(this.named(name)), { force: true });
    });
  }

  /** The path still leads to where it led when it was judged: somebody may have put a link into its place. */
  private async stays(): Promise<void> {
    if (this.bound.signal?.aborted) throw leaseEnded();
    if ((await this.judged(this.path)) !== this.real)
      throw refused(this.path, 'leads somewhere else than a moment ago', 'Leave the folder in its place while it is used.');
  }

  private mayGoOn(): void {
    if (this.bound.signal?.aborted || this.bound.isOver?.()) throw leaseEnded();
  }

  private named(name: string): string {
    if (isFileName(name)) return name;
    throw refused(name, 'is no name of a file', 'Name a file without a folder before it and without a dot at its beginning.');
  }

  private place(name: string): string {
    return join(this.real, name);
  }

  private async lookAt(name: string): Promise<FolderFile | undefined> {
    const stats = await lstat(this.place(this.named(name))).catch(absent);
    return stats?.isFile() ? { name, bytes: stats.size, modifiedAt: stats.mtime.toISOString() } : undefined;
  }

  private async opened(name: string): Promise<FileHandle> {
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    const file = await open(this.place(this.named(name)), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw refused(join(this.path, name), 'is no regular file', 'Take it away.');
  }

  private async told<T>(what: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw failureOf(error, what);
    }
  }
}

/** After a power cut the new name is there only when its folder was synced too. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    await handle.sync();
  } catch (error) {
    throw inDoubt({
      code: 'folder-not-synced',
      message: `The file has its name, and ${folder} could not be synced: ${(error as Error).message}`,
    });
  } finally {
    await handle.close();
  }
}

function absent(error: NodeJS.ErrnoException): Stats | undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

const refused = (path: string, what: string, remedy: string) =>
  misconfigured({ code: 'folder-not-allowed', message: `${path} ${what}.`, remedy });
const leaseEnded = () => new TransportFailure({ sent: false, code: 'aborted', message: 'the lease ended before the file was touched' });

const remedies: Record<string, string> = {
  ENOENT: 'Make the folder, or correct its path in the connection.',
  ENOTDIR: 'Correct the path in the connection: it is no folder.',
  EACCES: 'Give the user of the engine the right to it.',
  EPERM: 'Give the user of the engine the right to it.',
  EROFS: 'Mount it so that it can be written.',
  ELOOP: 'Put the file itself there, not a link.',
};

/** What the machine said. A full disk may have room a moment later; nothing has the file's name until then. */
function failureOf(error: unknown, what: string): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error as Error;
  const facts = { code: code.toLowerCase(), message: `Could not ${what}: ${message}`, vendorWords: message };
  const remedy = remedies[code];
  return remedy === undefined ? retryable(facts) : misconfigured({ ...facts, remedy });
}

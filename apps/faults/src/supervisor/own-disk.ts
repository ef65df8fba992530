import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mountAt = (folder: string, megabytes: number) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { encoding: 'utf8' });

/** Why a disk of its own cannot be had here; undefined when it can. It takes root and the right to mount. */
export function noOwnDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-disk-'));
  try {
    if (mountAt(folder, 1).status !== 0) return 'a small disk cannot be mounted here: that takes root';
    spawnSync('umount', [folder]);
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A disk in memory that can be filled to the last byte without harm to the machine's own. */
export class OwnDisk {
  private constructor(private readonly folder: string) {}

  static async mount(folder: string, megabytes: number): Promise<OwnDisk> {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const { status, stderr } = mountAt(folder, megabytes);
    if (status !== 0) throw new Error(`no disk of ${megabytes} MB could be mounted at ${folder}: ${stderr}`);
    return new OwnDisk(folder);
  }

  private get filler(): string {
    return join(this.folder, 'filler');
  }

  /** Writes until nothing more fits; returns the bytes that it took. May be called again, since the server gives room back at times. */
  async fill(): Promise<number> {
    const file = await open(this.filler, 'a');
    let bytes = 0;
    try {
      for (const block = Buffer.alloc(256 * 1024); ;) bytes += (await file.write(block)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      return bytes;
    } finally {
      await file.close();
    }
  }

  async makeRoom(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  async unmount(): Promise<void> {
    this.unmountNow();
    await rmdir(this.folder).catch(() => undefined); // the server's own end may have removed it
  }

  unmountNow(): void {
    spawnSync('umount', ['--lazy', this.folder]);
  }
}

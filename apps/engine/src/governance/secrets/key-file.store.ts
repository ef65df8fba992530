import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decodeKey } from '../../config/index.js';

/** A key file that is there and holds something else. The message says what to do. */
export class KeyFileError extends Error {}

/**
 * Master keys in a file that only its owner may read: one of 32 bytes a line, in hex or base64, the one that seals first. A line that begins with `#`
 * is a remark.
 */
export class KeyFile {
  constructor(readonly path: string) {}

  /** All keys; a file that is not there is made, with one new key. Throws {@link KeyFileError}. */
  async keys(): Promise<Buffer[]> {
    if (!existsSync(this.path)) await this.write([randomBytes(32)]);
    const lines = (await readFile(this.path, 'utf8')).split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')); // prettier-ignore
    const keys = lines.map(decodeKey);
    const wrong = keys.indexOf(undefined);
    if (keys.length === 0 || wrong >= 0)
      throw new KeyFileError(
        `${this.path} does not hold ${wrong > 0 ? `a key of 32 bytes as number ${wrong + 1}` : 'a key of 32 bytes'}. Restore it: without it the stored secrets cannot be opened.`,
      );
    return keys as Buffer[];
  }

  /** A new key becomes the one that seals; the others stay. */
  async add(): Promise<Buffer> {
    const key = randomBytes(32);
    await this.write([key, ...(await this.keys())]);
    return key;
  }

  /** Whole or not at all: a reader sees the keys of before or those of after. */
  private async write(keys: readonly Buffer[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const beside = `${this.path}.${process.pid}.new`;
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(keys.map((key) => `${key.toString('hex')}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, this.path);
  }
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { decodeKey, type Settings } from '../../config/index.js';
import { sealKeyOf, type SealKey } from './seal.js';

export const SEAL_KEY = Symbol('seal key');

/** A key file that holds something else. */
export class SealKeyError extends Error {}

/** From the setting, else from a file that is made once, readable by its owner only. Never in the database, whose owner could then sign. */
export async function sealKeyFrom(settings: Settings): Promise<SealKey> {
  if (settings.sealKey) return sealKeyOf(decodeKey(settings.sealKey)!);
  const file = join(resolve(settings.dataDir), 'seal.key');
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another process was first; its key is read below
    });
  }
  const seed = decodeKey((await readFile(file, 'utf8')).trim());
  if (!seed)
    throw new SealKeyError(
      `${file} does not hold a key of 32 bytes. Restore it, or move it away: a new key begins a new line of signatures.`,
    );
  return sealKeyOf(seed);
}

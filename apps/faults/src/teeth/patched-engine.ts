import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtEngine, removeAtExit, repository } from '../supervisor/world.js';

/** A place in the built engine and what stands there instead. */
export interface Replacement {
  /** Below `dist`. */
  file: string;
  find: string;
  replace: string;
}

/** A protection that could not be removed: the code has changed, and the tooth must follow it. */
export class ToothDoesNotFit extends Error {}

/** A copy of a built engine with these places changed. Each must be there exactly once. */
export async function patchedEngine(
  replacements: readonly Replacement[],
  from = builtEngine,
): Promise<{ dist: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-tooth-'));
  const forget = removeAtExit(folder);
  const remove = async () => {
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  try {
    const engine = join(folder, 'apps/engine');
    await mkdir(engine, { recursive: true });
    await cp(from, join(engine, 'dist'), { recursive: true });
    await cp(join(from, '../package.json'), join(engine, 'package.json'));
    for (const modules of ['node_modules', 'apps/engine/node_modules'])
      if (existsSync(join(repository, modules))) await symlink(join(repository, modules), join(folder, modules));
    for (const { file, find, replace } of replacements) {
      const path = join(engine, 'dist', file);
      const text = await readFile(path, 'utf8');
      const places = text.split(find).length - 1;
      if (places !== 1) throw new ToothDoesNotFit(`${JSON.stringify(find)} stands in ${file} ${places} times, not once`);
      await writeFile(
        path,
        text.replace(find, () => replace),
      );
    }
    return { dist: join(engine, 'dist'), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

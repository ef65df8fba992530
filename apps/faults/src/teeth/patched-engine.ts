import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtEngine, removeAtExit, repository } from '../supervisor/world.js';

/** A place in the built engine, or in a package that it uses, and what stands there instead. */
export interface Replacement {
  /** Folder of the package in the repository; the engine when left out. */
  package?: 'connectors/sandbox-erp' | 'connectors/http' | 'connectors/tryton' | 'connectors/sdk' | 'mappings/language';
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
    for (const { package: of, file, find, replace } of replacements) {
      const path = join(of === undefined ? engine : await nearer(folder, of), 'dist', file);
      const text = await readFile(path, 'utf8');
      const misfit = misfitIn(text, { file, find });
      if (misfit !== undefined) throw new ToothDoesNotFit(misfit);
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

/** Why a place cannot be changed in what is built now; undefined where it can. */
export async function misfitOf({ package: of, file, find }: Replacement): Promise<string | undefined> {
  const path = join(of === undefined ? builtEngine : join(repository, of, 'dist'), file);
  return existsSync(path) ? misfitIn(await readFile(path, 'utf8'), { file, find }) : `there is no ${file}`;
}

function misfitIn(text: string, { file, find }: Pick<Replacement, 'file' | 'find'>): string | undefined {
  const places = text.split(find).length - 1;
  return places === 1 ? undefined : `${JSON.stringify(find)} stands in ${file} ${places} times, not once`;
}

/** A copy of a package where the engine's copy looks for it first. Those that nobody changes it finds in the repository. */
async function nearer(folder: string, source: string): Promise<string> {
  const from = join(repository, source);
  const { name } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { name: string };
  const to = join(folder, 'apps/node_modules', name);
  if (existsSync(to)) return to;
  await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true });
  await cp(join(from, 'package.json'), join(to, 'package.json'));
  return to;
}

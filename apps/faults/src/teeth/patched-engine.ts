import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtEngine, removeAtExit, repository } from '../supervisor/world.js';

/** A place in the built engine and what stands there instead. */
export interface Replacement {
  /** Below `dist`. */
  file: string;
  /** The folder of a connector, when the place is in it and not in the engine. */
  connector?: string;
  find: string;
  replace: string;
}

/** A protection that could not be removed: the code has changed, and the tooth must follow it. */
export class ToothDoesNotFit extends Error {}

/** A copy of the built engine with these places changed. Each must be there exactly once. */
export async function patchedEngine(replacements: readonly Replacement[]): Promise<{ dist: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-tooth-'));
  const forget = removeAtExit(folder);
  const remove = async () => {
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  try {
    const engine = join(folder, 'apps/engine');
    await mkdir(engine, { recursive: true });
    await cp(builtEngine, join(engine, 'dist'), { recursive: true });
    await cp(join(builtEngine, '../package.json'), join(engine, 'package.json'));
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    await ownModules(join(engine, 'node_modules'), new Set(replacements.flatMap(({ connector }) => connector ?? [])));
    for (const { file, connector, find, replace } of replacements) {
      const path =
        connector === undefined
          ? join(engine, 'dist', file)
          : join(engine, 'node_modules/@waybill', `connector-${connector}`, 'dist', file);
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

/** The engine's own modules, and before the repository's a copy of each connector that is changed. */
async function ownModules(folder: string, connectors: ReadonlySet<string>): Promise<void> {
  await mkdir(join(folder, '@waybill'), { recursive: true });
  const own = join(repository, 'apps/engine/node_modules');
  if (existsSync(own))
    for (const name of await readdir(own))
      if (name !== '@waybill' && !name.startsWith('.')) await symlink(join(own, name), join(folder, name));
  for (const connector of connectors) {
    const [from, to] = [join(repository, 'connectors', connector), join(folder, '@waybill', `connector-${connector}`)];
    await cp(join(from, 'dist'), join(to, 'dist'), { recursive: true });
    await cp(join(from, 'package.json'), join(to, 'package.json'));
  }
}

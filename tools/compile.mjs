// Compiles one package: every TypeScript file under src/ becomes a JavaScript file under dist/, other files are copied.
// Types are checked apart (`npm run check`), so a build takes a second or two and the demo starts soon.
import { transformFile } from '@swc/core';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const source = resolve('src');
const target = resolve('dist');

/** Every file below `folder`, as absolute paths. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(entries.map((e) => (e.isDirectory() ? filesBelow(join(folder, e.name)) : [join(folder, e.name)])));
  return nested.flat();
}

async function compile(file) {
  const name = relative(source, file);
  const out = join(target, name.replace(/\.ts$/, '.js'));
  await mkdir(dirname(out), { recursive: true });
  if (!name.endsWith('.ts')) return cp(file, out);
  const { code, map } = await transformFile(file, { configFile: join(workspaceRoot, '.swcrc'), swcrc: false, sourceFileName: file });
  await writeFile(out, `${code}\n//# sourceMappingURL=${out.split('/').pop()}.map\n`);
  await writeFile(`${out}.map`, map);
}

await rm(target, { recursive: true, force: true });
const isTest = (file) => /\.(test|spec)\.ts$/.test(file) || file.endsWith('.d.ts');
await Promise.all((await filesBelow(source)).filter((file) => !isTest(file)).map(compile));

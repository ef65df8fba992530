// Writes what is generated: the OpenAPI document and the console's typed client. `--check` writes nothing and fails when either is out of date.
// Needs a build of the engine (`npm run build`).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { format } from 'prettier';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const checking = process.argv.includes('--check');
const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'));
const { openApi } = await import(pathToFileURL(resolve(root, 'apps/engine/dist/routes.js')).href);

const document = openApi(version);
const client = astToString(await openapiTS(structuredClone(document)));
const outputs = {
  'docs/reference/openapi.json': await format(JSON.stringify(document), { parser: 'json', printWidth: 140 }),
  'apps/console/src/api/schema.d.ts': `// Generated from docs/reference/openapi.json by \`npm run generate\`.\n${client}`,
};

const stale = [];
for (const [name, text] of Object.entries(outputs)) {
  const file = resolve(root, name);
  if ((await readFile(file, 'utf8').catch(() => '')) === text) continue;
  stale.push(name);
  if (checking) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
if (checking && stale.length > 0) {
  console.error(`Out of date: ${stale.join(', ')}. Run \`npm run build && npm run generate\` and commit the result.`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'generated files are current' : `wrote ${stale.join(', ')}`);

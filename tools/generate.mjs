// Writes what is generated: the OpenAPI document, the console's typed client, what its editor of flows completes, and the reference pages made of the code. `--check` writes
// nothing and fails when one is out of date. Needs a build (`npm run build`).
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { compiledLetters } from './compiled-letters.mjs';
import { flowKeys } from './flow-keys.mjs';
import * as pages from './reference-pages.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const checking = process.argv.includes('--check');
const { version } = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'));
const built = (path) => import(pathToFileURL(resolve(root, path)).href);
const { openApi, routes } = await built('apps/engine/dist/routes.js');
const { settingFacts } = await built('apps/engine/dist/config/settings.js');
const { catalogue } = await built('apps/engine/dist/platform/problems/catalogue.js');
const { meters } = await built('apps/engine/dist/platform/telemetry/index.js');
const { permissions } = await built('apps/engine/dist/governance/access/permissions.js');
const { letters } = await built('apps/engine/dist/platform/mail/letters.js');
const { installedConnectors } = await built('apps/engine/dist/catalog/connections/installed.js');
const { FlowFile } = await built('apps/engine/dist/catalog/flows/flow-file.js');
const { flowWords } = await built('apps/engine/dist/catalog/flows/flow-words.js');
const { functionTable, plainFunctions } = await built('mappings/language/dist/index.js');
const { interfaceKinds, errorClasses } = await built('connectors/sdk/dist/index.js');

const connectors = [...installedConnectors.values()].toSorted((a, b) => a.name.localeCompare(b.name));
/** A connector's test files: its own, and its trip through the posting rules where it is an ERP. */
function testsOf({ name }) {
  const own = readdirSync(resolve(root, `connectors/${name}/src`), { recursive: true }).filter((file) => file.endsWith('.test.ts'));
  const erp = `apps/engine/test/erp/${name}.test.ts`;
  return [...own.map((file) => `connectors/${name}/src/${file}`).toSorted(), ...(existsSync(resolve(root, erp)) ? [erp] : [])];
}

const languagePage = resolve(root, 'docs/reference/mapping-language.md');
const style = await resolveConfig(languagePage);
const markdown = (text) => format(text, { ...style, parser: 'markdown' });
const document = openApi(version);
const client = astToString(await openapiTS(structuredClone(document)));
// The client of Node knows the one route that it calls.
const { post: sendUsage } = document.paths['/v1/usage/events'];
const usageClient = astToString(await openapiTS(structuredClone({ ...document, paths: { '/v1/usage/events': { post: sendUsage } } })));
const outputs = {
  'docs/reference/openapi.json': await format(JSON.stringify(document), { parser: 'json', printWidth: 140 }),
  'apps/console/src/api/schema.d.ts': `// Generated from docs/reference/openapi.json by \`npm run generate\`.\n${client}`,
  'clients/node/src/schema.ts': await format(`// Generated from docs/reference/openapi.json by \`npm run generate\`.\n${usageClient}`, {
    ...style,
    parser: 'typescript',
  }),
  'apps/engine/src/platform/mail/letters.compiled.ts': await format(compiledLetters(letters), { ...style, parser: 'typescript' }),
  'apps/console/src/features/flows/flow-keys.ts': await format(flowKeys(FlowFile, flowWords), { ...style, parser: 'typescript' }),
  'docs/reference/configuration.md': await markdown(pages.configurationPage(settingFacts)),
  'docs/reference/error-codes.md': await markdown(pages.errorCodesPage(catalogue)),
  'docs/reference/metrics.md': await markdown(pages.metricsPage(Object.values(meters))),
  'docs/reference/http-api.md': await markdown(pages.httpApiPage(routes, permissions)),
  'docs/reference/mapping-language.md': await markdown(
    pages.withFunctionTables(await readFile(languagePage, 'utf8'), functionTable, plainFunctions),
  ),
  'docs/reference/flow-file.md': await markdown(
    pages.withFlowKeys(await readFile(resolve(root, 'docs/reference/flow-file.md'), 'utf8'), flowWords),
  ),
  'docs/reference/connectors/index.md': await markdown(
    pages.connectorsPage(connectors, Object.fromEntries(connectors.map((one) => [one.name, testsOf(one)])), {
      kinds: interfaceKinds,
      errorClasses,
    }),
  ),
};
for (const connector of connectors)
  outputs[`docs/reference/connectors/${connector.name}.md`] = await markdown(pages.connectorPage(connector));

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

// Every wall stands: each rule of dependency-cruiser, ESLint and oxlint is broken once in fixture/, and exactly that rule must say so there.
import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const fixture = join(import.meta.dirname, 'fixture');
const require = createRequire(import.meta.url);

/** Runs a tool of the workspace in the fixture and reads the JSON it prints. */
function run<Answer>(name: string, bin: string, args: string[]): Answer {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', name, bin), ...args], {
    cwd: fixture,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (!stdout.startsWith('{') && !stdout.startsWith('[')) throw new Error(`${name} said: ${stderr || stdout}`);
  return JSON.parse(stdout) as Answer;
}

describe('who may import whom', () => {
  /** One crack per rule, by the file that has it. */
  const cracks: Record<string, string> = {
    'apps/engine/src/intake/upward.ts': 'floor-of-exceptions-intake-and-ledger',
    'apps/engine/src/pipeline/upward.ts': 'floor-of-pipeline',
    'apps/engine/src/canon/upward.ts': 'floor-of-catalog-and-canon',
    'apps/engine/src/governance/upward.ts': 'floor-of-governance',
    'apps/engine/src/platform/ids/upward.ts': 'floor-of-platform-and-config',
    'apps/engine/src/intake/sideways.ts': 'neighbours-of-intake-and-ledger',
    'apps/engine/src/exceptions/sideways.ts': 'neighbours-of-exceptions',
    'apps/engine/src/canon/sideways.ts': 'neighbours-of-catalog-and-canon',
    'apps/engine/src/assurance/past-the-door.ts': 'through-the-door',
    'apps/engine/src/serve.ts': 'boot-uses-the-doors-too',
    'apps/engine/src/pipeline/past-the-platform-door.ts': 'through-the-door-of-a-platform-room',
    'apps/engine/src/platform/queue/past-the-door.ts': 'platform-rooms-stay-apart',
    'apps/engine/src/pipeline/with-nest.ts': 'pure-files-know-no-framework',
    'apps/engine/src/pipeline/with-disk.ts': 'pure-files-know-no-framework',
    'apps/engine/src/pipeline/with-store.ts': 'pure-files-get-stores-as-arguments',
    'apps/engine/src/platform/ids/with-nest.ts': 'nest-by-suffix',
    'apps/engine/src/catalog/own-sql.store.ts': 'sql-through-one-door',
    'apps/engine/src/pipeline/own-queue.worker.ts': 'queue-through-one-door',
    'connectors/acme/src/with-neighbour.ts': 'connectors-know-the-sdk-only',
    'connectors/acme/src/with-library.ts': 'connectors-know-the-sdk-only',
    'connectors/acme/src/with-socket.ts': 'connectors-open-no-socket',
    'connectors/sdk/src/of-ours.ts': 'sdk-is-the-innermost-ring',
    'mappings/language/src/with-engine.ts': 'mapping-language-stands-alone',
    'apps/engine/src/pipeline/knows-a-vendor.ts': 'connectors-are-installed-in-one-list',
    'apps/console/src/features/flows/with-engine.ts': 'console-knows-the-api-only',
    'apps/console/src/features/runs/with-neighbour.ts': 'console-features-stand-alone',
    'apps/console/src/parts/knows-a-feature.ts': 'console-parts-know-no-feature',
    'apps/engine/src/canon/circle-a.ts': 'no-cycles',
    'apps/engine/src/canon/lost.ts': 'everything-resolves',
  };
  const config = join(root, '.dependency-cruiser.cjs');
  const answer = run<{ summary: { violations: { from: string; rule: { name: string } }[] } }>(
    'dependency-cruiser',
    'bin/dependency-cruise.mjs',
    ['--config', config, '--output-type', 'json', 'apps', 'connectors', 'mappings'],
  );
  const found = new Map<string, string[]>();
  for (const { from, rule } of answer.summary.violations) found.set(from, [...(found.get(from) ?? []), rule.name]);

  it.each(Object.entries(cracks))('%s breaks %s and nothing else', (file, rule) => {
    expect(found.get(file)).toEqual([rule]);
  });

  it('sound files have no finding', () => {
    expect([...found.keys()].filter((file) => !(file in cracks))).toEqual([]);
  });

  it('every rule has a crack here, and a comment for whoever trips it', () => {
    const { forbidden } = require(config) as { forbidden: { name: string; comment: string }[] };
    expect(forbidden.map((rule) => rule.name).filter((name) => !Object.values(cracks).includes(name))).toEqual([]);
    expect(forbidden.filter((rule) => rule.comment.length < 80).map((rule) => rule.name)).toEqual([]);
  });
});

describe('what a line may say', () => {
  const cracks: Record<string, string> = {
    'apps/engine/src/pipeline/lint/environment.ts': 'waybill/settings-come-from-config',
    'apps/engine/src/pipeline/lint/clock.ts': 'waybill/time-and-chance-are-arguments',
    'apps/engine/src/pipeline/lint/today.ts': 'waybill/time-and-chance-are-arguments',
    'apps/engine/src/pipeline/lint/chance.ts': 'waybill/time-and-chance-are-arguments',
    'apps/engine/src/pipeline/lint/fresh-id.ts': 'waybill/time-and-chance-are-arguments',
    'connectors/acme/src/clock.ts': 'waybill/time-and-chance-are-arguments',
    'apps/engine/src/pipeline/lint/float.ts': 'waybill/money-is-no-float',
    'apps/engine/src/pipeline/lint/rounding.ts': 'waybill/money-is-no-float',
    'apps/engine/src/pipeline/lint/printing.ts': 'waybill/one-wide-line',
    'connectors/acme/src/by-path.test.ts': 'waybill/packages-by-name',
    'apps/console/src/features/runs/untold.tsx': 'i18next/no-literal-string',
    'apps/engine/src/pipeline/lint/value-import.ts': '@typescript-eslint/consistent-type-imports',
    'apps/engine/src/pipeline/lint/anything.ts': '@typescript-eslint/no-explicit-any',
    'apps/engine/src/pipeline/lint/left-over.ts': '@typescript-eslint/no-unused-vars',
  };
  const sound = [
    'apps/engine/src/pipeline/clean.ts',
    'apps/engine/src/pipeline/lint/clock.store.ts',
    'apps/engine/src/config/environment.ts',
    'apps/engine/src/cli/printing.ts',
    'connectors/sdk/src/money.ts',
    'connectors/acme/src/clean.ts',
  ];
  const answer = run<{ filePath: string; messages: { ruleId: string; message: string }[] }[]>('eslint', 'bin/eslint.js', [
    '--config',
    join(root, 'eslint.config.mjs'),
    '--format',
    'json',
    ...Object.keys(cracks),
    ...sound,
  ]);
  const found = new Map(
    answer.map((file) => [file.filePath.slice(fixture.length + 1), [...new Set(file.messages.map((m) => m.ruleId ?? m.message))]]),
  );

  it.each(Object.entries(cracks))('%s breaks %s and nothing else', (file, rule) => {
    expect(found.get(file)).toEqual([rule]);
  });

  it.each(sound)('%s is sound', (file) => {
    expect(found.get(file)).toEqual([]);
  });

  it('every rule that reads types has a crack here, and finds nothing else', () => {
    const { diagnostics } = run<{ diagnostics: { code: string; filename: string }[] }>('oxlint', 'bin/oxlint', [
      '--type-aware',
      '--format',
      'json',
      '.',
    ]);
    expect(Object.fromEntries(diagnostics.map(({ code, filename }) => [filename, code]))).toEqual({
      'apps/engine/src/pipeline/lint/floating.ts': 'typescript(no-floating-promises)',
      'apps/engine/src/pipeline/lint/misused.ts': 'typescript(no-misused-promises)',
      'apps/engine/src/pipeline/lint/half-a-switch.ts': 'typescript(switch-exhaustiveness-check)',
    });
    const { overrides } = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')) as {
      overrides: { rules: object }[];
    };
    const names = overrides.flatMap(({ rules }) => Object.keys(rules).map((name) => name.replace('typescript/', '')));
    expect(names.sort()).toEqual(diagnostics.map(({ code }) => code.replace(/^typescript\((.*)\)$/, '$1')).sort());
  });

  it('every rule of our own has a crack here', async () => {
    const { rules } = (await import('./lint-rules.mjs' as string)) as { rules: Record<string, unknown> };
    expect(Object.keys(rules).filter((name) => !Object.values(cracks).includes(`waybill/${name}`))).toEqual([]);
  });
});

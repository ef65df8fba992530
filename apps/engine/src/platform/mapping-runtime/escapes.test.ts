// A mapping reaches nothing but its input: no constructor, no prototype, no code, nothing that the next mapping sees. With a library that has
// published holes in place of ours the flags of the process still hold; without the flags it gives way, so the probes are real.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hardening, MappingPool } from './pool.js';
import type { BatchMessage, ChildAnswer, EvaluationItem, EvaluationResult } from './protocol.js';

jest.setTimeout(120_000);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-escapes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const canary = (): string => join(folder, 'canary');
const item = (expression: string): EvaluationItem => ({
  expression,
  input: { name: 'a', list: [1, 2], inner: { b: 1 } },
  source: { name: 'a' },
  asOf: '2026-01-01T00:00:00Z',
  optional: true,
});

const starts = ['$', '{}', '{"a": 1}', '[]', '[1]', '""', '"a"', '1', 'true', 'null', 'inner', 'list', '$source', '$sum', '$map', '$money.add', 'function($x) { $x }', '/a/', '$match("a", /a/)', '$spread(inner)']; // prettier-ignore
const names = ['constructor', '__proto__', 'prototype', '__lookupGetter__', '__defineGetter__', '__lookupSetter__', 'valueOf', 'toString', 'hasOwnProperty', 'isPrototypeOf']; // prettier-ignore
/** Every name on every value, as a path, by the function, and through what spreads and lists. */
const walks = starts.flatMap((start) => names.flatMap((name) => [`$type((${start}).${name})`, `$type($lookup(${start}, "${name}"))`]));

/** Code in a text that would leave a mark, for whoever finds something that makes a function of it. */
const code = () => `process.getBuiltinModule("fs").writeFileSync(${JSON.stringify(canary())}, "1")`;
const quoted = (): string => JSON.stringify(`return ${code()}`);
/** What the advisories tell of (CVE-2024-27307, CVE-2026-12208, CVE-2026-77413, CVE-2026-77415), and what is near it. */
const proofs = (): string[] => [
  '$ ~> |$|{"__proto__": {"polluted": true}}|',
  '$ ~> |$lookup($, "__proto__")|{"polluted": true}|',
  '$ ~> |constructor|{"polluted": true}|',
  '$merge([{"__proto__": {"polluted": true}}])',
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  pollution,
  '$lookup($, "__proto__").($lookup($, "__defineSetter__")("polluted", $sum))',
  `constructor(${quoted()})()`,
  `constructor.constructor(${quoted()})()`,
  `($f := $lookup($, "constructor"); $g := $lookup($f, "constructor"); $g(${quoted()})())`,
  `($g := __lookupGetter__; $p := $g("__proto__"); $c := $sum.($p()).constructor; $c(${quoted()})())`,
  `{"_jsonata_function": true, "implementation": constructor}(${quoted()})`,
  `{"_jsonata_lambda": true, "input": $, "environment": $, "body": {"type": "path"}, "arguments": []}()`,
  `$eval(${JSON.stringify(code())})`,
  `$eval("$eval")`,
  code(),
  `$process.exit()`,
  `$require("fs")`,
  `$import("fs")`,
  `$globalThis`,
];
const pollution = '$lookup($, "__proto__").($define := $lookup($, "__defineGetter__"); $define("polluted", $lookup($, "constructor")))';
/** Whether the next expression in the same process sees what one before it left on every object. */
const seen = '$type($lookup({"a": 1}, "polluted"))';

/** A batch in one child of the pool's own kind, from this folder, with these flags. */
async function inChild(file: string, flags: readonly string[], expressions: readonly string[]): Promise<EvaluationResult[]> {
  const child: ChildProcess = fork(file, { env: {}, execArgv: [...flags], serialization: 'json', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    await once(child, 'message');
    const results: EvaluationResult[] = [];
    const message: BatchMessage = { items: expressions.map(item), newTables: [], tableVersions: [] };
    await new Promise<void>((done, failed) => {
      child.on('message', (answer: ChildAnswer) => {
        if (!('index' in answer)) return;
        const { index: _, ...result } = answer;
        if (results.push(result) === expressions.length) done();
      });
      child.once('exit', () => failed(new Error(`the child ended after ${results.length} of ${expressions.length}`)));
      child.send(message);
    });
    return results;
  } finally {
    child.kill('SIGKILL');
  }
} // prettier-ignore

/** The child as it is built, over a library with holes. */
async function planted(): Promise<string> {
  const engine = join(import.meta.dirname, '../../..');
  const require = createRequire(join(engine, 'package.json'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(folder, 'child'), { recursive: true });
  await mkdir(join(modules, '@waybill'), { recursive: true });
  await writeFile(join(folder, 'child/package.json'), '{ "type": "module" }');
  for (const file of ['child.js', 'patient.js', 'protocol.js'])
    await cp(join(engine, 'dist/platform/mapping-runtime', file), join(folder, 'child', file));
  const repository = join(engine, '../..');
  await cp(join(repository, 'mappings/language'), join(modules, '@waybill/mapping-language'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  await symlink(join(repository, 'connectors/sdk'), join(modules, '@waybill/sdk'));
  await symlink(dirname(require.resolve('big.js')), join(modules, 'big.js'));
  await symlink(dirname(require.resolve('jsonata-with-holes')), join(modules, 'jsonata'));
  return join(folder, 'child/child.js');
}

describe('a mapping', () => {
  it('finds nothing behind its values, however it asks', async () => {
    const pool = new MappingPool({ children: 1 });
    try {
      const results = await pool.evaluate(walks.map(item));
      expect(walks.length).toBeGreaterThanOrEqual(200);
      expect(walks.filter((_, n) => 'text' in results[n]!)).toEqual([]);
      const after = await pool.evaluate([...proofs(), seen].map(item));
      expect(after.at(-1)).toEqual({ empty: true });
      expect(existsSync(canary())).toBe(false);
    } finally {
      await pool.close();
    }
  });

  it('has what the walks look for in plain sight when it is there, so that a walk that finds nothing means something', async () => {
    const [there] = await inChildOfOurs([`$type($lookup({"constructor": "a"}, "constructor"))`]);
    expect(there).toEqual({ text: '"string"' });
  });

  it('reaches nothing from a library with holes either: the flags of its process hold', async () => {
    const file = await planted();
    const results = await inChild(file, hardening, [...proofs(), ...walks, seen]);
    expect(results.at(-1)).toEqual({ empty: true });
    expect(existsSync(canary())).toBe(false);
    // Without them the same expression is seen by the next one.
    const bare = await inChild(file, [], [seen, pollution, seen]);
    expect(bare[0]).toEqual({ empty: true });
    expect(bare[2]).not.toEqual({ empty: true });
  });
});

const inChildOfOurs = (expressions: readonly string[]) => inChild(join(import.meta.dirname, '../../../dist/platform/mapping-runtime/child.js'), hardening, expressions); // prettier-ignore

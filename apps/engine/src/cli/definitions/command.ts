import { resolve } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { SchemaBook } from '../../catalog/index.js';
import { settingsOfProcess, valueInEnvironment } from '../../config/index.js';
import { applyChanges } from './apply.js';
import { Caller, Refused } from './caller.js';
import { changesOf, type Change } from './changes.js';
import { checkDefinitions } from './checks.js';
import { countOf, kinds, type Definitions, type Kind } from './definitions.js';
import { secretsFor, withEnvironment, type Environment } from './environment.js';
import { inWords, type Finding } from './findings.js';
import { readFolder, writeFolder } from './folder.js';
import { readInstallation } from './installation.js';

const common = `  --url URL          the installation (default ${'http://127.0.0.1:4180'}); its key stands in WAYBILL_API_KEY
  --no-rows          without the rows of tables
  --json             JSON instead of sentences`;

export const usages = {
  export: `waybill export FOLDER   Write what an installation does as files: connections, event types, tables, mappings, meters, flows, controls, synthetic checks
${common}

Secrets are not in the files: a file names the environment variable that an apply reads. Files of things that the installation
does not have any more are removed; other files of the folder stay. Ends with 0, or with 2 when it could not be exported.`,
  check: `waybill check FOLDER    Say what is wrong with the files and, with --url, what differs from an installation
${common}

Ends with 0 when nothing is wrong and nothing differs, with 1 when something differs, with 2 when something is wrong or
it could not be compared.`,
  apply: `waybill apply FOLDER    Make an installation do what the files say, after showing the plan
  --yes              do not ask
  --note TEXT        why; kept with every version that is made
${common}

What only the installation has stays. Ends with 0 when everything is as the files say, with 1 when something is not yet
(an approval is waited for, or a release has another hash), with 2 when it was not done or stopped in between.`,
} as const;

export interface Surroundings {
  say(text: string): void;
  environment: Environment;
  /** Canonical types and packs of this version. */
  packsDir: string;
  /** A person to ask; undefined: there is none. */
  ask: ((question: string) => Promise<string>) | undefined;
}

interface Asked {
  folder: string;
  api: Caller | undefined;
  url: string;
  rows: boolean;
  json: boolean;
  yes: boolean;
  note: string;
}

class Misused extends Error {}

/** Runs `waybill export`, `waybill check` or `waybill apply`; returns the exit code. */
export async function runDefinitions(command: keyof typeof usages, args: readonly string[], around: Surroundings): Promise<number> {
  try {
    const asked = readArguments(command, args, around);
    if (!asked) {
      around.say(`${usages[command]}\n`);
      return args.includes('--help') ? 0 : 2;
    }
    return await { export: runExport, check: runCheck, apply: runApply }[command](asked, around);
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const why = error instanceof Refused || error instanceof Misused || code?.startsWith('ERR_PARSE_ARGS') ? (error as Error).message : path ? `${path} cannot be used (${code})` : undefined; // prettier-ignore
    if (why === undefined) throw error;
    around.say(`${why}\n`);
    return 2;
  }
}

export const surroundingsOf = (say: (text: string) => void): Surroundings => ({
  say,
  packsDir: settingsOfProcess().settings.packsDir ?? resolve(import.meta.dirname, '../../../../../mappings'),
  environment: valueInEnvironment,
  ask: stdin.isTTY && stdout.isTTY ? askPerson : undefined,
});

async function askPerson(question: string): Promise<string> {
  const lines = createInterface({ input: stdin, output: stdout });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

function readArguments(command: keyof typeof usages, args: readonly string[], { environment }: Surroundings): Asked | undefined {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'no-rows': { type: 'boolean' },
      json: { type: 'boolean' },
      yes: { type: 'boolean' },
      note: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [folder, ...others] = positionals;
  if (values.help || folder === undefined || others.length > 0) return undefined;
  const needed = command !== 'check' || values.url !== undefined;
  const url = (values.url ?? 'http://127.0.0.1:4180').replace(/\/+$/, '');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new Misused(`${url} is no address such as https://waybill.example`);
  const key = environment('WAYBILL_API_KEY');
  if (needed && !key) throw new Misused('WAYBILL_API_KEY is not set: the installation is asked with the API key that stands there');
  const note = values.note ?? 'waybill apply';
  if (note.trim().length < 3 || note.length > 500) throw new Misused('A note has 3 to 500 characters');
  return {
    folder,
    url,
    api: needed ? new Caller(url, key!) : undefined,
    rows: values['no-rows'] !== true,
    json: values.json === true,
    yes: values.yes === true,
    note,
  };
} // prettier-ignore

async function runExport({ folder, api, url, rows, json }: Asked, { say }: Surroundings): Promise<number> {
  const there = await readInstallation(api!, { rows });
  const { written, removed } = await writeFolder(folder, there);
  if (json) {
    say(`${JSON.stringify({ written, removed, releases: Object.fromEntries(there.releases) })}\n`);
    return 0;
  }
  say(`${written.length} files of ${url} in ${folder}: ${tally(there)}\n`);
  for (const file of removed) say(`  removed ${file}: it is not there any more\n`);
  for (const [flow, hash] of there.releases) say(`  ${flow.padEnd(40)} ${hash}\n`);
  return 0;
}

async function runCheck(asked: Asked, around: Surroundings): Promise<number> {
  const { files, there, findings } = await readBoth(asked, around);
  const changes = there ? changesOf(files, there) : [];
  if (asked.json) around.say(`${JSON.stringify({ findings, changes })}\n`);
  else {
    tellFindings(findings, around);
    if (findings.length === 0) around.say(`${tally(files)}: nothing is wrong\n`);
    if (there) tellChanges(changes, asked.url, around);
  }
  return findings.length > 0 ? 2 : changes.length > 0 ? 1 : 0;
}

async function runApply(asked: Asked, around: Surroundings): Promise<number> {
  const { files, there: before, findings } = await readBoth(asked, around);
  const there = before!;
  const changes = changesOf(files, there);
  const todo = changes.filter(({ act }) => act !== 'only-there');
  const { secrets, findings: unset } = secretsFor(files, there, todo.filter(({ kind }) => kind === 'connection').map(({ name }) => name), around.environment); // prettier-ignore
  findings.push(...unset);
  if (findings.length > 0) {
    tellFindings(findings, around);
    around.say('Nothing was applied.\n');
    return 2;
  }
  tellChanges(changes, asked.url, around);
  if (todo.length > 0) {
    if (!asked.yes && !around.ask) throw new Misused('Nothing was applied: nobody can be asked here. Give --yes.');
    if (!asked.yes && !/^y(es)?$/i.test((await around.ask!(`Apply ${todo.length} to ${asked.url}? [y/N] `)).trim())) {
      around.say('Nothing was applied.\n');
      return 2;
    }
    const waiting = await applyChanges(todo, { api: asked.api!, files, there, secrets, note: asked.note, say: (line) => around.say(`${line}\n`) }); // prettier-ignore
    if (waiting > 0) around.say(`${waiting} of them wait${waiting === 1 ? 's' : ''}: for an approval, or to be made live.\n`);
  }
  return verify(files, await readInstallation(asked.api!, { rows: asked.rows }), around);
}

/** Asks the installation again: what it does now is what the files say, to the hash of every release. */
function verify(files: Definitions, now: Definitions, { say }: Surroundings): number {
  const left = changesOf(files, now).filter(({ act }) => act !== 'only-there');
  for (const { kind, name } of left) say(`  ${kind} ${name} is not as the file says yet\n`);
  const known = [...files.releases].filter(([flow]) => files.flows.has(flow));
  const other = known.filter(([flow, hash]) => now.releases.get(flow) !== hash);
  for (const [flow, hash] of other)
    say(`  flow ${flow}: release ${now.releases.get(flow) ?? 'none'}, exported as ${hash}. The files were changed since, or this installation has other schemas or connectors\n`); // prettier-ignore
  if (left.length === 0) say(`Everything is as the files say${known.length > 0 && other.length === 0 ? `; ${known.length} releases have the hashes of the export` : ''}.\n`); // prettier-ignore
  return left.length > 0 || other.length > 0 ? 1 : 0;
}

async function readBoth({ folder, api, rows }: Asked, { environment, packsDir }: Surroundings) {
  const read = await readFolder(folder);
  const there = api ? await readInstallation(api, { rows }) : undefined;
  if (!rows) for (const table of read.definitions.tables.values()) table.rows = undefined;
  const findings = [...read.findings, ...checkDefinitions(read.definitions, new SchemaBook(packsDir), there)];
  if (!there) return { files: read.definitions, there, findings };
  const { files, findings: unset } = withEnvironment(read.definitions, environment);
  return { files, there, findings: [...findings, ...unset] };
}

function tellFindings(findings: readonly Finding[], { say }: Surroundings): void {
  if (findings.length === 0) return;
  say(`${findings.length} problem${findings.length === 1 ? '' : 's'}:\n`);
  for (const finding of findings) say(`  ${inWords(finding)}\n`);
}

const signs: Record<Change['act'], string> = { add: '+', change: '~', 'only-there': '?' };

function tellChanges(changes: readonly Change[], url: string, { say }: Surroundings): void {
  if (changes.length === 0) return void say(`${url} does what the files say.\n`);
  const of = (act: Change['act']) => changes.filter((change) => change.act === act).length;
  say(`${url}: ${of('add')} to add, ${of('change')} to change, ${of('only-there')} that only the installation has (they stay)\n`);
  for (const { kind, name, act, diff } of changes) {
    say(`${signs[act]} ${kind} ${name}\n`);
    if (act === 'change') say(`${diff.split('\n').map((line) => `    ${line}`).join('\n')}\n`); // prettier-ignore
  }
}

function tally(definitions: Definitions): string {
  const sizes: Record<Kind, number> = {
    connection: definitions.connections.size,
    'event-type': definitions.eventTypes.size,
    table: definitions.tables.size,
    mapping: definitions.mappings.size,
    meter: definitions.meters.size,
    flow: definitions.flows.size,
    control: definitions.controls.size,
    'synthetic-check': definitions.syntheticChecks.size,
  };
  return kinds.filter((kind) => sizes[kind] > 0).map((kind) => countOf(kind, sizes[kind])).join(', ') || 'no definitions'; // prettier-ignore
}

import { pathsRead } from '@waybill/mapping-language';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { compareSamples, type Reader } from './compare.js';
import { inWords } from './report.js';

export const compareSamplesUsage = `waybill compare-samples OLDER NEWER   What changed in a vendor's records from one version of its API to another
  --record NAME      the record in files that hold many by name, as Stripe's fixtures do under "resources"; may be given several times
  --mapping FILE     a mapping (.jsonata) whose fields are looked for among the changes; may be given several times
  --read             only what the mappings read
  --json             JSON instead of tables

OLDER and NEWER are JSON: a record, or many. Ends with 0 when nothing that a mapping reads is gone or of another type, 1 when
something is, 2 when it could not be compared.`;

const fileBytesMax = 50 * 1024 * 1024;

class Unusable extends Error {}

/** Runs `waybill compare-samples …`; returns the exit code. */
export async function runCompareSamples(args: readonly string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        record: { type: 'string', multiple: true },
        mapping: { type: 'string', multiple: true },
        read: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const [older, newer, ...others] = positionals;
    if (values.help || older === undefined || newer === undefined || others.length > 0) {
      say(`${compareSamplesUsage}\n`);
      return values.help ? 0 : 2;
    }
    const readers = await Promise.all((values.mapping ?? []).map(readMapping));
    const [before, now] = [await readJson(older), await readJson(newer)];
    const compared = (values.record ?? [undefined]).map((record) => {
      const changes = compareSamples(recordOf(before, record, older), recordOf(now, record, newer), readers);
      return { record: record ?? basename(newer), changes: values.read ? changes.filter(({ readBy }) => readBy.length > 0) : changes };
    });
    say(values.json ? `${JSON.stringify(compared)}\n` : compared.map(({ record, changes }) => inWords(record, changes)).join('\n'));
    const breaks = compared.some(({ changes }) => changes.some(({ kind, readBy }) => kind !== 'new' && readBy.length > 0));
    return breaks ? 1 : 0;
  } catch (error) {
    if (!(error instanceof Unusable) && !String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error;
    say(`${(error as Error).message}\n`);
    return 2;
  }
}

async function readMapping(path: string): Promise<Reader> {
  const source = await textOf(path);
  try {
    return { name: basename(path).replace(/\.jsonata$/, ''), paths: pathsRead(source) };
  } catch (error) {
    throw new Unusable(`${path} is no mapping: ${(error as Error).message}`);
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await textOf(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unusable(`${path} is no JSON: ${(error as Error).message}`);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > fileBytesMax) throw new Unusable(`${path} has ${size} bytes; ${fileBytesMax} are the most.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function recordOf(file: unknown, record: string | undefined, path: string): unknown {
  if (record === undefined) return file;
  const many = isObject(file) && isObject(file['resources']) ? file['resources'] : file;
  if (isObject(many) && Object.hasOwn(many, record)) return many[record];
  throw new Unusable(`${path} has no record ${record}.`);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

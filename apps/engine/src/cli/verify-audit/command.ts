import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonical } from './canonical.js';
import { Findings } from './findings.js';
import { OutsideSeals } from './outside-seals.js';
import { isHex } from './proof.js';
import { LineRefused, readLine } from './read-lines.js';
import { inWords } from './report.js';
import { checkManifest, verifyExport, type Report } from './verify.js';

export const verifyAuditUsage = `waybill verify-audit FILE   Check an export of the audit log, without the engine and its database
  --key KEY          the public key that must have signed: 64 hexadecimal digits, or a file that holds them;
                     may be given several times where the key was changed
  --seals PATH       seals that were kept outside the database: the file, or a folder of objects
  --manifest FILE    the manifest of a CSV export
  --json             one line of JSON instead of sentences

Ends with 0 when nothing was found, 1 when something was, 2 when it could not be checked.`;

class Unusable extends Error {}

/** Runs `waybill verify-audit …`; returns the exit code. */
export async function runVerifyAudit(args: readonly string[], say: (text: string) => void): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        seals: { type: 'string' },
        manifest: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const [file, ...others] = positionals;
    if (values.help || file === undefined || others.length > 0) {
      say(`${verifyAuditUsage}\n`);
      return values.help ? 0 : 2;
    }
    const pins = new Set(await Promise.all((values.key ?? []).map(readKey)));
    const outside = values.seals === undefined ? undefined : readSeals(values.seals);
    const report =
      values.manifest === undefined
        ? await verifyExport(linesOf(file), { pins, outside })
        : await verifyTable(file, { manifest: values.manifest, pins, outside });
    say(values.json ? `${JSON.stringify(asJson(report))}\n` : inWords(file, report));
    return report.findings.count > 0 ? 1 : 0;
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const why =
      error instanceof Unusable || code?.startsWith('ERR_PARSE_ARGS')
        ? (error as Error).message
        : path
          ? `${path} cannot be read (${code})`
          : undefined;
    if (why === undefined) throw error;
    say(`Not checked: ${why}\n`);
    return 2;
  }
}

async function readKey(given: string): Promise<string> {
  const text = isHex(given.toLowerCase(), 32) ? given : await readFile(given, 'utf8');
  const key = text.trim().toLowerCase();
  if (!isHex(key, 32)) throw new Unusable(`${given} is no key: a key is 64 hexadecimal digits, or a file that holds them`);
  return key;
}

/** Of the file, or of the objects in the folder, in the order of their names. */
async function* readSeals(path: string): AsyncGenerator<string> {
  const files = (await stat(path)).isDirectory() ? (await readdir(path)).sort().map((name) => join(path, name)) : [path];
  if (files.length === 0) throw new Unusable(`${path} holds no seals`);
  for (const file of files) yield* linesOf(file);
}

/** Lines as they stand; a carriage return is part of a line, so that a file that was converted on its way is not taken for the one that was signed. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const { size } = await stat(file);
  if (size === 0) throw new Unusable(`${file} is empty`);
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  if (rest !== '') yield rest;
}

/** A CSV has no proofs: it is shown to be the file that was signed, and its end is compared with the seals outside. */
async function verifyTable(
  file: string,
  given: { manifest: string; pins: Set<string>; outside: AsyncIterable<string> | undefined },
): Promise<Report> {
  const findings = new Findings();
  const manifest = await readManifest(given.manifest);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  checkManifest(manifest, { findings, pins: given.pins, sha256: hash.digest('hex') });
  const outside = given.outside && new OutsideSeals(findings);
  if (outside) await outside.read(given.outside!, given.pins);
  outside?.compareEnd(manifest);
  findings.note(
    'A CSV file has no proofs: it is shown to be the file that the engine exported, not that the log is whole. Export JSONL for that.',
  );
  if (given.pins.size === 0) findings.note('THE KEY IS NOT PINNED: name the one you were given with --key.');
  return {
    ...{ findings, manifest, entries: manifest.entries, unsealed: manifest.unsealed, seals: 0, keys: [manifest.publicKey] },
    ...{
      firstSeq: manifest.firstSeq ?? undefined,
      lastSeq: manifest.lastSeq ?? undefined,
      pinned: given.pins.size > 0,
      outside: outside?.size,
    },
  };
}

async function readManifest(path: string) {
  const text = await readFile(path, 'utf8');
  try {
    // As the API answers it: the order of the members is the sender's.
    const line = readLine(canonical(JSON.parse(text)));
    if (line.kind === 'manifest') return line.manifest;
  } catch (error) {
    if (!(error instanceof LineRefused || error instanceof SyntaxError)) throw error;
  }
  throw new Unusable(`${path} is no manifest of an export`);
}

const asJson = ({ findings, manifest, ...facts }: Report) => ({
  ok: findings.count === 0,
  firstBadSealSeq: findings.firstSeq ?? null,
  problems: findings.count,
  findings: findings.found,
  notes: findings.notes,
  exportedAt: manifest?.exportedAt ?? null,
  whole: manifest?.whole ?? null,
  ...facts,
});

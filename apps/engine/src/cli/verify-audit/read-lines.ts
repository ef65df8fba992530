import { canonical } from './canonical.js';
import { isHex } from './proof.js';

/** A signed point of the chain. */
export interface Seal {
  log: string;
  number: number;
  firstSeq: number;
  lastSeq: number;
  root: string;
  previous: string;
  sealedAt: string;
  publicKey: string;
  /** The text that was hashed and signed. */
  text: string;
  signature: string;
}

export interface EntryLine {
  entry: Record<string, unknown> | null;
  seq: number | null;
  seal: number | null;
  leaf: string;
  proof: string[];
}

export interface Manifest {
  format: string;
  log: string | null;
  exportedAt: string;
  exportedBy: string;
  filter: Record<string, string>;
  whole: boolean;
  entries: number;
  unsealed: number;
  firstSeq: number | null;
  lastSeq: number | null;
  lastSeal: { number: number; hash: string } | null;
  sha256: string;
  publicKey: string;
  text: string;
  signature: string;
}

export type Line = { kind: 'seal'; seal: Seal } | { kind: 'entry'; line: EntryLine } | { kind: 'manifest'; manifest: Manifest };

/** A line that is not of the format, and why. */
export class LineRefused extends Error {}

/**
 * Reads one line. It must be exactly the RFC 8785 text of what it says: otherwise a name could stand in it twice, one for the eye and one for the
 * program. No member may be missing, of another type, or unknown.
 */
export function readLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LineRefused('is not JSON');
  }
  if (canonical(value) !== text)
    throw new LineRefused('is not in canonical form (RFC 8785), so it may say one thing to the eye and another to a program');
  const members = asObject(value, 'the line');
  if ('manifest' in members) {
    only(members, 'manifest signature');
    return { kind: 'manifest', manifest: readManifest(members['manifest'], members['signature']) };
  }
  if ('signature' in members) {
    only(members, 'seal signature');
    return { kind: 'seal', seal: readSeal(members['seal'], members['signature']) };
  }
  only(members, 'entry leaf proof seal seq');
  return { kind: 'entry', line: readEntry(members) };
}

function readSeal(value: unknown, signature: unknown): Seal {
  const seal = asObject(value, 'the seal');
  only(seal, 'firstSeq lastSeq log number previous publicKey root sealedAt type version');
  if (seal['type'] !== 'waybill-audit-seal' || seal['version'] !== 1) throw new LineRefused('is no seal of version 1');
  const [number, firstSeq, lastSeq] = [whole(seal, 'number', 1), whole(seal, 'firstSeq', 1), whole(seal, 'lastSeq', 1)];
  if (lastSeq < firstSeq) throw new LineRefused('is a seal that ends before it begins');
  return {
    ...{ number, firstSeq, lastSeq, log: hex(seal, 'log', 16), root: hex(seal, 'root', 32), previous: hex(seal, 'previous', 32) },
    ...{ sealedAt: instant(seal, 'sealedAt'), publicKey: hex(seal, 'publicKey', 32), text: canonical(seal) },
    signature: hex({ signature }, 'signature', 64),
  };
}

function readEntry(members: Record<string, unknown>): EntryLine {
  const { entry, seq, seal, proof } = members;
  if (!Array.isArray(proof) || !proof.every((step) => isHex(step, 32))) throw new LineRefused('has a proof that is no list of hashes');
  if ((seq === null) !== (seal === null)) throw new LineRefused('has a number without a seal, or a seal without a number');
  return {
    entry: entry === null ? null : asObject(entry, 'the entry'),
    seq: seq === null ? null : whole(members, 'seq', 1),
    seal: seal === null ? null : whole(members, 'seal', 1),
    leaf: hex(members, 'leaf', 32),
    proof: proof as string[],
  };
}

function readManifest(value: unknown, signature: unknown): Manifest {
  const it = asObject(value, 'the manifest');
  only(it, 'entries exportedAt exportedBy filter firstSeq format id lastSeal lastSeq log publicKey sha256 type unsealed version whole');
  if (it['type'] !== 'waybill-audit-export' || it['version'] !== 1) throw new LineRefused('is no manifest of version 1');
  const lastSeal = it['lastSeal'] === null ? null : asObject(it['lastSeal'], 'lastSeal');
  const filter = asObject(it['filter'], 'the filter');
  if (!Object.values(filter).every((part) => typeof part === 'string')) throw new LineRefused('has a filter that is not made of texts');
  if (typeof it['whole'] !== 'boolean' || typeof it['exportedBy'] !== 'string' || typeof it['format'] !== 'string')
    throw new LineRefused('has a manifest with members of another type');
  return {
    ...{ format: it['format'], exportedBy: it['exportedBy'], whole: it['whole'], filter: filter as Record<string, string> },
    ...{ log: it['log'] === null ? null : hex(it, 'log', 16), exportedAt: instant(it, 'exportedAt') },
    ...{ entries: whole(it, 'entries', 0), unsealed: whole(it, 'unsealed', 0) },
    firstSeq: it['firstSeq'] === null ? null : whole(it, 'firstSeq', 1),
    lastSeq: it['lastSeq'] === null ? null : whole(it, 'lastSeq', 1),
    lastSeal: lastSeal && { number: whole(lastSeal, 'number', 1), hash: hex(lastSeal, 'hash', 32) },
    ...{
      sha256: hex(it, 'sha256', 32),
      publicKey: hex(it, 'publicKey', 32),
      text: canonical(it),
      signature: hex({ signature }, 'signature', 64),
    },
  };
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new LineRefused(`is of another form: ${what} is no object`);
  return value as Record<string, unknown>;
}

/** `names` in the order of the alphabet, separated by blanks. */
function only(members: Record<string, unknown>, names: string): void {
  const found = Object.keys(members).sort().join(' ');
  if (found !== names) throw new LineRefused(`has the members ${found || 'none'} where there should be ${names}`);
}

function hex(members: Record<string, unknown>, name: string, bytes: number): string {
  const value = members[name];
  if (!isHex(value, bytes)) throw new LineRefused(`has a ${name} that is not ${bytes} bytes in hex`);
  return value;
}

function whole(members: Record<string, unknown>, name: string, least: number): number {
  const value = members[name];
  if (!Number.isSafeInteger(value) || (value as number) < least)
    throw new LineRefused(`has a ${name} that is no whole number from ${least}`);
  return value as number;
}

function instant(members: Record<string, unknown>, name: string): string {
  const value = members[name];
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(value) || Number.isNaN(Date.parse(value)))
    throw new LineRefused(`has a ${name} that is no time`);
  return value;
}

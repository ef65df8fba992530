import { createHash } from 'node:crypto';
import { Entries } from './entries.js';
import { Findings } from './findings.js';
import { OutsideSeals } from './outside-seals.js';
import { sealHash, signatureHolds } from './proof.js';
import { LineRefused, readLine, type Manifest, type Seal } from './read-lines.js';
import { SealChain, type Pins } from './seal-chain.js';

export interface Report {
  findings: Findings;
  manifest: Manifest | undefined;
  entries: number;
  unsealed: number;
  seals: number;
  firstSeq: number | undefined;
  lastSeq: number | undefined;
  keys: string[];
  pinned: boolean;
  outside: number | undefined;
}

/** Checks an export, line by line: what each entry says, its proof, its seal, the chain of seals, then the manifest and the seals kept outside. */
export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  given: { pins: Pins; outside?: AsyncIterable<string> | Iterable<string> | undefined },
): Promise<Report> {
  const findings = new Findings();
  const outside = given.outside && new OutsideSeals(findings);
  if (outside) await outside.read(given.outside!, given.pins);
  const chain = new SealChain(findings, given.pins, 'the export');
  const entries = new Entries(findings);
  const hash = createHash('sha256');
  const seals: Seal[] = [];
  const gaps: Seal[] = [];
  let manifest: Manifest | undefined;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (manifest) {
      findings.add(null, `line ${number} stands behind the manifest`);
      break;
    }
    try {
      const line = readLine(text);
      if (line.kind === 'manifest') manifest = line.manifest;
      else hash.update(`${text}\n`);
      if (line.kind === 'entry') entries.take(line.line);
      if (line.kind === 'seal') {
        entries.close(); // before the next seal has findings of its own
        if (chain.last && line.seal.number > chain.last.number + 1) gaps.push(chain.last);
        chain.take(line.seal);
        outside?.compare(line.seal);
        entries.begin(line.seal);
        if (seals.length < 2) seals.push(line.seal);
      }
    } catch (error) {
      if (!(error instanceof LineRefused)) throw error;
      findings.add(entries.lastSeq === undefined ? null : entries.lastSeq + 1, `line ${number} ${error.message}`);
      hash.update(`${text}\n`);
    }
  }
  entries.close();
  if (manifest) {
    checkManifest(manifest, { findings, pins: given.pins, entries, sha256: hash.digest('hex'), log: chain.last?.log });
    if (manifest.format !== 'jsonl') findings.add(null, `the manifest is that of a ${manifest.format} file`);
    if (manifest.whole) checkWhole(manifest, { findings, entries, gaps, first: seals, last: chain.last, outside });
    outside?.compareEnd(manifest);
    entries.closeUnsealed(manifest.exportedAt);
  } else findings.add(entries.lastSeq === undefined ? null : entries.lastSeq + 1, 'the file ends without a manifest: its end is missing');
  const keys = new Set([...chain.keys, ...(manifest ? [manifest.publicKey] : [])]);
  tellLimits(findings, { manifest, keys, pinned: given.pins.size > 0, outside: outside !== undefined, entries });
  const { count, unsealed, firstSeq, lastSeq } = entries;
  return {
    findings,
    manifest,
    entries: count,
    unsealed,
    seals: chain.count,
    firstSeq,
    lastSeq,
    keys: [...keys],
    pinned: given.pins.size > 0,
    outside: outside?.size,
  };
}

export function checkManifest(
  manifest: Manifest,
  seen: { findings: Findings; pins: Pins; sha256: string; log?: string | undefined; entries?: Entries },
): void {
  const { findings, pins, sha256, log, entries } = seen;
  if (!signatureHolds(3, manifest.text, manifest.signature, manifest.publicKey))
    findings.add(null, 'the manifest has a signature that does not hold');
  else if (pins.size > 0 && !pins.has(manifest.publicKey))
    findings.add(null, `the manifest is signed with another key (${manifest.publicKey}) than the one you named`);
  if (manifest.sha256 !== sha256)
    findings.add(null, 'the file is not the one that the manifest was signed for: something in it was changed, added or removed');
  if (log !== undefined && manifest.log !== log) findings.add(null, 'the manifest belongs to another log than the seals');
  if (entries && (manifest.entries !== entries.count || manifest.unsealed !== entries.unsealed))
    findings.add(
      null,
      `the manifest counts ${manifest.entries} entries, ${manifest.unsealed} of them not sealed; the file has ${entries.count} and ${entries.unsealed}`,
    );
}

interface WholeFacts {
  findings: Findings;
  entries: Entries;
  /** Seals after which some are missing. */
  gaps: readonly Seal[];
  /** The first two: the one before the range, then the first of it. */
  first: readonly Seal[];
  last: Seal | undefined;
  outside: OutsideSeals | undefined;
}

/** A whole export has every number from the first to the last, begins where its filter says and ends where it says. */
function checkWhole(manifest: Manifest, { findings, entries, gaps, first, last, outside }: WholeFacts): void {
  for (const seal of gaps)
    findings.add(seal.lastSeq + 1, `the seals behind seal ${seal.number} are missing, with the entries from ${seal.lastSeq + 1} on`);
  if (entries.partial > 0 || entries.firstMissing !== undefined)
    findings.add(entries.firstMissing ?? null, `number ${entries.firstMissing} is missing: it was removed from the log`);
  if ((manifest.firstSeq ?? undefined) !== entries.firstSeq || (manifest.lastSeq ?? undefined) !== entries.lastSeq) {
    const beginsRight = entries.firstSeq !== undefined && entries.firstSeq === manifest.firstSeq;
    findings.add(
      beginsRight ? Math.min(entries.lastSeq!, manifest.lastSeq ?? Infinity) + 1 : (manifest.firstSeq ?? entries.firstSeq ?? null),
      `the manifest goes from number ${manifest.firstSeq ?? 'none'} to ${manifest.lastSeq ?? 'none'}, the entries from ${entries.firstSeq ?? 'none'} to ${entries.lastSeq ?? 'none'}`,
    );
  }
  const { from, to } = manifest.filter;
  const anchored = first.length > 0 && (entries.firstSeq === undefined || first[0]!.firstSeq < entries.firstSeq);
  if (manifest.firstSeq !== null && manifest.firstSeq > 1) {
    if (!anchored)
      findings.add(
        manifest.firstSeq,
        `the seal before number ${manifest.firstSeq} is missing, so nothing shows that the export begins early enough`,
      );
    else if (from === undefined || Date.parse(first[0]!.sealedAt) >= Date.parse(from))
      findings.add(1, `the export begins with number ${manifest.firstSeq}, later than ${from ?? 'the log'}: what is before was left out`);
  }
  if (
    to === undefined &&
    last !== undefined &&
    manifest.lastSeal !== null &&
    (last.number !== manifest.lastSeal.number || sealHash(last.text) !== manifest.lastSeal.hash)
  )
    findings.add(
      last.lastSeq + 1,
      `the export ends with seal ${last.number}, the log with seal ${manifest.lastSeal.number}: the end was left out`,
    );
  if (to !== undefined && outside) {
    const next = outside.get((last?.number ?? 0) + 1);
    if (last !== undefined && next !== undefined && Date.parse(next.sealedAt) < Date.parse(to) && next.sealedAt < manifest.exportedAt)
      findings.add(
        next.firstSeq,
        `seal ${next.number} is of ${next.sealedAt}, before the end of the time asked for, and is not in the export`,
      );
  }
}

function tellLimits(
  findings: Findings,
  {
    manifest,
    keys,
    pinned,
    outside,
    entries,
  }: { manifest: Manifest | undefined; keys: Set<string>; pinned: boolean; outside: boolean; entries: Entries },
): void {
  if (!pinned)
    findings.note(
      `THE KEY IS NOT PINNED. The signatures show that one and the same key signed this, not whose it is. Compare the key with the one you were given when the log began, and name it with --key.`,
    );
  if (!pinned && keys.size > 1)
    findings.note(`${keys.size} keys signed. That is right only where the key was changed; name each one that you trust with --key.`);
  if (!outside)
    findings.note(
      'No seals from outside were given (--seals): that the end of the log was not cut off, or the log not written anew by who holds the key, is not shown.',
    );
  if (manifest && !manifest.whole)
    findings.note(
      'This is a part of the log, chosen by a filter: each entry in it is shown to be in the log, but not that no entry was left out. Export a time without other filters for that.',
    );
  if (manifest?.whole && manifest.filter['to'] !== undefined && !outside)
    findings.note('That the export does not end too early for the time asked for is shown only with the seals from outside.');
  if (entries.unsealed > 0)
    findings.note(`${entries.unsealed} entries are not sealed yet: nothing protects them so far. Export again a moment later.`);
  if (entries.oldFormat > 0)
    findings.note(`${entries.oldFormat} entries were written by a release before the seals: their time is not part of what is sealed.`);
}

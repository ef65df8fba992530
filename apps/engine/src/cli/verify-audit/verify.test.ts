// The verifier refuses what is forged: wrong keys, forged proofs and seals, skipped leaves, files that were cut, put together or made ambiguous.
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import { leafOfText } from '../../governance/audit/leaf.js';
import { pathsOf } from '../../governance/audit/merkle.js';
import { makeSeal, sealKeyOf, sealLine, signed, type LastSeal, type SealKey } from '../../governance/audit/seal.js';
import { canonical } from './canonical.js';
import { rootByPath, treeRoot } from './proof.js';
import { verifyExport } from './verify.js';

const key = sealKeyOf(Buffer.alloc(32, 1));
const thief = sealKeyOf(Buffer.alloc(32, 2));
const log = 'ab'.repeat(16);
const time = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, n)).toISOString().replace('Z', '000Z');

interface Row {
  entry: Record<string, unknown> | null;
  leaf: string;
  proof: string[];
  seal: number | null;
  seq: number | null;
}
type Manifest = Record<string, unknown>;
interface Parts {
  seals: { text: string; signature: Buffer }[];
  rows: Row[];
  manifest: Manifest;
}

const entryOf = (n: number, more: Record<string, unknown> = {}) => ({
  ...{
    id: `aud_${n}`,
    at: time(n),
    format: 2,
    actorKind: 'user',
    actorId: 'u',
    actorName: 'ada',
    action: 'flow.saved',
    objectKind: 'flow',
    objectId: `f${n}`,
  },
  ...{ summary: `Ada saved f${n}`, reason: null, before: null, after: { n }, requestId: null, ...more },
});

/** A log of seals with so many entries each, as the engine would export it. */
function logOf(sizes: readonly number[], signer: SealKey = key, more: Record<string, unknown> = {}): Parts {
  const parts: Parts = { seals: [], rows: [], manifest: {} };
  let last: LastSeal | undefined;
  let n = 0;
  for (const size of sizes) {
    const entries = Array.from({ length: size }, () => entryOf((n += 1), more));
    const leaves = entries.map((entry) => leafOfText(canonicalize(entry)));
    const made = makeSeal(signer, last, { log, leaves, sealedAt: time(n + 1) });
    last = { log, number: made.body.number, lastSeq: made.body.lastSeq, hash: made.hash };
    parts.seals.push(made);
    const paths = pathsOf(leaves);
    entries.forEach((entry, i) =>
      parts.rows.push({
        entry,
        leaf: leaves[i]!.toString('hex'),
        proof: paths[i]!.map((p) => p.toString('hex')),
        seal: made.body.number,
        seq: made.body.firstSeq + i,
      }),
    );
  }
  parts.manifest = {
    ...{
      type: 'waybill-audit-export',
      version: 1,
      id: 'exp_1',
      format: 'jsonl',
      log,
      exportedAt: time(n + 60),
      exportedBy: 'ada',
      filter: {},
      whole: true,
    },
    ...{
      entries: n,
      unsealed: 0,
      firstSeq: n === 0 ? null : 1,
      lastSeq: n === 0 ? null : n,
      lastSeal: last ? { number: last.number, hash: last.hash.toString('hex') } : null,
    },
    publicKey: signer.publicKey,
  };
  return parts;
}

const linesOf = ({ seals, rows }: Parts): string[] => {
  const lines: string[] = [];
  let open: number | null = null;
  for (const row of rows) {
    if (row.seal !== open && row.seal !== null && seals[row.seal - 1])
      lines.push(sealLine(seals[row.seal - 1]!.text, seals[row.seal - 1]!.signature));
    open = row.seal;
    lines.push(canonicalize(row));
  }
  return lines;
};

/** Signs the manifest over the lines, as the engine would: so a case shows what is found beside the sum over the file. */
function fileOf(lines: string[], manifest: Manifest, signer: SealKey = key): string[] {
  const sha256 = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
  const whole = { sha256, ...manifest };
  return [...lines, canonicalize({ manifest: whole, signature: signed(signer, 3, whole).signature.toString('hex') })];
}

const judge = (lines: string[], given: { pins?: string[]; outside?: string[] } = {}) =>
  verifyExport(lines, { pins: new Set(given.pins ?? [key.publicKey]), outside: given.outside });
const sizes = [3, 1, 4, 7];
const clean = () => logOf(sizes);
const outsideOf = ({ seals }: Parts) => seals.map(({ text, signature }) => sealLine(text, signature));
const after = (change: (parts: Parts) => void): string[] => {
  const parts = clean();
  change(parts);
  return fileOf(linesOf(parts), parts.manifest);
};
const afterLines = (change: (lines: string[]) => string[]): string[] => {
  const parts = clean();
  return fileOf(change(linesOf(parts)), parts.manifest);
};
/** The seal with the number, changed and signed. */
const seal = (parts: Parts, number: number, change: (body: Record<string, unknown>) => void, signer = key) => {
  const body = JSON.parse(parts.seals[number - 1]!.text) as Record<string, unknown>;
  change(body);
  parts.seals[number - 1] = signed(signer, 2, body);
};
const flip = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}`;

/** Each is a file that the verifier must refuse, with the key pinned. */
const forgeries: Record<string, () => string[]> = {
  // Keys and signatures.
  'everything signed with another key': () => {
    const parts = logOf(sizes, thief);
    return fileOf(linesOf(parts), parts.manifest, thief);
  },
  'one seal signed with another key': () => after((parts) => seal(parts, 2, (body) => void (body['publicKey'] = thief.publicKey), thief)),
  'one seal signed with another key, the right one named': () => after((parts) => seal(parts, 2, () => undefined, thief)),
  'a seal with one bit of its signature turned': () => after((parts) => void (parts.seals[1]!.signature[5]! ^= 1)),
  'a seal with the signature of another': () =>
    after((parts) => void (parts.seals[1] = { text: parts.seals[1]!.text, signature: parts.seals[2]!.signature })),
  'a seal with a signature of zeros': () => after((parts) => void (parts.seals[1]!.signature = Buffer.alloc(64))),
  'a seal with a key of zeros and a signature of zeros': () =>
    after((parts) => {
      seal(parts, 2, (body) => void (body['publicKey'] = '0'.repeat(64)));
      parts.seals[1]!.signature = Buffer.alloc(64);
    }),
  'a manifest signed with another key': () => {
    const parts = clean();
    return fileOf(linesOf(parts), { ...parts.manifest, publicKey: thief.publicKey }, thief);
  },
  'a manifest with a wrong signature': () => {
    const parts = clean();
    return fileOf(linesOf(parts), parts.manifest, thief);
  },
  'a seal passed off for a manifest': () => {
    const lines = linesOf(clean());
    return [...lines.slice(1), lines[0]!];
  },
  // The chain.
  'a seal that names another seal before it': () =>
    after((parts) => seal(parts, 3, (body) => void (body['previous'] = flip(body['previous'] as string)))),
  'a seal of another log': () => after((parts) => seal(parts, 4, (body) => void (body['log'] = 'cd'.repeat(16)))),
  'a seal with the number of another': () => after((parts) => seal(parts, 4, (body) => void (body['number'] = 3))),
  'a seal with a number left out': () => after((parts) => seal(parts, 4, (body) => void (body['number'] = 9))),
  'a seal that begins too late': () => after((parts) => seal(parts, 4, (body) => void (body['firstSeq'] = 10))),
  'a seal that overlaps the one before': () => after((parts) => seal(parts, 3, (body) => void (body['firstSeq'] = 4))),
  'a seal that ends before it begins': () => after((parts) => seal(parts, 2, (body) => void (body['lastSeq'] = 2))),
  'a first seal with something before it': () => after((parts) => seal(parts, 1, (body) => void (body['previous'] = '11'.repeat(32)))),
  'two seals swapped': () => after((parts) => void (parts.seals = [parts.seals[0]!, parts.seals[2]!, parts.seals[1]!, parts.seals[3]!])),
  'a seal left out': () => afterLines((lines) => lines.filter((line) => !line.includes('"number":2,'))),
  'a seal twice': () => afterLines((lines) => [lines[0]!, ...lines]),
  'a seal of another version': () => after((parts) => seal(parts, 2, (body) => void (body['version'] = 2))),
  'a seal with a member more': () => after((parts) => seal(parts, 2, (body) => void (body['note'] = 'x'))),
  // Leaves and proofs.
  'a leaf skipped': () => afterLines((lines) => lines.filter((line) => !line.includes('"seq":6'))),
  'the first leaf skipped': () => afterLines((lines) => lines.filter((line) => !line.includes('"seq":1}'))),
  'the last leaf skipped': () => afterLines((lines) => lines.filter((line) => !line.includes('"seq":15'))),
  'all leaves of a seal skipped': () => afterLines((lines) => lines.filter((line) => !line.includes('"seal":2,'))),
  'a seal skipped with its leaves': () =>
    afterLines((lines) => lines.filter((line) => !line.includes('"seal":2,') && !line.includes('"number":2,'))),
  'the end skipped': () => afterLines((lines) => lines.slice(0, -8)),
  'a proof with a step changed': () => after(({ rows }) => void (rows[5]!.proof[0] = flip(rows[5]!.proof[0]!))),
  'a proof with a step too many': () => after(({ rows }) => void rows[5]!.proof.push('00'.repeat(32))),
  'a proof with a step too few': () => after(({ rows }) => void rows[5]!.proof.pop()),
  'no proof': () => after(({ rows }) => void (rows[5]!.proof = [])),
  'the proof of a neighbour': () => after(({ rows }) => void (rows[5]!.proof = rows[6]!.proof)),
  'a proof with its steps turned around': () => after(({ rows }) => void rows[8]!.proof.reverse()),
  'a node passed off for a leaf': () =>
    after(({ rows }) => {
      rows[5]!.leaf = rows[6]!.proof[1]!;
      rows[5]!.proof = rows[5]!.proof.slice(1);
    }),
  'a leaf that is not what the entry says': () => after(({ rows }) => void (rows[5]!.leaf = rows[6]!.leaf)),
  'an entry changed': () => after(({ rows }) => void (rows[5]!.entry!['summary'] = 'Nothing')),
  'an entry changed, and its leaf with it': () =>
    after(({ rows }) => {
      rows[5]!.entry!['summary'] = 'Nothing';
      rows[5]!.leaf = leafOfText(canonicalize(rows[5]!.entry)).toString('hex');
    }),
  'an entry with another time': () => after(({ rows }) => void (rows[5]!.entry!['at'] = time(500))),
  'an entry of format 1 made of one of format 2': () => after(({ rows }) => void (rows[5]!.entry!['format'] = 1)),
  'an entry with a member more': () => after(({ rows }) => void (rows[5]!.entry!['note'] = 'x')),
  'an entry without a member': () => after(({ rows }) => void delete rows[5]!.entry!['reason']),
  'an entry that is gone': () => after(({ rows }) => void (rows[5]!.entry = null)),
  'an entry in place of another': () => after(({ rows }) => void (rows[5] = { ...rows[6]!, seq: 6 })),
  'two entries swapped': () =>
    after(
      ({ rows }) =>
        void ([rows[5], rows[6]] = [
          { ...rows[6]!, seq: 6 },
          { ...rows[5]!, seq: 7 },
        ]),
    ),
  'an entry twice': () => after(({ rows }) => void rows.splice(5, 0, rows[5]!)),
  'an entry in another seal': () => after(({ rows }) => void (rows[5]!.seal = 4)),
  'an old entry that no seal covers': () =>
    after((parts) => {
      parts.rows.push({
        entry: entryOf(1, { id: 'aud_x', at: '2025-12-31T23:00:00.000000Z' }),
        leaf: '',
        proof: [],
        seal: null,
        seq: null,
      });
      parts.rows.at(-1)!.leaf = leafOfText(canonicalize(parts.rows.at(-1)!.entry)).toString('hex');
      parts.manifest['entries'] = 16;
      parts.manifest['unsealed'] = 1;
    }),
  'an entry with a number and no seal': () => after(({ rows }) => void (rows[5]!.seal = null)),
  // The file.
  'no manifest': () => linesOf(clean()),
  'an empty file': () => [],
  'something behind the manifest': () => [...after(() => undefined), '{}'],
  'a manifest that counts otherwise': () => after(({ manifest }) => void (manifest['entries'] = 14)),
  'a manifest with another range': () => after(({ manifest }) => void (manifest['lastSeq'] = 14)),
  'a manifest of a file with another sum': () => after(({ manifest }) => void (manifest['sha256'] = '00'.repeat(32))),
  'a manifest that knows a later seal': () => after(({ manifest }) => void (manifest['lastSeal'] = { number: 5, hash: '00'.repeat(32) })),
  'a manifest of another log': () => after(({ manifest }) => void (manifest['log'] = 'cd'.repeat(16))),
  'a line that is not JSON': () => afterLines((lines) => lines.with(5, lines[5]!.slice(0, -3))),
  'a line with blanks in it': () => afterLines((lines) => lines.with(5, lines[5]!.replace('"entry":', '"entry": '))),
  'a line with a name twice, one for the eye': () =>
    afterLines((lines) => lines.with(5, lines[5]!.replace('"summary":', '"summary":"Nothing","summary":'))),
  'a line with an escape that need not be': () => afterLines((lines) => lines.with(5, lines[5]!.replace('Ada', '\\u0041da'))),
  'a line with a carriage return': () => afterLines((lines) => lines.map((line) => `${line}\r`)),
};

describe('verifyExport', () => {
  it.each([[[1]], [[3, 1, 4, 7]], [[1, 1, 1]], [[64, 65, 1000]], [[]]])('finds nothing in a clean log with seals of %j', async (of) => {
    const parts = logOf(of);
    const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), of.length > 0 ? { outside: outsideOf(parts) } : {});
    expect(findings.found).toEqual([]);
  });

  it('has fifty forgeries or more to refuse', () => expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(50));

  it.each(Object.entries(forgeries))('refuses %s', async (_, forge) => {
    const { findings } = await judge(forge());
    expect(findings.count).toBeGreaterThan(0);
  });

  it('names the first bad number', async () => {
    const { findings } = await judge(after(({ rows }) => ((rows[9]!.entry!['summary'] = 'x'), void (rows[12]!.entry!['summary'] = 'x'))));
    expect(findings.firstSeq).toBe(10);
    expect(findings.found[0]!.sentence).toMatch(/number 10 .*was changed/);
  });

  it('says when nobody pinned the key, and then believes any one key', async () => {
    const parts = logOf(sizes, thief);
    const { findings } = await judge(fileOf(linesOf(parts), parts.manifest, thief), { pins: [] });
    expect(findings.found).toEqual([]);
    expect(findings.notes.join()).toMatch(/KEY IS NOT PINNED/);
  });

  describe('with the seals from outside', () => {
    it('finds a log that was written anew, even with the right key', async () => {
      const parts = logOf(sizes, key, { summary: 'Nothing' });
      const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), { outside: outsideOf(clean()) });
      expect(findings.firstSeq).toBe(1);
    });

    it('finds a tail that was cut, and says where', async () => {
      const parts = logOf(sizes.slice(0, 2));
      parts.manifest['exportedAt'] = time(100);
      const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), { outside: outsideOf(clean()) });
      expect(findings.firstSeq).toBe(5);
      expect(findings.found[0]!.sentence).toMatch(/the end of the log was cut off/);
    });

    it('does not mind seals that were made after the export', async () => {
      const parts = logOf(sizes.slice(0, 2));
      parts.manifest['exportedAt'] = time(5);
      const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), { outside: outsideOf(clean()) });
      expect(findings.found).toEqual([]);
    });

    it('takes a line that a crash cut short and that follows whole, and no other', async () => {
      const parts = clean();
      const kept = outsideOf(parts);
      const file = fileOf(linesOf(parts), parts.manifest);
      expect((await judge(file, { outside: kept.toSpliced(2, 0, kept[2]!.slice(0, 50)) })).findings.found).toEqual([]);
      expect((await judge(file, { outside: kept.toSpliced(2, 0, kept[3]!.slice(0, 60)) })).findings.count).toBe(1);
      expect((await judge(file, { outside: kept.toSpliced(2, 1) })).findings.count).toBeGreaterThan(0);
      expect((await judge(file, { outside: [...kept, kept[3]!] })).findings.found).toEqual([]);
    });

    it('says that the database was set back when one number has two seals', async () => {
      const parts = clean();
      const other = outsideOf(logOf([3, 1, 5]));
      const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), { outside: [...outsideOf(parts), other[2]!] });
      expect(findings.found.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/two different seals 3 .*set back/)]);
    });
  });

  it('of a part that a filter chose, shows membership and says that it shows no more', async () => {
    const parts = clean();
    parts.rows = parts.rows.filter(({ seq }) => seq === 2 || seq === 9 || seq === 15);
    Object.assign(parts.manifest, { entries: 3, whole: false, filter: { action: 'flow.saved' } });
    const { findings } = await judge(fileOf(linesOf(parts), parts.manifest), { outside: outsideOf(clean()) });
    expect(findings.found).toEqual([]);
    expect(findings.notes.join()).toMatch(/not that no entry was left out/);
  });

  describe('of a time', () => {
    /** Seals 3 and on, with the seal before them. */
    const late = (from: number, anchor = true) => {
      const parts = clean();
      parts.rows = parts.rows.filter(({ seal: number }) => number! >= 3);
      Object.assign(parts.manifest, { entries: 11, firstSeq: 5, filter: { from: time(from) } });
      const lines = linesOf(parts);
      return fileOf(anchor ? [outsideOf(parts)[1]!, ...lines] : lines, parts.manifest);
    };
    it('needs the seal before it, older than the time asked for', async () => {
      expect((await judge(late(6))).findings.found).toEqual([]);
      expect((await judge(late(4))).findings.found).toEqual([
        expect.objectContaining({ sentence: expect.stringMatching(/what is before was left out/) }),
      ]);
      expect((await judge(late(6, false))).findings.count).toBeGreaterThan(0);
    });
  });
});

describe('proofs', () => {
  it('agree with the other way to build the tree, for every place in trees of every size to 70', () => {
    for (let size = 1; size <= 70; size += 1) {
      const leaves = Array.from({ length: size }, (_, n) => createHash('sha256').update(String(n)).digest());
      const root = treeRoot(leaves.map((leaf) => leaf.toString('hex')));
      pathsOf(leaves).forEach((path, index) => {
        const steps = path.map((step) => step.toString('hex'));
        expect(rootByPath(leaves[index]!.toString('hex'), { index, size }, steps)).toBe(root);
        if (size > 1) expect(rootByPath(leaves[index]!.toString('hex'), { index: (index + 1) % size, size }, steps)).not.toBe(root);
      });
    }
  });
});

describe('canonical', () => {
  it('writes what RFC 8785 says, as the library of the sealer does', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: [1e30, 4.5, 2e-3, 1e-27, -0, 0.1 + 0.2, true, null, '\u000f\n"\\\u2028</'],
    };
    expect(canonical(value)).toBe(canonicalize(value));
    expect(canonical([333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
    );
  });
});

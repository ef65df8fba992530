// The archive of an evidence pack: what goes in comes out, with its hash, and the same content makes the same bytes.
import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { EvidenceArchive } from './evidence-archive.js';

const at = new Date('2026-10-05T08:00:00.000Z');
async function pack(files: Record<string, string[]>) {
  const archive = new EvidenceArchive(at);
  const pieces: Uint8Array[] = [];
  for (const [name, text] of Object.entries(files)) for await (const piece of archive.add(name, text)) pieces.push(piece);
  pieces.push(...archive.end());
  return { files: archive.files, bytes: Buffer.concat(pieces) };
}

describe('the archive', () => {
  it('holds each file as it was given, and knows its length and hash', async () => {
    const lines = Array.from({ length: 5_000 }, (_, n) => `"Müller ${n}",12.50\r\n`);
    const { files, bytes } = await pack({ 'a.csv': lines, 'empty.txt': [] });
    const found = unzipSync(bytes);
    expect(strFromU8(found['a.csv']!)).toBe(lines.join(''));
    expect(files).toEqual([
      { name: 'a.csv', bytes: Buffer.byteLength(lines.join('')), sha256: createHash('sha256').update(lines.join('')).digest('hex') },
      { name: 'empty.txt', bytes: 0, sha256: createHash('sha256').digest('hex') },
    ]);
    expect(bytes.length).toBeLessThan(lines.join('').length / 2);
  });
  it('is the same for the same content', async () => {
    const [one, other] = [await pack({ a: ['x'] }), await pack({ a: ['x'] })];
    expect(one.bytes.equals(other.bytes)).toBe(true);
    expect(one.bytes.equals((await pack({ a: ['y'] })).bytes)).toBe(false);
  });
});

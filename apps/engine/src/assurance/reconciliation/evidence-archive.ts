import { Zip, ZipDeflate } from 'fflate';
import { createHash } from 'node:crypto';

export interface PackedFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** A ZIP archive that is made while it is read: a file of a million lines never stands in memory. Each file is counted and hashed on its way. */
export class EvidenceArchive {
  readonly files: PackedFile[] = [];
  private readonly made: Uint8Array[] = [];
  private readonly zip = new Zip((error, piece) => {
    if (error) throw error;
    this.made.push(piece);
  });

  /** `at`: the time that every file has in it, so that the same evidence makes the same archive. */
  constructor(private readonly at: Date) {}

  /** The pieces of the archive that one more file makes. */
  async *add(name: string, content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = this.at;
    this.zip.add(entry);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of content) {
      const data = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
      hash.update(data);
      bytes += data.length;
      entry.push(data);
      yield* this.taken();
    }
    entry.push(new Uint8Array(0), true);
    this.files.push({ name, bytes, sha256: hash.digest('hex') });
    yield* this.taken();
  }

  *end(): Generator<Uint8Array> {
    this.zip.end();
    yield* this.taken();
  }

  private taken(): Uint8Array[] {
    return this.made.splice(0);
  }
}

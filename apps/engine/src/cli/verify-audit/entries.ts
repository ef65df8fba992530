import { canonical } from './canonical.js';
import type { Findings } from './findings.js';
import { leafHash, rootByPath, treeRoot } from './proof.js';
import type { EntryLine, Seal } from './read-lines.js';

const names = 'action actorId actorKind actorName after at before format id objectId objectKind reason requestId summary';
/** A transaction may take so long between the time of its entry and its commit; more is not honest. */
const lateMinutesMax = 10;
const minutes = (from: number, to: number) => Math.round((to - from) / 60_000);

/** Checks entries in the order of the log against the seal that is open. */
export class Entries {
  count = 0;
  unsealed = 0;
  /** Whose time is not in their leaf. */
  oldFormat = 0;
  firstSeq: number | undefined;
  lastSeq: number | undefined;
  /** Seals of which not every entry is here. */
  partial = 0;
  firstMissing: number | undefined;
  private newestAt = -Infinity;
  private readonly ids = new Set<string>();
  private readonly waiting: { id: string; at: number }[] = [];
  /** `before`: findings when the seal began; what is found about one of its entries explains that its root is another. */
  private open: { seal: Seal; leaves: string[]; next: number; before: number } | undefined;

  constructor(private readonly findings: Findings) {}

  begin(seal: Seal): void {
    this.close();
    this.open = { seal, leaves: [], next: seal.firstSeq, before: this.findings.count };
  }

  take(line: EntryLine): void {
    this.count += 1;
    const leaf = this.checkContent(line);
    if (line.seq === null) return this.takeUnsealed(line);
    const { seq } = line;
    if (this.unsealed > 0) this.findings.add(seq, `${seq} stands behind entries that are not sealed`);
    if (this.lastSeq !== undefined && seq <= this.lastSeq)
      this.findings.add(seq, `number ${seq} stands after number ${this.lastSeq}: entries were swapped or put in`);
    this.firstSeq ??= seq;
    this.lastSeq = Math.max(seq, this.lastSeq ?? 0);
    this.checkPlace(line, seq, leaf);
    this.checkTime(line, seq);
  }

  /** All of a seal has been seen that will be seen. */
  close(): void {
    const { open } = this;
    this.open = undefined;
    if (!open) return;
    // The first seal of a whole export is the one before its range, and has no entries there.
    if (open.next === open.seal.firstSeq && this.firstSeq === undefined) return;
    const size = open.seal.lastSeq - open.seal.firstSeq + 1;
    if (open.leaves.length !== size) {
      this.partial += 1;
      this.firstMissing ??= open.next > open.seal.lastSeq ? open.seal.firstSeq : open.next;
    } else if (this.findings.count === open.before && treeRoot(open.leaves) !== open.seal.root)
      this.findings.add(
        open.seal.firstSeq,
        `the entries ${open.seal.firstSeq} to ${open.seal.lastSeq} do not give the root that seal ${open.seal.number} signed`,
      );
  }

  /** Entries that no seal covers, though there was time. */
  closeUnsealed(exportedAt: string): void {
    for (const { id, at } of this.waiting) {
      const age = minutes(at, Date.parse(exportedAt));
      if (age >= lateMinutesMax)
        this.findings.add(
          null,
          `entry ${id} says it is ${age} minutes older than the export, and no seal covers it: it was put in, or nobody seals`,
        );
    }
  }

  private takeUnsealed({ entry }: EntryLine): void {
    this.unsealed += 1;
    if (entry !== null) this.waiting.push({ id: String(entry['id']), at: Date.parse(String(entry['at'])) });
    this.close();
  }

  /** The leaf that the entry's own words give; undefined when there are none to be believed. */
  private checkContent({ entry, seq, leaf }: EntryLine): string | undefined {
    const who = seq === null ? 'an entry without a number' : `number ${seq}`;
    if (entry === null) return void this.findings.add(seq, `${who} was removed: its place in the log is there, its row is not`);
    const found = Object.keys(entry).sort().join(' ');
    if (found !== names) return void this.findings.add(seq, `${who} has the members ${found} where there should be ${names}`);
    const { format, at, ...plain } = entry;
    if ((format !== 1 && format !== 2) || typeof at !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at))
      return void this.findings.add(seq, `${who} has a format or a time that is not known`);
    if (format === 1) this.oldFormat += 1;
    const id = String(entry['id']);
    if (this.ids.has(id)) this.findings.add(seq, `${who} is entry ${id}, which is in the export already`);
    this.ids.add(id);
    const own = leafHash(canonical(format === 1 ? plain : entry));
    if (own === leaf) return own;
    return void this.findings.add(seq, `${who} (entry ${id}) does not say what was sealed: it was changed`);
  }

  private checkPlace({ seal: number, proof }: EntryLine, seq: number, own: string | undefined): void {
    const { open } = this;
    if (!open || open.seal.number !== number)
      return this.findings.add(seq, `number ${seq} names seal ${number}, which does not stand before it`);
    const { seal } = open;
    if (seq < seal.firstSeq || seq > seal.lastSeq)
      return this.findings.add(seq, `number ${seq} is not among the numbers of seal ${seal.number}`);
    if (seq !== open.next) this.firstMissing ??= open.next;
    open.next = seq + 1;
    open.leaves.push(own ?? '');
    if (own === undefined) return;
    const root = rootByPath(own, { index: seq - seal.firstSeq, size: seal.lastSeq - seal.firstSeq + 1 }, proof);
    if (root !== seal.root)
      this.findings.add(seq, `number ${seq} is not in seal ${seal.number}: its proof does not lead to the root that was signed`);
  }

  private checkTime({ entry }: EntryLine, seq: number): void {
    const at = Date.parse(String(entry?.['at']));
    if (Number.isNaN(at)) return;
    if (minutes(at, this.newestAt) >= lateMinutesMax)
      this.findings.add(
        seq,
        `number ${seq} says it is ${minutes(at, this.newestAt)} minutes older than entries that were there before it: it was put in later, or the database's clock was set back`,
      );
    this.newestAt = Math.max(this.newestAt, at);
  }
}

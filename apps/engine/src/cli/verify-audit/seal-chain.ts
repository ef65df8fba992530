import type { Findings } from './findings.js';
import { sealHash, signatureHolds } from './proof.js';
import type { Seal } from './read-lines.js';

/** Which keys may have signed; empty: nobody said. */
export type Pins = ReadonlySet<string>;

/** Checks seals one after another: each by itself, and against the one before where that one is its neighbour. */
export class SealChain {
  last: Seal | undefined;
  readonly keys = new Set<string>();
  count = 0;

  constructor(
    private readonly findings: Findings,
    private readonly pins: Pins,
    /** "the export", "the seals file". */
    private readonly where: string,
  ) {}

  /** False when the seal itself cannot be believed. */
  take(seal: Seal): boolean {
    const before = this.findings.count;
    const at = `seal ${seal.number} of ${this.where}`;
    const complain = (sentence: string) => this.findings.add(seal.firstSeq, `${at} ${sentence}`);
    if (!signatureHolds(2, seal.text, seal.signature, seal.publicKey))
      complain('has a signature that does not hold: the seal was changed, or made without the key');
    else if (this.pins.size > 0 && !this.pins.has(seal.publicKey))
      complain(`is signed with another key (${seal.publicKey}) than the one you named`);
    this.keys.add(seal.publicKey);
    const { last } = this;
    if (last !== undefined) {
      if (seal.log !== last.log) complain(`belongs to another log (${seal.log}) than the seal before it`);
      if (seal.number <= last.number) complain(`stands after seal ${last.number}`);
      else if (seal.number === last.number + 1) {
        if (seal.previous !== sealHash(last.text))
          complain(`does not follow seal ${last.number}: that one was another when this was signed`);
        if (seal.firstSeq !== last.lastSeq + 1) complain(`begins at ${seal.firstSeq}, but the seal before it ends at ${last.lastSeq}`);
      } else if (seal.firstSeq <= last.lastSeq) complain(`begins at ${seal.firstSeq}, inside seal ${last.number}`);
    }
    if (seal.number === 1 && (seal.firstSeq !== 1 || seal.previous !== '0'.repeat(64))) complain('is the first and does not begin the log');
    this.last = seal;
    this.count += 1;
    return this.findings.count === before;
  }
}

import type { Findings } from './findings.js';
import { sealHash } from './proof.js';
import { LineRefused, readLine, type Manifest, type Seal } from './read-lines.js';
import { SealChain, type Pins } from './seal-chain.js';

/** The seals that were kept outside the database, by number. */
export class OutsideSeals {
  private readonly byNumber = new Map<number, Seal>();

  constructor(private readonly findings: Findings) {}

  /** The one with the highest number. */
  newest: Seal | undefined;

  get size(): number {
    return this.byNumber.size;
  }

  numbers(): number[] {
    return [...this.byNumber.keys()].sort((a, b) => a - b);
  }

  get(number: number): Seal | undefined {
    return this.byNumber.get(number);
  }

  async read(lines: AsyncIterable<string> | Iterable<string>, pins: Pins): Promise<void> {
    let number = 0;
    let refused: { text: string; number: number; why: string } | undefined;
    for await (const text of lines) {
      number += 1;
      if (refused) this.judgeRefused(refused, text);
      refused = undefined;
      if (text === '') continue;
      try {
        const line = readLine(text);
        if (line.kind === 'seal') this.keep(line.seal);
        else this.findings.add(null, `line ${number} of the seals file is no seal`);
      } catch (error) {
        if (!(error instanceof LineRefused)) throw error;
        refused = { text, number, why: error.message };
      }
    }
    if (refused) this.judgeRefused(refused, '');
    this.check(pins);
  }

  /** A crash may cut a line short; the seal is then written again, whole, on the next line. */
  private judgeRefused({ text, number, why }: { text: string; number: number; why: string }, next: string): void {
    if (next.length > text.length && next.startsWith(text))
      this.findings.note(`line ${number} of the seals file was cut short; the next line has it whole.`);
    else this.findings.add(null, `line ${number} of the seals file ${why}`);
  }

  private check(pins: Pins): void {
    const chain = new SealChain(this.findings, pins, 'the seals file');
    for (const number of this.numbers()) {
      const seal = this.byNumber.get(number)!;
      if (chain.last && number !== chain.last.number + 1)
        this.findings.add(
          chain.last.lastSeq + 1,
          `the seals file goes from seal ${chain.last.number} to seal ${number}: what is between is missing there`,
        );
      chain.take(seal);
    }
  }

  private keep(seal: Seal): void {
    if (seal.number > (this.newest?.number ?? 0)) this.newest = seal;
    const known = this.byNumber.get(seal.number);
    if (known === undefined) this.byNumber.set(seal.number, seal);
    else if (known.text !== seal.text)
      this.findings.add(
        Math.min(known.firstSeq, seal.firstSeq),
        `the seals file has two different seals ${seal.number} (of ${known.sealedAt} and ${seal.sealedAt}): the database was set back, by a restored backup or by somebody`,
      );
  }

  /** Is the seal of the export the one that was kept? */
  compare(seal: Seal): void {
    const kept = this.byNumber.get(seal.number);
    if (kept !== undefined && kept.text !== seal.text)
      this.findings.add(seal.firstSeq, `seal ${seal.number} of the export is not the one that was kept outside: the log was written anew`);
    if (kept === undefined && seal.number < (this.newest?.number ?? 0))
      this.findings.add(seal.firstSeq, `seal ${seal.number} of the export is not among the seals that were kept outside`);
    if (this.newest && seal.log !== this.newest.log)
      this.findings.add(seal.firstSeq, `seal ${seal.number} belongs to another log than the seals file`);
  }

  /** What the outside has and the log no longer had when it was exported. */
  compareEnd({ lastSeal, exportedAt }: Manifest): void {
    const kept = lastSeal && this.byNumber.get(lastSeal.number);
    if (kept && sealHash(kept.text) !== lastSeal.hash)
      this.findings.add(
        kept.firstSeq,
        `the newest seal of the log, ${lastSeal.number}, is not the one that was kept outside: the log was written anew`,
      );
    const missing = this.numbers()
      .map((number) => this.byNumber.get(number)!)
      .filter(({ number, sealedAt }) => number > (lastSeal?.number ?? 0) && sealedAt < exportedAt);
    if (missing.length > 0)
      this.findings.add(
        missing[0]!.firstSeq,
        `the log ends with seal ${lastSeal?.number ?? 'none'}, but seal ${missing[0]!.number} to ${missing.at(-1)!.number} were made before the export (${missing[0]!.sealedAt}): the end of the log was cut off`,
      );
    if (lastSeal && this.size > 0 && lastSeal.number > this.newest!.number)
      this.findings.note(
        `The seals file ends with seal ${this.newest!.number}, the log with seal ${lastSeal.number}: what came after seal ${this.newest!.number} rests on the signatures alone. Verify again with a newer copy of the seals.`,
      );
  }
}

/** Something that is not as it must be. `seq` is the first number of the log that it concerns, where one can be named. */
export interface Finding {
  seq: number | null;
  sentence: string;
}

export const findingsMax = 1_000;

/** What was found, and what a reader must know to judge it. */
export class Findings {
  readonly found: Finding[] = [];
  readonly notes: string[] = [];
  /** More than are kept. */
  count = 0;
  firstSeq: number | undefined;

  add(seq: number | null, sentence: string): void {
    this.count += 1;
    if (seq !== null && (this.firstSeq === undefined || seq < this.firstSeq)) this.firstSeq = seq;
    if (this.found.length < findingsMax) this.found.push({ seq, sentence });
  }

  note(sentence: string): void {
    this.notes.push(sentence);
  }
}

export const checkers = ['C-a', 'C-b', 'C-c', 'C-d', 'C-e', 'C-f', 'C-g', 'C-h'] as const;
export type Checker = (typeof checkers)[number];

/** Something that is not as it must be. */
export interface Finding {
  checker: Checker;
  /** What kind of harm: counted apart in the headline. */
  harm: 'lost' | 'duplicated' | 'difference' | 'stuck' | 'audit' | 'lineage' | 'leak' | 'left-over';
  sentence: string;
  /** For a difference: minor units. */
  minorUnits?: bigint;
}

export const finding = (checker: Checker, harm: Finding['harm'], sentence: string): Finding => ({ checker, harm, sentence });

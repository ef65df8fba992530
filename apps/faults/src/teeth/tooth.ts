import type { Replacement } from './patched-engine.js';

/** A protection that is removed, and the row that must see it. */
export interface Tooth {
  name: string;
  row: string;
  replacements: readonly Replacement[];
  /** What is taken out of the schema, too. */
  sql?: string;
  /** Bites with `npm test` too. */
  always?: boolean;
  /** The one of its group that bites in the full run of everything; the others when teeth are asked for. */
  ofGroup?: boolean;
}

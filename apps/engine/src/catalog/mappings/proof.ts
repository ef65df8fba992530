import type { CaseDifference } from '@waybill/mapping-language';
import type { Tx } from '../../platform/database/index.js';

export interface CaseVerdict {
  id: string;
  name: string;
  differences: CaseDifference[];
  recorded: boolean;
  legalEntities: readonly string[];
}

/** That the cases of a mapping were run with a text: which, and which were red. */
export interface CaseProof {
  /** The cases that were run, as they were. */
  ran: string;
  red: CaseVerdict[];
}

/** What a save brings beside the text, so that it cannot be forgotten: that its golden cases were run, and why a red one does not stop it. */
export interface Proven {
  proof: CaseProof;
  /** False where a case was made, changed or taken away since. In the transaction that saves. */
  stands: (tx: Tx) => Promise<boolean>;
  /** Names of the red cases, as the caller may know them. */
  names: readonly string[];
  /** Why it is saved although a case is red; only of somebody who may. */
  override?: string | undefined;
}

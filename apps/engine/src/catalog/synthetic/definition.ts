import type { JsonObject } from '@waybill/sdk';

/**
 * The stages of a synthetic transaction, each with a time that it may take: from the door to the message; from the message to its call, or into the hub; the call
 * with its settlement; the reading back of the books.
 */
export const syntheticStages = ['intake', 'prepare', 'send', 'readBack'] as const;
export type SyntheticStage = (typeof syntheticStages)[number];

export interface SyntheticStepDefinition {
  step: string;
  deliver: { connection: string; stream?: string };
  /** The flows that what it delivers goes through; it must be posted in each, and no other flow hears of it. */
  through: string[];
  /** The step whose documents this one takes back. */
  reverses?: string;
  /** What the flow's look-ups would answer, by the name of the enrichment: the source itself knows nothing of the document. */
  lookups: Record<string, JsonObject>;
  payload: JsonObject;
}

/** A check as its file says, with what the file leaves out filled in. */
export interface SyntheticDefinition {
  synthetic: string;
  description: string;
  owner: string;
  legalEntity: string;
  currency: string;
  /** Of the source; made for this alone. */
  customer: string;
  everyMs: number;
  within: Record<SyntheticStage | 'whole', number>;
  steps: SyntheticStepDefinition[];
}

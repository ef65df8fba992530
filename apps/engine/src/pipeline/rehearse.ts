import type { JsonObject } from '@waybill/sdk';
import { enrich, type EnrichTools } from './enrich/enrich.js';
import type { Ending, ExceptionFacts, Journey, StageResult } from './journey.js';
import { map, type MapTools } from './map/map.js';
import { permit, type PermitTools } from './permit/permit.js';
import type { Stage } from './vocabulary.js';

export interface Tried {
  enriched: JsonObject;
  output?: JsonObject;
  failure?: ExceptionFacts;
  /** What would end it before the target: skipped by a rule, held for approval, or a look-up that fails. */
  stopped?: string;
  /** The same whole: where it ended before the target, and how. */
  ended?: { stage: Stage; ending: Ending };
}

/** Journeys through the stages that make their output, and no further: nothing is stored, nothing is sent. */
export async function rehearse(
  journeys: readonly Journey[],
  tools: EnrichTools & MapTools & PermitTools,
): Promise<ReadonlyMap<Journey, Tried>> {
  const tried = new Map<Journey, Tried>();
  let under = [...journeys];
  const steps: { stage: Stage; run: (some: Journey[]) => Promise<StageResult> }[] = [
    { stage: 'enrich', run: (some) => enrich(some, tools) },
    { stage: 'permit', run: (some) => permit(some, 'source', tools) },
    { stage: 'map', run: (some) => map(some, tools) },
    { stage: 'permit', run: (some) => permit(some, 'output', tools) },
  ];
  for (const { stage, run } of steps) {
    if (under.length === 0) break;
    for (const { journey, ending } of await run(under)) {
      const made = { enriched: journey.enriched, ...(journey.output ? { output: journey.output } : {}), ended: { stage, ending } };
      tried.set(
        journey,
        ending.to === 'exception' ? { ...made, failure: ending.facts } : { ...made, stopped: `${ending.to}: ${ending.reason ?? ''}` },
      );
    }
    under = under.filter((journey) => !tried.has(journey));
  }
  for (const journey of under) tried.set(journey, { enriched: journey.enriched, ...(journey.output ? { output: journey.output } : {}) });
  return tried;
}

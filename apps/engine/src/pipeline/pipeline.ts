/**
 * READ THIS FIRST. The trip of a batch of messages through the seven stages:
 *
 *   accept  → is the record what its stream promises?          dedupe → did this version come before?
 *   enrich  → what do tables and other systems know of it?     map    → what does it become?
 *   permit  → may it go? (rules on the record, then on the     send   → into the hub, or one call to the target
 *             output)                                          settle → what became of it, written at once
 *
 * A stage takes journeys and returns an ending for each that stops there; the rest goes on. Only this file knows the order.
 */
import { isHub } from '../catalog/index.js';
import { accept, type AcceptTools } from './accept/accept.js';
import { dedupe, type Earlier } from './dedupe/dedupe.js';
import { enrich, type EnrichTools } from './enrich/enrich.js';
import type { Ended, Journey, StageResult } from './journey.js';
import { map, type MapTools } from './map/map.js';
import { permit, type PermitTools } from './permit/permit.js';
import { sendToHub, type HubTools } from './send/hub.js';
import type { Target } from './send/meeting.js';
import { sendToConnection, type SendTools } from './send/send.js';
import type { Stage } from './vocabulary.js';

export interface PipelineTools extends AcceptTools, EnrichTools, MapTools, PermitTools, HubTools, SendTools {
  earlier(journeys: readonly Journey[]): Promise<ReadonlyMap<string, readonly Earlier[]>>;
  target(journey: Journey): Promise<Target>;
}

/** All messages of the batch belong to one release of one flow. */
export async function travel(batch: readonly Journey[], tools: PipelineTools): Promise<void> {
  const ended: Ended[] = [];
  let under = [...batch];
  const stage = async (name: Stage, run: (journeys: Journey[]) => Promise<StageResult> | StageResult) => {
    if (under.length === 0) return;
    for (const journey of under) journey.stage = name;
    const stopped = await run(under);
    const gone = new Set(stopped.map((one) => one.journey));
    ended.push(...stopped);
    under = under.filter((journey) => !gone.has(journey));
  };

  await stage('accept', (journeys) =>
    accept(
      journeys.filter((journey) => !journey.kept),
      tools,
    ),
  );
  await stage('dedupe', async (journeys) => dedupe(journeys, await tools.earlier(journeys)));
  await stage('enrich', (journeys) => enrich(journeys, tools));
  await stage('permit', (journeys) => permit(journeys, 'source', tools));
  await stage('map', (journeys) => map(journeys, tools));
  await stage('permit', (journeys) => permit(journeys, 'output', tools));

  const [first] = under;
  for (const journey of under) journey.stage = 'send';
  if (first && isHub(first.release.definition.to)) ended.push(...(await sendToHub(under, tools)));
  await tools.settle(ended);
  if (first && !isHub(first.release.definition.to)) await sendToConnection(under, await tools.target(first), tools);
}

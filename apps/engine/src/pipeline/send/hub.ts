import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import type { FlowRecord } from '../../catalog/index.js';
import { isHub } from '../../catalog/index.js';
import { stop, type Ended, type Journey } from '../journey.js';
import { subscriptionsOf, type HubDocument } from './subscriptions.js';

export interface HubTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  /** Live flows that begin at a canonical type. */
  subscribers(type: string): FlowRecord[];
  /** The flows that each synthetic run goes through; nobody else hears of what it brings into the hub. */
  syntheticFlows: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Into the hub: finds who wants each object and in which order. Nothing is written here; settling writes the version, the outbound
 * messages and the state in one local transaction, so there is no attempt and no doubt.
 */
export async function sendToHub(journeys: readonly Journey[], tools: HubTools): Promise<Ended[]> {
  const documents = journeys.map((journey) => ({ document: documentOf(journey), flows: subscribersOf(journey, tools) }));
  const found = await subscriptionsOf(documents, tools.evaluate);
  journeys.forEach((journey, index) => (journey.subscribers = found[index]!));
  return journeys.map((journey) => stop(journey, { to: 'posted', hub: true }));
}

function subscribersOf(journey: Journey, tools: HubTools): FlowRecord[] {
  const { to } = journey.release.definition;
  if (!isHub(to)) return [];
  const { syntheticRun } = journey.row;
  const subscribers = tools.subscribers(to.canonical);
  return syntheticRun === null ? subscribers : subscribers.filter(({ name }) => tools.syntheticFlows.get(syntheticRun)?.has(name) === true);
}

const documentOf = ({ row, output }: Journey): HubDocument => ({
  content: output ?? {},
  key: row.key,
  revision: row.revision,
  occurredAt: row.occurredAt,
});

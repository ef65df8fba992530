import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import type { FlowRecord } from '../../catalog/index.js';
import { isHub } from '../../catalog/index.js';
import { stop, type Ended, type Journey } from '../journey.js';

export interface HubTools {
  evaluate(items: EvaluationItem[]): Promise<EvaluationResult[]>;
  /** Live flows that begin at a canonical type. */
  subscribers(type: string): FlowRecord[];
}

/**
 * Into the hub: finds who wants each object and in which order. Nothing is written here; settling writes the version, the outbound
 * messages and the state in one local transaction, so there is no attempt and no doubt.
 */
export async function sendToHub(journeys: readonly Journey[], tools: HubTools): Promise<Ended[]> {
  const questions = journeys.flatMap((journey) => subscribersOf(journey, tools).map((flow) => ({ journey, flow })));
  const items = questions.flatMap(({ journey, flow }) => [
    about(journey, flow.definition.when === undefined ? 'true' : `$boolean(${flow.definition.when})`),
    about(journey, flow.definition.orderBy ?? 'sourceId'),
  ]);
  const answers = await tools.evaluate(items);
  for (const journey of journeys) journey.subscribers = [];
  questions.forEach(({ journey, flow }, index) => {
    const [wanted, order] = [answers[2 * index]!, answers[2 * index + 1]!];
    // A condition that fails is not a "no": the message is made, and shows what is wrong with it.
    if ('text' in wanted && wanted.text === 'false') return;
    if ('empty' in wanted) return;
    const orderBy = 'text' in order ? String(JSON.parse(order.text)) : journey.row.key;
    journey.subscribers!.push({ flow: flow.name, releaseId: flow.releaseId, orderBy });
  });
  return journeys.map((journey) => stop(journey, { to: 'posted', hub: true }));
}

function subscribersOf(journey: Journey, tools: HubTools): FlowRecord[] {
  const { to } = journey.release.definition;
  return isHub(to) ? tools.subscribers(to.canonical) : [];
}

/** An outbound flow's question about a canonical object that is not in the hub yet. */
function about(journey: Journey, expression: string): EvaluationItem {
  const output = journey.output ?? {};
  return { expression, input: output, source: output, asOf: journey.row.occurredAt, revision: journey.row.revision, optional: true };
}

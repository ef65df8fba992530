import type { JsonObject } from '@waybill/sdk';
import { documentFacts } from '../../canon/index.js';
import { releaseFor, type FlowRecord } from '../../catalog/index.js';
import type { EvaluationItem, EvaluationResult } from '../../platform/mapping-runtime/index.js';
import { orderingKeyOf } from '../ordering-key.js';

/** A document on its way into the hub. */
export interface HubDocument {
  content: JsonObject;
  /** Its id at its source. */
  key: string;
  revision: string;
  occurredAt: string;
}

/** An outbound flow that wants it, and in which order. */
export interface Subscription {
  flow: string;
  releaseId: string;
  orderBy: string;
}

/** Who wants each document: the flows that begin at its type, unless their `when` says no. One answer for each document. */
export async function subscriptionsOf(
  documents: readonly { document: HubDocument; flows: readonly FlowRecord[] }[],
  evaluate: (items: EvaluationItem[]) => Promise<EvaluationResult[]>,
): Promise<Subscription[][]> {
  const questions = documents.flatMap(({ document, flows }, index) => flows.map((flow) => ({ document, flow, index })));
  const items = questions.flatMap(({ document, flow }) => [
    about(document, flow.definition.when === undefined ? 'true' : `$boolean(${flow.definition.when})`),
    about(document, flow.definition.orderBy ?? 'sourceId'),
  ]);
  const answers = await evaluate(items);
  const found = documents.map((): Subscription[] => []);
  questions.forEach(({ document, flow, index }, at) => {
    const [wanted, order] = [answers[2 * at]!, answers[2 * at + 1]!];
    // A condition that fails is not a "no": the message is made, and shows what is wrong with it.
    if ('text' in wanted && wanted.text === 'false') return;
    if ('empty' in wanted) return;
    const orderBy = 'text' in order ? String(JSON.parse(order.text)) : document.key;
    const orderingKey = orderingKeyOf(String(document.content['sourceSystem']), orderBy);
    const { legalEntity } = documentFacts(document.content);
    found[index]!.push({ flow: flow.name, releaseId: releaseFor(flow, { orderingKey, legalEntity }), orderBy });
  });
  return found;
}

/** An outbound flow's question about a canonical object that is not in the hub yet. */
const about = ({ content, occurredAt, revision }: HubDocument, expression: string): EvaluationItem => ({
  expression,
  input: content,
  source: content,
  asOf: occurredAt,
  revision,
  optional: true,
});

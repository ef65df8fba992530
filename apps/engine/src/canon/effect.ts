import type { Effect, JsonObject } from '@waybill/sdk';

/** What a version of a canonical object does to the books of a target. `paid` creates like `open`: when the document is posted already, that ends as a duplicate; payments post by themselves. */
export function effectOf(type: string, content: JsonObject): Effect {
  const status = content['status'];
  if (status === 'void' || status === 'reversed') return 'void';
  if (type === 'invoice' && status === 'uncollectible') return 'write-off';
  if (type === 'payment' && content['kind'] === 'refund') return 'refund';
  return 'create';
}

/** The version is about a document that stands in the books already: its date is that of the act, and the document keeps its own. */
export const actsOnWhatIsBooked = (type: string, content: JsonObject): boolean => {
  const effect = effectOf(type, content);
  return effect === 'void' || effect === 'write-off';
};

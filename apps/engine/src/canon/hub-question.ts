import type { JsonObject } from '@waybill/sdk';

/** Which documents of the hub are meant. One of `sourceId`, `number` and `customer` is given at least; all that is given must fit. */
export interface HubQuestion {
  /** Canonical type, without its version. */
  type: string;
  sourceSystem?: string;
  sourceId?: string;
  /** The document's own number, as people read it. */
  number?: string;
  /** The customer's id in the source. */
  customer?: string;
  /** Only what holds on that day, `YYYY-MM-DD`, both of its own days included. */
  day?: string;
  /** Of a synthetic document: what is synthetic counts as well. To all others it is not there. */
  synthetic?: boolean;
}

/** Documents that one question may be about before their days are looked at. */
export const candidatesMax = 200;

/** More documents fit than a rule or a mapping could read: the question is to be put more narrowly. */
export class TooManyDocuments extends Error {}

/** Pure: of candidates, those that hold on the day, in an order that does not depend on when they came. */
export function answering({ day, number }: HubQuestion, candidates: readonly JsonObject[]): JsonObject[] {
  return candidates
    .filter((content) => number === undefined || content['number'] === number)
    .filter((content) => day === undefined || (textOf(content['startDate'], day) <= day && day <= textOf(content['endDate'], day)))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' && value !== '' ? value : otherwise);
const orderOf = (content: JsonObject): string =>
  JSON.stringify([content['startDate'] ?? '', content['sourceSystem'] ?? '', content['sourceId'] ?? '']);

import { hashFields } from '@waybill/sdk';

/** New messages that a candidate takes: of a share of the ordering keys, or of legal entities. */
export interface Share {
  releaseId: string;
  percent: number | null;
  entities: readonly string[] | null;
}

/** What is known of a document when its message is made. */
export interface ToChoose {
  /** With the system: documents that never overtake each other stay with one release. */
  orderingKey: string;
  /** Only a document of the hub has one before its mapping. */
  legalEntity: string | null;
}

/**
 * The release of a new message. By percent: a hash of the candidate and the ordering key, so that every version of a document comes under the same
 * release, a larger share holds every document of a smaller one, and another candidate gets other documents. A document without a legal
 * entity stays with the live release when entities are chosen.
 */
export function releaseFor({ releaseId, share }: { releaseId: string; share: Share | null }, document: ToChoose): string {
  if (share === null) return releaseId;
  if (share.entities !== null)
    return document.legalEntity !== null && share.entities.includes(document.legalEntity) ? share.releaseId : releaseId;
  return placeOf(share.releaseId, document.orderingKey) < (share.percent ?? 0) ? share.releaseId : releaseId;
}

/** Between 0 and 99. */
const placeOf = (releaseId: string, orderingKey: string): number => hashFields([releaseId, orderingKey]).readUInt32BE(0) % 100;

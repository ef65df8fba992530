import { isJsonObject, rejected, type JsonObject, type SourceRecord } from '@waybill/sdk';

/** `…/companies(<guid>)/<set>(<guid>)`, with or without a slash before it. */
const resourcePattern = /^\/?api\/v2\.0\/companies\([0-9a-f-]{36}\)\/(\w+)(?:\(([0-9a-f-]{36})\))?(?:\?|$)/i;

/**
 * The records that a notification names (dynamics-subscriptions): each is a hint without content. `deleted` has nothing to fetch, and
 * `collection` says only that more than a thousand changed: the poll brings those, by their time. Pure.
 */
export function noticesOf(body: JsonObject, sources: Record<string, { set: string }>): SourceRecord[] {
  const notices = body['value'] as unknown[];
  return notices.flatMap((notice) => {
    if (!isJsonObject(notice)) throw malformed('one of its entries is no object');
    const { resource, changeType, lastModifiedDateTime: changed } = notice;
    if (
      typeof resource !== 'string' ||
      typeof changeType !== 'string' ||
      typeof changed !== 'string' ||
      !Number.isFinite(Date.parse(changed))
    )
      throw malformed('an entry lacks its resource, its change or its time');
    const [, set, id] = resourcePattern.exec(resource) ?? [];
    const stream = Object.entries(sources).find(([, source]) => source.set === set)?.[0];
    if (stream === undefined || id === undefined || !['created', 'updated'].includes(changeType)) return [];
    const at = new Date(changed).toISOString();
    return [{ stream, body: { id }, revision: at, occurredAt: at, partial: true, delivery: { changeType, resource } }];
  });
}

const malformed = (why: string) =>
  rejected({
    code: 'notification-malformed',
    category: 'transformation',
    message: `The notification makes no sense: ${why}.`,
    remedy: 'Nothing is lost: the poll brings what changed. Resolve this.',
  });

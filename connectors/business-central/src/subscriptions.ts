import type { ConnectorContext, JsonObject } from '@waybill/sdk';
import { change, create, etagOf, list } from './api.js';
import { setting } from './settings.js';

/** A subscription ends after three days (dynamics-subscriptions); one that has less than this left is renewed. */
const renewBeforeMs = 36 * 3_600_000;

const resourceOf = (settings: JsonObject, set: string): string => `/api/v2.0/companies(${setting(settings, 'companyId')})/${set}`;
const tail = (resource: unknown): string =>
  String(resource)
    .toLowerCase()
    .replace(/^.*(?=api\/v2\.0\/)/, '')
    .replace(/\?.*$/, '');

/** Our subscription of an entity set, if there is one. */
export async function subscriptionOf(context: ConnectorContext, set: string): Promise<JsonObject | undefined> {
  const { settings } = context;
  const all = await list(context, '/subscriptions', { top: 250 }, 'read the webhook subscriptions'); // a tenant may have 200
  const ours = all.filter((one) => one['notificationUrl'] === setting(settings, 'notificationUrl'));
  return ours.find((one) => tail(one['resource']) === tail(resourceOf(settings, set)));
}

/**
 * Makes or renews the subscription of an entity set, where the connection wants webhooks. Called at the end of every sweep of its
 * stream, so it is renewed long before its three days are over. In both cases Business Central asks our webhook address first.
 */
export async function keepSubscription(context: ConnectorContext, set: string): Promise<'none' | 'kept' | 'made' | 'renewed'> {
  const { settings } = context;
  const [notificationUrl, clientState] = [setting(settings, 'notificationUrl'), setting(settings, 'clientState')];
  if (notificationUrl === undefined || clientState === undefined) return 'none';
  const there = await subscriptionOf(context, set);
  const body = { notificationUrl, resource: resourceOf(settings, set), clientState };
  if (!there) {
    await create(context, '/subscriptions', body, { what: `subscribe to ${set}` });
    return 'made';
  }
  const left = Date.parse(String(there['expirationDateTime'])) - context.now().getTime();
  if (left > renewBeforeMs) return 'kept';
  const path = `/subscriptions('${encodeURIComponent(String(there['subscriptionId']))}')`;
  await change(context, path, body, { what: `renew the subscription to ${set}`, etag: etagOf(there) });
  return 'renewed';
}

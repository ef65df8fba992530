import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { page } from './api.js';
import { apiBaseOf, hmacKeyOf, publicKeyOf } from './settings.js';

/** Reach and sign in with each list that the polls read; then whether webhooks can be verified. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  for (const list of ['invoices', 'credit_notes', 'payments', 'customers', 'subscriptions']) {
    try {
      await page(context, list, { page: 1, per_page: 1 });
      if (steps.length === 0) steps.push({ name: 'Reach and sign in', ok: true, detail: apiBaseOf(context.settings) });
      steps.push({ name: `Read ${list}`, ok: true, detail: `GET /${list}` });
    } catch (error) {
      const own = isConnectorFailure(error) ? error.facts.remedy : undefined;
      const name = steps.length === 0 ? 'Reach and sign in' : `Read ${list}`;
      steps.push({
        name,
        ok: false,
        detail: error instanceof Error ? error.message : String(error),
        remedy: own ?? 'Check the address, the egress rules and the API key.',
      });
      if (steps.length === 1) return steps;
    }
  }
  const ways = [
    hmacKeyOf(context.settings) === undefined ? [] : ['HMAC'],
    publicKeyOf(context.settings) === undefined ? [] : ['JWT'],
  ].flat();
  steps.push(
    ways.length > 0
      ? { name: 'Webhook signature', ok: true, detail: `Webhooks are verified by ${ways.join(' or ')}.` }
      : {
          name: 'Webhook signature',
          ok: false,
          detail: 'No key is set, so every webhook is refused; only the poll brings documents, and no notices.',
          remedy: 'Enter the HMAC key or the public key of the webhook endpoint.',
        },
  );
  return steps;
}

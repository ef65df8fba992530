import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { page } from './api.js';
import { objects } from './records.js';
import { apiBaseOf, webhookPasswordOf, webhookUserOf } from './settings.js';

/** Reach and sign in with each list that the polls read; then whether webhooks can be taken. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const lists = new Map(Object.values(objects).map(({ list, object }) => [list, object]));
  for (const [list, object] of lists) {
    try {
      await page(context, list, object, { limit: 1 });
      if (steps.length === 0) steps.push({ name: 'Reach and sign in', ok: true, detail: apiBaseOf(context.settings) });
      steps.push({ name: `Read ${list.slice(1)}`, ok: true, detail: `GET ${list}` });
    } catch (error) {
      const own = isConnectorFailure(error) ? error.facts.remedy : undefined;
      steps.push({
        name: steps.length === 0 ? 'Reach and sign in' : `Read ${list.slice(1)}`,
        ok: false,
        detail: error instanceof Error ? error.message : String(error),
        remedy: own ?? 'Check the site, the egress rules and the API key.',
      });
      if (steps.length === 1) return steps;
    }
  }
  const both = webhookUserOf(context.settings) !== undefined && webhookPasswordOf(context.settings) !== undefined;
  steps.push(
    both
      ? { name: 'Webhook authentication', ok: true, detail: 'Webhooks are taken with the user and the password that are set.' }
      : {
          name: 'Webhook authentication',
          ok: false,
          detail: 'No user and password are set, so every webhook is refused; documents come by the poll alone.',
          remedy: 'Enter the user and the password of the webhook’s basic authentication.',
        },
  );
  return steps;
}

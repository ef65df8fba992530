import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { read } from './api.js';
import { objects } from './records.js';
import { clientSecretOf, portalOf, webhookUrlOf } from './settings.js';

/** Sign in and see whose account it is, then each object that the streams read; then whether webhooks can be verified. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const failed = (name: string, error: unknown): CheckStep => ({
    name,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    remedy: (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the access token and the egress rules.',
  });
  const steps: CheckStep[] = [];
  try {
    const portal = String((await read(context, '/account-info/v3/details', undefined, 'read the account'))['portalId']);
    const own = portal === portalOf(context.settings);
    steps.push({ name: 'Reach and sign in', ok: true, detail: `The account ${portal}.` });
    if (!own) steps.push({ name: 'Hub ID', ok: false, detail: `The token is of the account ${portal}, not of ${portalOf(context.settings)}.`, remedy: 'Enter the token or the Hub ID of the account that is meant.' });
  } catch (error) {
    return [failed('Reach and sign in', error)];
  }
  for (const [stream, { type }] of Object.entries(objects)) {
    try {
      await read(context, `/crm/v3/objects/${type}`, { limit: 1 }, `list ${type}`);
      steps.push({ name: `Read ${stream}`, ok: true, detail: `GET /crm/v3/objects/${type}` });
    } catch (error) {
      steps.push(failed(`Read ${stream}`, error));
    }
  }
  const signed = clientSecretOf(context.settings) !== undefined && webhookUrlOf(context.settings) !== undefined;
  steps.push(
    signed
      ? { name: 'Webhook signature', ok: true, detail: 'Webhooks are verified by signature v3.' }
      : { name: 'Webhook signature', ok: false, detail: 'No client secret or no address of the webhook is set, so every webhook is refused; changes come by the poll alone.', remedy: 'Enter both.' },
  );
  return steps;
} // prettier-ignore

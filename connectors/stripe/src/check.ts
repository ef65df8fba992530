import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { read, type Pairs } from './api.js';
import { accountOf, apiBaseOf, webhookSecretsOf } from './settings.js';

/** What the streams and look-ups read; each is asked for one item. */
const permissions: readonly { name: string; path: string; query?: Pairs }[] = [
  { name: 'Read events', path: '/v1/events', query: [['limit', 1]] },
  { name: 'Read invoices', path: '/v1/invoices', query: [['limit', 1]] },
  { name: 'Read customers', path: '/v1/customers', query: [['limit', 1]] },
  { name: 'Read tax rates', path: '/v1/tax_rates', query: [['limit', 1]] },
];
const skewSecondsMax = 60;

/** Reach, sign in, clock, rights, webhook secret, account. Stops at the first step without which the next make no sense. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  for (const { name, path, query } of permissions) {
    try {
      const { headers } = await read(context, { path, what: name.toLowerCase(), ...(query ? { query } : {}) });
      if (steps.length === 0)
        steps.push({ name: 'Reach and sign in', ok: true, detail: apiBaseOf(context.settings) }, clock(context, headers));
      steps.push({ name, ok: true, detail: `GET ${path}` });
    } catch (error) {
      const signedIn = steps.length > 0 || (isConnectorFailure(error) && error.facts.recovery === 'misconfigured');
      steps.push(failed(signedIn ? name : 'Reach and sign in', error));
      if (!signedIn) return steps;
    }
  }
  steps.push(
    webhookSecretsOf(context.settings).length > 0
      ? { name: 'Webhook secret', ok: true, detail: 'Webhooks are verified.' }
      : {
          name: 'Webhook secret',
          ok: false,
          detail: 'No signing secret is set, so every webhook is refused; only the poll brings documents.',
          remedy: 'Add an endpoint in the Stripe dashboard and enter its signing secret.',
        },
    {
      name: 'Account',
      ok: true,
      detail:
        accountOf(context.settings) ??
        'No account id: documents are known by the connection’s name. Set it before the first document to be able to rename the connection.',
    },
  );
  return steps;
}

function clock(context: ConnectorContext, headers: Record<string, string>): CheckStep {
  const theirs = Date.parse(headers['date'] ?? '');
  if (!Number.isFinite(theirs)) return { name: 'Clock', ok: true, detail: 'The answer carries no date to compare with.' };
  const skew = Math.round(Math.abs(context.now().getTime() - theirs) / 1000);
  const step = { name: 'Clock', detail: `${skew} s away from Stripe’s clock.` };
  return skew <= skewSecondsMax
    ? { ...step, ok: true }
    : { ...step, ok: false, remedy: 'Set this machine’s clock (NTP): webhooks outside 300 s are refused.' };
}

function failed(name: string, error: unknown): CheckStep {
  const remedy = isConnectorFailure(error) ? error.facts.remedy : undefined;
  const detail = error instanceof Error ? error.message : String(error);
  return { name, ok: false, detail, remedy: remedy ?? 'Check the base address, the network and the egress rules of this installation.' };
}

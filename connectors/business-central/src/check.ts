import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { list } from './api.js';
import { lookups } from './lookups.js';
import { companyOf } from './master-data.js';
import { setting } from './settings.js';
import { sources } from './streams.js';
import { subscriptionOf } from './subscriptions.js';

/** Reach and sign in, then the company, then rights, dates and the set-up that the settings name. Stops where nothing more can be said. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async (name: string, remedy: string, look: () => Promise<string | undefined>): Promise<boolean> => {
    try {
      const detail = await look();
      steps.push(detail === undefined ? { name, ok: false, detail: 'Not found.', remedy } : { name, ok: true, detail });
    } catch (error) {
      const facts = isConnectorFailure(error) ? error.facts : undefined;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : 'Failed.', remedy: facts?.remedy ?? remedy });
    }
    return steps.at(-1)!.ok;
  };
  const today = context.now().toISOString().slice(0, 10);
  const reached = await step('Sign in and company', 'Check tenant, environment, app, secret and the company id.', async () => {
    const company = await companyOf(context);
    return company && String(company['displayName'] ?? company['name']);
  });
  if (!reached) return steps;
  await step('Read invoices', 'Give the app the permission set D365 SALES DOC, EDIT in Business Central.', async () => {
    await list(context, 'salesInvoices', { top: 1 }, 'read an invoice');
    return 'The app may read sales invoices.';
  });
  await step('Read the ledger', 'Give the app the permission set D365 JOURNALS, POST in Business Central.', async () => {
    await list(context, 'generalLedgerEntries', { top: 1 }, 'read a ledger entry');
    return 'The app may read ledger entries.';
  });
  await step('Posting date', `Allow ${today} in General Ledger Setup, or leave the dates there empty.`, async () => {
    const [setup] = await list(context, 'generalLedgerSetup', { top: 1 }, 'read the general ledger setup');
    const [from, to] = [dateOf(setup?.['allowPostingFrom']), dateOf(setup?.['allowPostingTo'])];
    const outside = (from !== undefined && today < from) || (to !== undefined && today > to);
    return setup && !outside ? `${today} may be posted; books in ${String(setup['localCurrencyCode'])}.` : undefined;
  });
  await step('Open period', `Create or open the accounting period of ${today}.`, async () => {
    const period = await lookups.period.run(context, { date: today });
    return period && period['closed'] !== true ? `${String(period['period'])} is open.` : undefined;
  });
  if (setting(context.settings, 'notificationUrl') !== undefined)
    await step(
      'Webhook subscriptions',
      'Switch a flow of this connection on and poll it; look whether Business Central reaches the address.',
      async () => {
        const found = await Promise.all(Object.values(sources).map(({ set }) => subscriptionOf(context, set)));
        const until = found.flatMap((one) => (one ? [String(one['expirationDateTime'])] : [])).sort();
        return until[0] === undefined ? undefined : `${until.length} of ${found.length} sets, the first ends ${until[0]}.`;
      },
    );
  return steps;
}

/** An empty date comes as the first day of time. */
const dateOf = (value: unknown): string | undefined => (typeof value === 'string' && value > '0001-01-01' ? value : undefined);

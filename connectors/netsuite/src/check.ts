import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { literal, suiteql } from './api.js';
import { lookups } from './lookups.js';
import { setting } from './settings.js';

/** Reach and sign in, then the subsidiary, then the rights and the set-up that postings need. Stops where nothing more can be said. */
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
  const found = async (name: keyof typeof lookups, by: Record<string, string>, show: (row: Record<string, unknown>) => string) => {
    const row = await lookups[name].run(context, by);
    return row === null ? undefined : show(row);
  };
  const today = context.now().toISOString().slice(0, 10);
  const signedIn = await step(
    'Sign in',
    'Check the account id, that REST web services and OAuth 2.0 are on, and the mapping of the certificate.',
    async () =>
      `${(await suiteql(context, 'SELECT id, symbol FROM currency', { what: 'read the currencies', limit: 100 })).length} currencies`,
  );
  if (!signedIn) return steps;
  const subsidiary = setting(context.settings, 'subsidiaryId');
  if (subsidiary !== undefined)
    await step('Subsidiary', `Enter the internal id of a subsidiary that the role may see, not ${subsidiary}.`, () =>
      found('subsidiary', { subsidiary }, (row) => `${String(row['name'])}, ${String(row['currency'] ?? 'no currency')}`),
    );
  await step(
    'Read transactions',
    'Give the role the permissions Find Transaction, Invoice, Credit Memo and Customer Payment.',
    async () => {
      const rows = await suiteql(context, `SELECT id FROM transaction WHERE type = ${literal('CustInvc')}`, {
        what: 'read an invoice',
        limit: 1,
      });
      return `${rows.length === 0 ? 'No invoice yet; the role' : 'The role'} may read invoices.`;
    },
  );
  await step('Open period', `Open the period of ${today} in NetSuite; until then nothing of this month can be posted.`, async () => {
    const period = await lookups.period.run(context, { date: today });
    return period && period['closed'] !== true && period['receivablesLocked'] !== true ? `${String(period['period'])} is open.` : undefined;
  });
  const receivable = setting(context.settings, 'receivableAccount');
  if (receivable !== undefined)
    await step('Receivables account', `Create the account ${receivable} in NetSuite or correct the setting.`, () =>
      found('account', { account: receivable }, (row) => `${receivable}: ${String(row['name'] ?? '')}`),
    );
  const writeOff = setting(context.settings, 'writeOffItem');
  if (writeOff !== undefined)
    await step('Write-off item', `Create the item ${writeOff} in NetSuite or correct the setting.`, () =>
      found('item', { item: writeOff }, () => `${writeOff} found.`),
    );
  return steps;
}

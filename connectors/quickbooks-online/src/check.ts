import { isConnectorFailure, isJsonObject, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { get } from './api.js';
import { realmOf } from './settings.js';

/** Reach, sign in and company; numbers of documents; currency; closing date. Later steps are not tried after a failure. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async (name: string, remedy: string, look: () => Promise<CheckStep[]>): Promise<boolean> => {
    try {
      steps.push(...(await look()));
      return true;
    } catch (error) {
      const own = isConnectorFailure(error) ? error.facts.remedy : undefined;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error), remedy: own ?? remedy });
      return false;
    }
  };
  const reached = await step('Reach and sign in', 'Check the network and the egress rules; then connect the company again.', async () => {
    const company = await get(context, 'CompanyInfo', realmOf(context.settings));
    return [{ name: 'Reach and sign in', ok: true, detail: `${String(company['CompanyName'])}, ${String(company['Country'])}` }];
  });
  if (!reached) return steps;
  await step('Preferences', 'Give the user who connects the company the rights of an administrator.', async () => {
    const { SalesFormsPrefs: sales, CurrencyPrefs: currency, AccountingInfoPrefs: books } = await get(context, 'Preferences');
    const numbered = isJsonObject(sales) && sales['CustomTxnNumbers'] === true;
    const closed = isJsonObject(books) ? books['BookCloseDate'] : undefined;
    const many = isJsonObject(currency) && currency['MultiCurrencyEnabled'] === true;
    return [
      numbered
        ? { name: 'Numbers', ok: true, detail: 'Documents keep the numbers that they are posted with.' }
        : {
            name: 'Numbers',
            ok: false,
            detail: 'QuickBooks gives numbers of its own, so documents would not be found by theirs.',
            remedy:
              'Gear → Account and settings → Sales → Sales form content: turn on custom transaction numbers, and the warning on duplicates.',
          },
      { name: 'Currencies', ok: true, detail: many ? 'Several currencies.' : 'One currency; documents in others are refused.' },
      { name: 'Open books', ok: true, detail: typeof closed === 'string' ? `Closed up to ${closed.slice(0, 10)}.` : 'No closing date.' },
    ];
  });
  return steps;
}

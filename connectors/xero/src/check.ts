import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { list, type Kind } from './api.js';
import { dateIn } from './lookups.js';
import { webhookKeyOf } from './settings.js';

const rights: readonly Kind[] = ['Invoices', 'CreditNotes', 'Payments', 'ManualJournals', 'Contacts', 'Accounts', 'TaxRates'];

/** Reach, sign in and organisation; lock date; rights; webhooks. Later steps are not tried when nothing answers. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const failed = (name: string, error: unknown, remedy: string): CheckStep => ({
    name,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    remedy: (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? remedy,
  });
  try {
    const [organisation = {}] = await list(context, 'Organisations');
    const lock = [organisation['PeriodLockDate'], organisation['EndOfYearLockDate']].map((date) => dateIn(date)?.slice(0, 10) ?? '').sort().at(-1)!; // prettier-ignore
    steps.push(
      { name: 'Reach and sign in', ok: true, detail: `${String(organisation['Name'])}, ${String(organisation['BaseCurrency'])}` },
      { name: 'Open books', ok: true, detail: lock === '' ? 'No lock date.' : `Locked up to ${lock}.` },
    );
  } catch (error) {
    return [failed('Reach and sign in', error, 'Check the network and the egress rules; then connect the organisation again.')];
  }
  for (const kind of rights) {
    try {
      await list(context, kind, ['Accounts', 'TaxRates'].includes(kind) ? {} : { query: { page: 1, pageSize: 1 } });
      steps.push({ name: `Read ${kind}`, ok: true, detail: `GET /${kind}` });
    } catch (error) {
      steps.push(failed(`Read ${kind}`, error, 'Connect the organisation again with the scopes of the documentation.'));
    }
  }
  steps.push(
    webhookKeyOf(context.settings) === undefined
      ? { name: 'Webhooks', ok: true, detail: 'No webhooks key: webhooks are refused, and the poll brings the changes.' }
      : { name: 'Webhooks', ok: true, detail: 'Webhooks are verified.' },
  );
  return steps;
}

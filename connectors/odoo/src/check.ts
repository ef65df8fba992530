import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { search } from './api.js';
import { companyOf, journalOf, type Company } from './master-data.js';
import { entriesJournalOf, salesJournalOf } from './settings.js';

const rights = ['account.move', 'account.payment', 'res.partner', 'account.tax'] as const;

/** Reach, sign in and company; open books; rights; journals. Later steps are not tried when nothing answers. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async <T>(
    name: string,
    body: () => Promise<T>,
    of: { says: (value: T) => string; remedy: string },
  ): Promise<T | undefined> => {
    try {
      const value = await body();
      steps.push({ name, ok: true, detail: of.says(value) });
      return value;
    } catch (error) {
      const remedy = (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? of.remedy;
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error), remedy });
      return undefined;
    }
  };
  const company = await step('Reach, sign in and company', () => companyOf(context), {
    says: ({ name, currency }: Company) => `${name}, books in ${currency}.`,
    remedy: 'Check the address, the API key and the egress rules of this installation.',
  });
  if (!company) return steps;
  const locked = [
    ['Sales with tax', company.locked['taxed-sale']],
    ['Other entries', company.locked.entry],
  ].flatMap(([what, until]) => (until === undefined ? [] : [`${what} are locked up to ${until}.`]));
  steps.push({ name: 'Open books', ok: true, detail: locked.length === 0 ? 'No lock date.' : locked.join(' ') });
  for (const model of rights)
    await step(`Read ${model}`, () => search(context, { model, domain: [], fields: ['id'], limit: 1, company: company.id }), {
      says: () => 'The user may read it.',
      remedy: 'Give the user the rights of the connector’s page.',
    });
  for (const code of new Set([salesJournalOf(context.settings), entriesJournalOf(context.settings)]))
    await step(`Journal ${code}`, () => journalOf(context, company, code, '/journal'), {
      says: () => 'Found.',
      remedy: 'Correct the journal of the connection.',
    });
  return steps;
}

import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { accountIdOf, companyOf, journalIdOf, periodIdOf, type Company } from './master-data.js';
import { search } from './rpc.js';
import { setting } from './settings.js';
import { date } from './wire.js';

/** Reach and sign in, then the company, then the rights and the set-up that postings need. Stops where nothing more can be said. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const steps: CheckStep[] = [];
  const step = async <T>(name: string, body: () => Promise<T>, detail: (value: T) => string): Promise<T | undefined> => {
    try {
      const value = await body();
      steps.push({ name, ok: true, detail: detail(value) });
      return value;
    } catch (error) {
      const facts = isConnectorFailure(error) ? error.facts : undefined;
      const remedy = facts?.remedy ?? 'Check the address, that Tryton runs, and the egress rules of this installation.';
      steps.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error), remedy });
      return undefined;
    }
  };
  const today = context.now().toISOString().slice(0, 10);
  const company = await step(
    'Sign in and company',
    () => companyOf(context),
    (one) => `${one.name}, books in ${one.currency}`,
  );
  if (!company) return steps;
  await step(
    'Read invoices',
    () => search(context, { model: 'account.invoice', domain: [], fields: ['number'], limit: 1, company: company.id }),
    () => 'The user may read invoices.',
  );
  await step(
    'Read journal entries',
    () => search(context, { model: 'account.move', domain: [], fields: ['number'], limit: 1, company: company.id }),
    () => 'The user may read journal entries.',
  );
  for (const name of ['revenueJournal', 'cashJournal', 'writeOffJournal'] as const)
    await step(
      `Journal ${setting(context.settings, name)}`,
      () => journalIdOf(context, company, name),
      () => 'Found.',
    );
  await step(
    'Write-off account',
    () => accountIdOf(context, company, setting(context.settings, 'writeOffAccount'), '/writeOffAccount'),
    () => `${setting(context.settings, 'writeOffAccount')} found.`,
  );
  const period = await step(
    'Open period',
    () => periodIdOf(context, company, date(today), today),
    () => `The period of ${today} is open.`,
  );
  if (period !== undefined)
    await step(
      'Number ranges',
      () => rangeOf(context, company, period),
      (range) =>
        range === 'month'
          ? 'Each month has invoice numbers of its own: a document that comes late is posted into its month.'
          : 'The year has one range of invoice numbers, in the order of dates: a document of a month that comes after one of the next month is refused. Give each month a range of its own (see the documentation).',
    );
  return steps;
}

/** Whose numbers an invoice of a period gets: Tryton takes the first row of the fiscal year that fits. */
async function rangeOf(context: ConnectorContext, company: Company, period: number): Promise<'month' | 'year'> {
  const [row] = await search(context, {
    model: 'account.fiscalyear.invoice_sequence',
    domain: [
      ['company', '=', company.id],
      ['fiscalyear.periods.id', '=', period],
      ['OR', ['period', '=', period], ['period', '=', null]],
    ],
    fields: ['period'],
    order: [
      ['sequence', 'ASC NULLS FIRST'],
      ['id', 'ASC'],
    ],
    limit: 1,
    company: company.id,
  });
  return row?.['period'] === period ? 'month' : 'year';
}

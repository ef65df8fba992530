import type { TrytonServer } from '@waybill/faults';
import { entities } from './books.js';

/** Names of what is made here, for the settings of a connection. */
export const methods = { bankMethod: 'CLEARING', exchangeMethod: 'EXCHANGE' } as const;
const accounts = { clearing: '1060', exchange: '7100' } as const;

type Found = { id: number } & Record<string, unknown>;

/**
 * What an accountant sets up before the first document comes, by Tryton's own API as its administrator: the countries that are sold to, number ranges by month
 * (docs/decisions/0027), and for yen, which are neither company's currency, a payment method on the clearing account and accounts for exchange differences.
 */
export async function setUpTryton(server: TrytonServer): Promise<void> {
  const [japan] = await find(server, 'country.country', [['code', '=', 'JP']], ['code'], 1);
  if (!japan) await create(server, 'country.country', [{ name: 'Japan', code: 'JP', code3: 'JPN', code_numeric: '392' }], 1);
  for (const entity of entities) {
    const company = (await one(server, 'company.company', [['party.code', '=', `COMPANY-${entity}`]], ['rec_name'], 1)).id;
    await rangesByMonth(server, company);
    const account = async (code: string) => (await one(server, 'account.account', [['company', '=', company], ['code', '=', code]], ['code'], company)).id; // prettier-ignore
    const journal = async (code: string) => (await one(server, 'account.journal', [['code', '=', code]], ['code'], company)).id;
    const both = (id: number) => ({ debit_account: id, credit_account: id });
    await create(server, 'account.invoice.payment.method', [{ company, name: methods.bankMethod, journal: await journal('CASH'), ...both(await account(accounts.clearing)) }], company); // prettier-ignore
    await create(server, 'account.move.reconcile.write_off', [{ company, name: methods.exchangeMethod, journal: await journal('WO'), ...both(await account(accounts.exchange)) }], company); // prettier-ignore
  }
}

/** A document that comes late is numbered in its own month. Tryton takes the first row of a fiscal year that fits, so the row of the whole year goes behind. */
async function rangesByMonth(server: TrytonServer, company: number): Promise<void> {
  const fields = ['fiscalyear', 'in_invoice_sequence', 'in_credit_note_sequence', 'out_invoice_sequence.sequence_type'];
  for (const year of await find(server, 'account.fiscalyear.invoice_sequence', [['company', '=', company], ['period', '=', null]], fields, company)) {
    const periods = await find(server, 'account.period', [['fiscalyear', '=', year['fiscalyear']], ['type', '=', 'standard'], ['state', '=', 'open']], ['name'], company);
    if (periods.length === 0) continue;
    await server.administer('model.account.fiscalyear.invoice_sequence.write', [[year.id], { sequence: 2 }, { company }]);
    const { sequence_type } = year['out_invoice_sequence.'] as { sequence_type: number };
    const months = periods.map(({ name }) => String(name));
    const sequences = await create(
      server,
      'ir.sequence.strict',
      months.flatMap((month) => ['INV', 'CN'].map((kind) => ({ name: `${kind} ${month}`, sequence_type, company, prefix: `${kind}/${month}/`, padding: 6 }))),
      company,
    );
    await create(
      server,
      'account.fiscalyear.invoice_sequence',
      periods.map(({ id }, at) => ({
        sequence: 1, company, fiscalyear: year['fiscalyear'], period: id, out_invoice_sequence: sequences[2 * at], out_credit_note_sequence: sequences[2 * at + 1],
        in_invoice_sequence: year['in_invoice_sequence'], in_credit_note_sequence: year['in_credit_note_sequence'],
      })),
      company,
    );
  }
} // prettier-ignore

const find = (server: TrytonServer, model: string, domain: unknown[], fields: string[], company: number): Promise<Found[]> =>
  server.administer<Found[]>(`model.${model}.search_read`, [domain, 0, 1_000, [['id', 'ASC']], ['id', ...fields], { company }]);

async function one(server: TrytonServer, model: string, domain: unknown[], fields: string[], company: number): Promise<Found> {
  const [found] = await find(server, model, domain, fields, company);
  if (!found) throw new Error(`Tryton has no ${model} for ${JSON.stringify(domain)}`);
  return found;
}

const create = (server: TrytonServer, model: string, values: unknown[], company: number): Promise<number[]> =>
  server.administer<number[]>(`model.${model}.create`, [values, { company }]);

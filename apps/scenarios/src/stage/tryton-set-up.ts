import type { TrytonServer } from '@waybill/faults';
import { entities } from './books.js';

/** Names of what is made here, for the settings of a connection. */
export const methods = { exchangeMethod: 'EXCHANGE' } as const;
const exchangeAccount = '7100';

type Found = { id: number } & Record<string, unknown>;

/**
 * What an accountant sets up before the first document comes, by Tryton's own API as its administrator: the countries that are sold to, number ranges by month
 * (docs/decisions/0027), numbers for write-offs in each company, and accounts for the exchange differences of yen, which are neither company's currency.
 */
export async function setUpTryton(server: TrytonServer): Promise<void> {
  const [japan] = await find(server, 'country.country', [['code', '=', 'JP']], ['code'], 1);
  if (!japan) await create(server, 'country.country', [{ name: 'Japan', code: 'JP', code3: 'JPN', code_numeric: '392' }], 1);
  for (const entity of entities) {
    const company = (await one(server, 'company.company', [['party.code', '=', `COMPANY-${entity}`]], ['rec_name'], 1)).id;
    await rangesByMonth(server, company);
    const account = (await one(server, 'account.account', [['company', '=', company], ['code', '=', exchangeAccount]], ['code'], company)).id; // prettier-ignore
    const journal = await writeOffJournal(server, company);
    await create(server, 'account.move.reconcile.write_off', [{ company, name: methods.exchangeMethod, journal, debit_account: account, credit_account: account }], company); // prettier-ignore
  }
}

/** A journal numbers its entries by a sequence that each company gives it: one that has none gets the one of its namesake. */
async function writeOffJournal(server: TrytonServer, company: number): Promise<number> {
  const { id, sequence } = await one(server, 'account.journal', [['code', '=', 'WO']], ['sequence'], company);
  if (sequence !== null) return id;
  const numbers = await one(server, 'ir.sequence', [['name', '=', 'Write-off journal']], ['name'], company);
  await server.administer('model.account.journal.write', [[id], { sequence: numbers.id }, { company }]);
  return id;
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

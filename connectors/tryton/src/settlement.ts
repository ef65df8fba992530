import { money, type ConnectorContext, type JsonObject } from '@waybill/sdk';
import { readInvoices } from './invoice-rows.js';
import type { Company } from './master-data.js';
import { rpc, search } from './rpc.js';

export interface MoveLine {
  id: number;
  debit: string;
  credit: string;
  /** In the currency of the invoice where that is not the company's, with the sign of a debit; else null. */
  foreign: string | null;
}

/** Lines of the receivable account that are still open, of an invoice or of a move. */
export async function openLines(context: ConnectorContext, company: Company, ids: unknown): Promise<MoveLine[]> {
  const wanted = Array.isArray(ids) ? ids : [];
  if (wanted.length === 0) return [];
  const rows = await search(context, {
    model: 'account.move.line',
    domain: [
      ['id', 'in', wanted],
      ['reconciliation', '=', null],
    ],
    fields: ['debit', 'credit', 'amount_second_currency'],
    limit: 200,
    company: company.id,
  });
  return rows.map((row) => ({
    id: Number(row['id']),
    debit: String(row['debit']),
    credit: String(row['credit']),
    foreign: typeof row['amount_second_currency'] === 'string' ? row['amount_second_currency'] : null,
  }));
}

/** What the receivable is carried with, in the company's currency, and what is owed of it in its own. */
export function openOf(lines: readonly MoveLine[]): { carried: string; owed: string } {
  const carried = money.sum(lines.map((line) => money.subtract(line.debit, line.credit)));
  const foreign = lines.some((line) => line.foreign !== null);
  return { carried, owed: foreign ? money.sum(lines.map((line) => line.foreign ?? '0')) : carried };
}

/** The part of what the receivable is carried with that an amount in its own currency takes: nothing is converted, so no rate is chosen. The last part takes the rest. */
export const relievedBy = (amount: string, { carried, owed }: { carried: string; owed: string }, digits: number): string =>
  money.equals(amount, owed) ? carried : money.divide(money.multiply(carried, amount), owed, digits, 'half-even');

/** Reconciles lines that balance; true when they did. Tryton's wizard would ask a person about a rest. */
export async function reconcile(context: ConnectorContext, company: Company, lines: readonly MoveLine[]): Promise<boolean> {
  const rest = money.sum(lines.map((line) => money.subtract(line.debit, line.credit)));
  if (lines.length < 2 || !money.isZero(rest)) return false;
  const ids = lines.map((line) => line.id);
  await wizard(context, company, { name: 'account.move.reconcile_lines', step: 'start', values: {}, model: 'account.move.line', ids });
  return true;
}

/** A credit note closes its invoice when the two balance; otherwise it stays open on the customer's account. */
export async function settleWith(
  context: ConnectorContext,
  company: Company,
  of: { creditNote: JsonObject; number: string },
): Promise<boolean> {
  const found = await readInvoices(context, company, [
    ['description', '=', of.number],
    ['total_amount', '>', 0],
  ]);
  const [invoice, other] = found.filter((row) => row['state'] === 'posted');
  if (!invoice || other) return false;
  const ids = [invoice, of.creditNote].flatMap((row) => [row['lines_to_pay'], row['payment_lines']]).flat();
  return reconcile(context, company, await openLines(context, company, ids));
}

interface WizardCall {
  name: string;
  step: string;
  values: JsonObject;
  model: string;
  ids: number[];
}

/** One step of a wizard on records. A wizard's step is one transaction: it is done whole or not at all. */
export async function wizard(context: ConnectorContext, company: Company, call: WizardCall): Promise<void> {
  const session = (await rpc(context, {
    method: `wizard.${call.name}.create`,
    params: [{ company: company.id }],
    what: `open ${call.name}`,
    writes: false,
  })) as [number];
  const active = { company: company.id, active_model: call.model, active_id: call.ids[0]!, active_ids: call.ids };
  await rpc(context, {
    method: `wizard.${call.name}.execute`,
    params: [session[0], call.values, call.step, active],
    what: `run ${call.name}`,
    writes: true,
  });
  await rpc(context, {
    method: `wizard.${call.name}.delete`,
    params: [session[0], { company: company.id }],
    what: `close ${call.name}`,
    writes: false,
  }).catch(() => undefined); // it is done; an open wizard harms nothing
}

import { amountOf, money, rejected, type ConnectorContext, type ExactJson, type JsonObject } from '@waybill/sdk';
import { change, idOf, nameIn, search } from './api.js';
import type { Company, Currency } from './master-data.js';
import { listOf } from './sale-values.js';

/**
 * Odoo computes tax by line or by document, as the company says; billing did it its own way, and the two may part by rounding. Then the tax lines of the
 * draft are set to billing's amounts, as a person does in the form of an invoice; Odoo keeps what was set while the sold lines do not change. More than
 * one unit for each sold line is no rounding: the tax is set up otherwise than billing has it, and nothing is set.
 */
export async function adjustTax(
  context: ConnectorContext,
  company: Company,
  of: { id: string; document: JsonObject; type: string; currency: Currency },
): Promise<void> {
  const { id, document, type, currency } = of;
  const rows = await search(context, {
    model: 'account.move.line',
    domain: [
      ['move_id', '=', idOf(id)],
      ['display_type', '=', 'tax'],
    ],
    fields: ['tax_line_id', 'amount_currency'],
    limit: 200,
    company: company.id,
  });
  // A tax of an invoice is a credit, which is negative in the line.
  const sign = type === 'out_invoice' ? -1 : 1;
  const told = (row: JsonObject): string => money.round(money.multiply(String(row['amount_currency']), sign), currency.decimals);
  const commands: ExactJson[] = [];
  for (const [name, wanted] of taxesOf(document)) {
    const lines = rows.filter((row) => nameIn(row['tax_line_id']) === name);
    const [line] = lines;
    const now = line ? told(line) : undefined;
    const apart = now === undefined ? undefined : money.absolute(money.subtract(now, wanted));
    if (line && lines.length === 1 && money.isZero(apart!)) continue;
    if (!line || lines.length > 1 || money.compare(apart!, roundingMax(document, currency)) > 0)
      throw rejected({
        code: 'tax-differs',
        category: 'posting-rejection',
        message: `Odoo says ${now ?? 'nothing'} ${currency.code} of tax ${name}${lines.length > 1 ? ` on ${lines.length} lines` : ''} where the source says ${wanted} ${currency.code}; that is no rounding.`,
        path: '/taxLines',
        cause: `tax ${name} differs from the source`,
        remedy: 'Nothing was posted. Compare the rate of the tax in Odoo and the tax table, then replay.',
      });
    commands.push([1, idOf(String(line['id'])), { amount_currency: amountOf(money.multiply(wanted, sign)) }]);
  }
  if (commands.length === 0) return;
  await change(context, {
    model: 'account.move',
    method: 'write',
    ids: [id],
    company: company.id,
    args: { vals: { line_ids: commands } },
    what: `set the tax of ${String(document['number'])}`,
  });
}

/** One minor unit for each sold line: the most that rounding by line and rounding by document can part. */
const roundingMax = (document: JsonObject, { decimals }: Currency): string => money.fromMinor(listOf(document['lines']).length, decimals);

function taxesOf(document: JsonObject): Map<string, string> {
  const taxes = new Map<string, string>();
  for (const { taxCode, amount } of listOf(document['taxLines']))
    taxes.set(String(taxCode), money.sum([taxes.get(String(taxCode)) ?? '0', String(amount)]));
  return taxes;
}

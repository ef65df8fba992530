import { isJsonObject, retryable, type JsonObject, type Lookup } from '@waybill/sdk';
import { ask } from './api.js';
import { modelOf, saleProperties } from './sale.js';
import { text } from './settings.js';

const decimal = (value: unknown): value is string => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);

/** `0.08875` of AvaTax is 8.875 percent. Moves the point by two places, in text. Pure. */
export function percentOf(rate: string): string {
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(rate) ?? [];
  const digits = `${whole}${part.padEnd(2, '0')}`;
  const at = whole.length + 2;
  const moved = `${digits.slice(0, at).replace(/^0+(?=\d)/, '')}.${digits.slice(at)}`.replace(/\.?0*$/, '');
  return `${sign}${moved === '' ? '0' : moved}`;
}

/** The tax of each authority. Pure; throws `retryable` for an answer that is no calculation. */
export function quoteOf(answer: JsonObject): JsonObject {
  const summary = Array.isArray(answer['summary']) ? answer['summary'].filter(isJsonObject) : undefined;
  const { totalTax, totalAmount, totalTaxable } = answer;
  const taxes = summary?.map(({ taxName, jurisName, jurisType, taxType, taxable, tax, rate }) => ({
    name: typeof taxName === 'string' ? taxName : null,
    jurisdiction: typeof jurisName === 'string' ? jurisName : null,
    level: typeof jurisType === 'string' ? jurisType : null,
    type: typeof taxType === 'string' ? taxType : null,
    base: decimal(taxable) ? taxable : null,
    amount: decimal(tax) ? tax : null,
    rate: decimal(rate) ? percentOf(rate) : null,
  }));
  if (decimal(totalTax) && decimal(totalAmount) && decimal(totalTaxable) && taxes?.every(({ base, amount }) => base !== null && amount !== null))
    return { totalTax, totalAmount, totalTaxable, taxes };
  throw retryable({ code: 'answer-no-quote', message: 'AvaTax answered, and the answer is no calculation.', vendorWords: JSON.stringify(answer) });
} // prettier-ignore

/** A `SalesOrder` is worked out and not kept: nothing is recorded, and nothing can be committed. */
export const quote: Lookup = {
  title: 'Quote',
  summary: 'What tax a sale would bear; nothing is recorded.',
  by: {
    type: 'object',
    additionalProperties: false,
    required: ['date', 'customer', 'currency', 'shipTo', 'lines'],
    properties: saleProperties,
  },
  async run(context, by) {
    const model = { ...modelOf(by, { type: 'SalesOrder', companyCode: text(context.settings, 'companyCode') }), commit: false };
    return quoteOf(await ask(context, '/transactions/create', model, `quote the tax of a sale to ${String(by['customer'])}`));
  },
};

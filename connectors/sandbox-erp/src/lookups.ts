import { Type, type ConnectorContext, type JsonObject, type JsonSchema, type Lookup } from '@waybill/sdk';
import { entityOf, rows } from './erp-client.js';

const by = (fields: Record<string, string>): JsonSchema =>
  Type.Object(Object.fromEntries(Object.entries(fields).map(([name, title]) => [name, Type.String({ title, minLength: 1 })])), {
    additionalProperties: false,
  });

/** The row whose fields equal the question's; `perEntity` adds the connection's entity to it. */
function lookup(path: string, options: { title: string; summary: string; by: Record<string, string>; perEntity: boolean }): Lookup {
  const run = async (context: ConnectorContext, asked: JsonObject): Promise<JsonObject | null> => {
    const question = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, String(value)]));
    const [row] = await rows(context, path, { ...question, ...(options.perEntity ? { entity: entityOf(context) } : {}), limit: 1 });
    return row ?? null;
  };
  return { title: options.title, summary: options.summary, by: by(options.by), run };
}

export const lookups = {
  customer: lookup('/customers', { title: 'Customer', summary: 'A customer of the entity: name, currency, whether it is active.', by: { number: 'Customer number' }, perEntity: true }),
  entity: lookup('/entities', { title: 'Legal entity', summary: 'A company of the ERP: name, country, currency.', by: { code: 'Entity code' }, perEntity: false }),
  'tax-code': lookup('/tax-codes', { title: 'Tax code', summary: 'A tax code of the entity: rate and tax account.', by: { code: 'Tax code' }, perEntity: true }),
  account: lookup('/accounts', { title: 'Account', summary: 'An account of the entity: name and type.', by: { code: 'Account code' }, perEntity: true }),
  item: lookup('/items', { title: 'Item', summary: 'An item that lines may name.', by: { code: 'Item code' }, perEntity: false }),
  currency: lookup('/currencies', { title: 'Currency', summary: 'A currency and its decimals.', by: { code: 'ISO code' }, perEntity: false }),
  period: lookup('/periods', { title: 'Period', summary: 'A month of the entity: open or closed.', by: { month: 'Month, 2026-11' }, perEntity: true }),
}; // prettier-ignore

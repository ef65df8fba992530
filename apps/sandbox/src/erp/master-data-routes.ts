import type { FastifyInstance } from 'fastify';
import type { Books } from './books.js';
import { entityOf, type Customer, type MasterData, type Period } from './master-data.js';
import { pageOf } from './page.js';
import { Refusal } from './refusal.js';
import { bodyOf, optionalText, textOf } from './request-body.js';

type Query = { Querystring: Record<string, string | undefined> };
type Numbered = Query & { Params: { number: string } };

/** Lists of plain master data, each filtered by any of its own text fields: `/tax-codes?entity=US&code=US-NY`. */
const lists: Record<string, (data: MasterData) => readonly object[]> = {
  '/entities': (data) => data.entities,
  '/tax-codes': (data) => data.taxCodes,
  '/accounts': (data) => data.accounts,
  '/items': (data) => data.items,
  '/currencies': (data) => data.currencies,
  '/periods': (data) => data.periods,
  '/customers': (data) => data.customers,
};
const paging = new Set(['limit', 'after', 'updatedSince']);

export function masterDataRoutes(app: FastifyInstance, books: Books): void {
  for (const [path, rows] of Object.entries(lists))
    app.get<Query>(path, ({ query }) => {
      const wanted = Object.entries(query).filter(([name]) => !paging.has(name));
      const matches = (row: object) => wanted.every(([name, value]) => String((row as Record<string, unknown>)[name]) === value);
      const since = query['updatedSince'];
      const fresh = (row: object) => since === undefined || ((row as { updatedAt?: string }).updatedAt ?? '') >= since;
      return pageOf(rows(books.master).filter((row) => matches(row) && fresh(row)), query); // prettier-ignore
    });

  /** Makes or changes a customer; `active` keeps its value unless it is given, so an upsert never wakes a blocked customer. */
  app.put<Numbered>('/customers/:number', (request, reply) => {
    const body = bodyOf(request.body);
    const entity = entityOf(books.master, textOf(body, 'entity')).code;
    const at = books.time().toISOString();
    const found = books.master.customers.find((c) => c.entity === entity && c.number === request.params.number);
    const facts: Record<string, string> = {};
    for (const name of ['name', 'email', 'country', 'currency', 'origin', 'externalId'] as const) {
      const value = optionalText(body, name);
      if (value !== null) facts[name] = value;
    }
    const active = activeOf(body['active']);
    if (found) return Object.assign(found, facts, active === undefined ? {} : { active }, { updatedAt: at });
    const customer: Customer = {
      entity,
      number: request.params.number,
      name: textOf(body, 'name'),
      active: active ?? true,
      createdAt: at,
      updatedAt: at,
      ...facts,
    };
    books.master.customers.push(customer);
    return reply.status(201).send(customer);
  });
  app.patch<Numbered>('/customers/:number', (request) => {
    const entity = entityOf(books.master, textOf(request.query, 'entity')).code;
    const found = books.master.customers.find((c) => c.entity === entity && c.number === request.params.number);
    if (!found) throw new Refusal('NOT_FOUND', `There is no customer ${request.params.number} in ${entity}.`);
    const active = activeOf(bodyOf(request.body)['active']);
    return Object.assign(found, active === undefined ? {} : { active }, { updatedAt: books.time().toISOString() });
  });

  app.patch<{ Params: { entity: string; month: string } }>('/periods/:entity/:month', (request) => {
    const status = textOf(bodyOf(request.body), 'status');
    if (status !== 'open' && status !== 'closed')
      throw new Refusal('FIELD_INVALID', `status must be open or closed, not ${status}.`, 'status');
    const { entity, month } = request.params;
    const found = books.master.periods.find((p) => p.entity === entity && p.month === month);
    if (found) return Object.assign(found, { status });
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Refusal('FIELD_INVALID', `${month} is not a month such as 2026-11.`, 'month');
    const period: Period = { entity: entityOf(books.master, entity).code, month, status };
    books.master.periods.push(period);
    return period;
  });
  /** Adds a tax code, as a bookkeeper does after the first invoice with it was refused. */
  app.put<{ Params: { entity: string; code: string } }>('/tax-codes/:entity/:code', (request) => {
    const body = bodyOf(request.body);
    const [entity, code] = [entityOf(books.master, request.params.entity).code, request.params.code];
    const tax = { entity, code, name: textOf(body, 'name'), rate: textOf(body, 'rate'), account: optionalText(body, 'account') ?? '2200' };
    const found = books.master.taxCodes.find((t) => t.entity === entity && t.code === code);
    if (found) return Object.assign(found, tax);
    books.master.taxCodes.push(tax);
    return tax;
  });
}

function activeOf(value: unknown): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Refusal('FIELD_INVALID', `active must be true or false, not ${JSON.stringify(value)}.`, 'active');
}

import type { JsonObject } from '@waybill/sdk';
import { eventually } from './eventually.js';
import { webhookSecret } from './stripe-events.js';
import { sandboxSecrets, type Bench } from './test-bench.js';

export const stripeSettings = (bench: Bench, account = 'acct_bench') => ({
  apiKey: sandboxSecrets.billingKey,
  webhookSecret,
  accountId: account,
  apiBase: bench.sandbox.url,
});
export const erpSettings = (bench: Bench, entity = 'US') => ({ baseUrl: bench.sandbox.url, token: sandboxSecrets.erpToken, entity });

/** The connections stripe and erp-us, the packs that lead from one to the other, and a customer that the ERP knows. */
export async function setUpCompany(bench: Bench, options: { flows?: string[] } = {}): Promise<void> {
  const { api } = bench;
  await api.call('putConnection', { params: { name: 'stripe' }, body: { connector: 'stripe', settings: stripeSettings(bench) } });
  await api.call('putConnection', { params: { name: 'erp-us' }, body: { connector: 'sandbox-erp', settings: erpSettings(bench) } });
  await api.call('installPack', { params: { name: 'stripe' }, body: { flows: options.flows ?? ['stripe-invoices'] } });
  await api.call('installPack', { params: { name: 'sandbox-erp' }, body: { flows: options.flows ?? ['erp-us-invoices'] } });
  await makeCustomer(bench);
}

export async function makeCustomer(bench: Bench, customer: { number?: string; active?: boolean } = {}): Promise<void> {
  await erp(bench, 'PUT', `/customers/${customer.number ?? 'CUST-1001'}`, {
    entity: 'US',
    name: 'Globex Corporation',
    active: customer.active ?? true,
  });
}

export async function setActive(bench: Bench, number: string, active: boolean): Promise<void> {
  await erp(bench, 'PATCH', `/customers/${number}?entity=US`, { active });
}

/** A call to the ERP as its own users make it. */
export async function erp(bench: Bench, method: string, path: string, body?: JsonObject): Promise<JsonObject> {
  const response = await fetch(`${bench.sandbox.url}/erp/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${sandboxSecrets.erpToken}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`the ERP refused ${method} ${path}: ${await response.text()}`);
  return (await response.json()) as JsonObject;
}

/** The documents of one source document in the ERP's own books, by what was posted first. */
export const inBooks = (bench: Bench, origin: string) =>
  bench.sandbox.books.state.documents.filter(
    (document) =>
      document.origin === origin ||
      bench.sandbox.books.state.documents.some((other) => other.origin === origin && document.actsOn === other.id),
  );

/** Makes the sandbox misbehave until the rules are taken away. */
export async function faults(bench: Bench, rules: JsonObject[]): Promise<void> {
  const response = await fetch(`${bench.sandbox.url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules }),
  });
  if (!response.ok) throw new Error(await response.text());
}
export const noFaults = (bench: Bench): Promise<void> => faults(bench, []);

/** The newest message of a document in a flow. */
export async function newest(bench: Bench, flow: string, key: string) {
  const { items } = await bench.api.call('listMessages', { query: { flow, key } });
  return items[0];
}

/** The newest message of a document in a flow, as soon as it is in one of these states. */
export function messageIn(bench: Bench, where: { flow?: string; key: string }, ...states: string[]) {
  const flow = where.flow ?? 'erp-us-invoices';
  let seen = 'none';
  return eventually(
    async () => {
      const message = await newest(bench, flow, where.key);
      seen = message ? `${message.state} (${message.reason ?? 'no reason'})` : 'none';
      return message && states.includes(message.state) ? message : undefined;
    },
    { what: `a message of ${where.key} in ${flow} that is ${states.join(' or ')}` },
  ).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}; the newest was ${seen}`);
  });
}

/** The open exception of a document, as soon as there is one. */
export async function exceptionOf(bench: Bench, where: { flow?: string; key: string }) {
  const message = await messageIn(bench, where, 'exception');
  return bench.api.call('getException', { params: { id: message.exceptionId! } });
}

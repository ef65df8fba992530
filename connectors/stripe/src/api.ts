import { inDoubt, isJsonObject, readExact, retryable, type ConnectorContext, type HttpResponse, type JsonObject } from '@waybill/sdk';
import { failureOf } from './failures.js';
import { apiBaseOf, apiKeyOf, apiVersionOf } from './settings.js';

/** Name and value pairs, so that one name may come several times (`types[]`). */
export type Pairs = readonly (readonly [string, string | number])[];

export interface Answer {
  body: JsonObject;
  headers: Record<string, string>;
}

const encode = (pairs: Pairs): string =>
  new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)])).toString();

function headersOf(context: ConnectorContext): Record<string, string> {
  const version = apiVersionOf(context.settings);
  return {
    authorization: `Bearer ${apiKeyOf(context.settings)}`,
    accept: 'application/json',
    ...(version === undefined ? {} : { 'stripe-version': version }),
  };
}

/** One GET. `what` finishes the sentence "Stripe refused to …"; `exact`: every number is the text that it was written as. */
export async function read(context: ConnectorContext, call: { path: string; query?: Pairs; what: string; exact?: true }): Promise<Answer> {
  const query = encode(call.query ?? []);
  const response = await context.http.request({
    method: 'GET',
    url: `${apiBaseOf(context.settings)}${call.path}${query === '' ? '' : `?${query}`}`,
    headers: headersOf(context),
  });
  return answerOf(response, { what: call.what, writes: false, exact: call.exact === true });
}

/** One form-encoded POST with an idempotency key. */
export async function write(context: ConnectorContext, call: { path: string; form: Pairs; key: string; what: string }): Promise<Answer> {
  const response = await context.http.request({
    method: 'POST',
    url: `${apiBaseOf(context.settings)}${call.path}`,
    headers: { ...headersOf(context), 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': call.key },
    body: encode(call.form),
  });
  return answerOf(response, { what: call.what, writes: true, exact: false });
}

function answerOf(response: HttpResponse, call: { what: string; writes: boolean; exact: boolean }): Answer {
  if (response.status < 200 || response.status > 299) throw failureOf(response, call);
  let body: unknown;
  try {
    body = call.exact ? readExact(response.text) : JSON.parse(response.text);
  } catch {
    body = undefined;
  }
  if (isJsonObject(body) && typeof body['object'] === 'string') return { body, headers: response.headers };
  const facts = {
    code: 'answer-not-stripe',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not a Stripe object.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the base address of the connection and any proxy before it.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** The `data` of a list answer. */
export const itemsOf = (list: JsonObject): JsonObject[] => (Array.isArray(list['data']) ? list['data'].filter(isJsonObject) : []);

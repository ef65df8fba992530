import {
  amountOf,
  classedFailure,
  inDoubt,
  isJsonObject,
  misconfigured,
  ownRowsOf,
  readExact,
  reading,
  retryable,
  retryAfterMs,
  writeExact,
  type ConnectorContext,
  type ErrorEvidence,
  type ExactJson,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';
import { apiKeyOf, baseUrlOf, databaseOf } from './settings.js';

interface Words {
  /** Finishes the sentence "Odoo refused to …". */
  what: string;
  /** What groups a refusal with others of the same root. */
  about?: string;
}
export interface Call extends Words {
  model: string;
  method: string;
  /** Of the records that the method is called on. */
  ids?: readonly string[];
  args?: Record<string, ExactJson>;
  /** The company that the call is for; record rules and company-dependent fields follow it. */
  company?: string;
  context?: Record<string, ExactJson>;
}

/** A record's id as it is sent; on our side of the wire all numbers are text. */
export const idOf = (id: string): ExactJson => amountOf(id);

/** A call that changes something. What comes back is the method's own return value, its numbers as text. */
export const change = (context: ConnectorContext, call: Call): Promise<unknown> => exchange(context, call, true);

/** A call that changes no books: a read, or a wizard's form. */
export const ask = (context: ConnectorContext, call: Call): Promise<unknown> => reading(call.what, () => exchange(context, call, false));

async function exchange(context: ConnectorContext, call: Call, writes: boolean): Promise<unknown> {
  const { settings } = context;
  const database = databaseOf(settings);
  const response = await context.http.request({
    method: 'POST',
    url: `${baseUrlOf(settings)}/json/2/${call.model}/${call.method}`,
    headers: {
      authorization: `bearer ${apiKeyOf(settings)}`,
      'content-type': 'application/json; charset=utf-8',
      ...(database === undefined ? {} : { 'x-odoo-database': database }),
    },
    body: writeExact({
      ...(call.ids === undefined ? {} : { ids: call.ids.map(idOf) }),
      // The language is said, because the error table reads sentences.
      context: { lang: 'en_US', ...(call.company === undefined ? {} : { allowed_company_ids: [idOf(call.company)] }), ...call.context },
      ...call.args,
    }),
    timeoutMs: 120_000,
  });
  return answerOf(response, { context, call, writes });
}

function answerOf(response: HttpResponse, of: { context: ConnectorContext; call: Call; writes: boolean }): unknown {
  const { call, writes } = of;
  const body = parsed(response.text);
  if (response.status === 200 && body !== undefined) return body;
  if (response.status < 400 && response.status >= 200) {
    const facts = {
      code: 'answer-not-json',
      message: `The answer to "${call.what}" is HTTP ${response.status} but not Odoo’s JSON.`,
      vendorWords: response.text,
      httpStatus: response.status,
      remedy: 'Check the address and any proxy before Odoo.',
    };
    throw writes ? inDoubt(facts) : retryable(facts);
  }
  if (response.status === 404 && !isJsonObject(body))
    throw misconfigured({
      code: 'no-such-address',
      message: `There is no external API at this address when asked to ${call.what}.`,
      vendorWords: response.text,
      httpStatus: 404,
      remedy: 'Correct the address and the database of the connection; Odoo must be 19.0 or newer.',
    });
  throw classedFailure(
    errorTable,
    evidenceOf(response, isJsonObject(body) ? body : undefined, { call, writes }),
    ownRowsOf(of.context.settings),
  );
}

function evidenceOf(response: HttpResponse, body: JsonObject | undefined, of: { call: Call; writes: boolean }): ErrorEvidence {
  const { name, message, debug: _, ...rest } = body ?? {};
  const waitMs = retryAfterMs(response);
  return {
    system: 'Odoo',
    what: of.call.what,
    writes: of.writes,
    httpStatus: response.status,
    codes: typeof name === 'string' ? [name] : [],
    ...(typeof message === 'string' ? { words: message } : {}),
    // The traceback says nothing to people and names paths of the server.
    raw: body === undefined ? response.text : JSON.stringify({ name, message, ...rest }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    ...(of.call.about === undefined ? {} : { about: of.call.about }),
  };
}

function parsed(text: string): unknown {
  try {
    return readExact(text);
  } catch {
    return undefined; // whoever asks says that it is no JSON
  }
}

export type Domain = ExactJson[];

/** Rows of a model, lowest id first. An answer that is no list is no answer, never "nothing there". */
export async function search(
  context: ConnectorContext,
  asked: { model: string; domain: Domain; fields: string[]; limit?: number; order?: string; company?: string },
): Promise<JsonObject[]> {
  const { model, domain, fields, limit = 2, order = 'id', company } = asked;
  const what = `search ${model}`;
  const rows = await ask(context, {
    model,
    method: 'search_read',
    what,
    args: { domain, fields, limit, order },
    // Archived records are seen too, so that they can be named.
    context: { active_test: false },
    ...(company === undefined ? {} : { company }),
  });
  if (Array.isArray(rows)) return rows.filter(isJsonObject);
  throw retryable({
    code: 'answer-without-list',
    message: `Odoo was asked to ${what} and gave no list.`,
    vendorWords: JSON.stringify(rows),
  });
}

/** The id of what a `create` made: a list of one id. */
export function madeId(answer: unknown, what: string): string {
  const id: unknown = Array.isArray(answer) ? answer[0] : answer;
  if (typeof id === 'string' && /^[1-9]\d*$/.test(id)) return id;
  throw inDoubt({ code: 'answer-without-id', message: `Odoo was asked to ${what} and named no id.`, vendorWords: JSON.stringify(answer) });
}

/** Of a many2one, which is `[id, name]`, or `false` where there is none. */
export const idIn = (value: unknown): string | undefined => (Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined);
export const nameIn = (value: unknown): string | undefined => (Array.isArray(value) && typeof value[1] === 'string' ? value[1] : undefined);
/** Of a text field, which is `false` where it is empty. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

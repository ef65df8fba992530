import {
  inDoubt, isJsonObject, isTransportFailure, rejected, retryable, unauthorized,
  type ConnectorContext, type HttpResponse, type Json, type JsonObject,
} from '@waybill/sdk'; // prettier-ignore
import { failureOfError, failureOfStatus, type Call } from './failures.js';
import { endpointOf, setting } from './settings.js';
import { plain } from './wire.js';

const loginTimeoutMs = 60_000; // a wrong password makes Tryton sleep up to half a minute before it answers
const warningsMax = 3;

export interface Rpc extends Call {
  /** `model.account.invoice.create`. */
  method: string;
  params: Json[];
}

/** One call as the signed-in user; the result with tags removed. A stale session is renewed once. */
export async function rpc(context: ConnectorContext, call: Rpc): Promise<Json> {
  for (let login = 1, warnings = 0; ;) {
    const session = await context.session.get(() => logIn(context));
    const response = await post(context, { id: 1, method: call.method, params: call.params }, call, `Session ${session}`);
    if (response.status === 401 && login === 1) {
      context.session.drop();
      login += 1;
      continue;
    }
    const answer = answerOf(response, call);
    const warning = warningOf(answer['error']);
    if (warning === undefined || warnings === warningsMax) {
      if ('error' in answer) throw failureOfError(answer['error'], call);
      return plain(answer['result']);
    }
    warnings += 1;
    await confirm(context, session, warning, call);
  }
}

/** `base64(user:id:key)`, the value of the session header. */
async function logIn(context: ConnectorContext): Promise<string> {
  const [user, password] = [setting(context.settings, 'username'), setting(context.settings, 'password')];
  const call: Call = { what: `sign in as ${user}`, writes: false };
  const response = await post(context, { id: 0, method: 'common.db.login', params: [user, { password }] }, call, undefined, loginTimeoutMs);
  const { result } = answerOf(response, call);
  if (!Array.isArray(result) || typeof result[1] !== 'string')
    throw unauthorized({
      code: 'sign-in-refused',
      message: `Tryton refused to sign in ${user}.`,
      remedy: 'Enter the user and password of this connection again.',
    });
  return Buffer.from(`${user}:${String(result[0])}:${result[1]}`, 'utf8').toString('base64');
}

async function post(
  context: ConnectorContext,
  body: JsonObject,
  call: Call,
  authorization?: string,
  timeoutMs = 30_000,
): Promise<HttpResponse> {
  try {
    return await context.http.request({
      method: 'POST',
      url: endpointOf(context.settings),
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body,
      timeoutMs,
    });
  } catch (error) {
    if (!isTransportFailure(error) || call.writes) throw error;
    // Every call is a POST, so only we know that this one changes nothing and may be repeated.
    throw retryable({ code: error.code, message: `No answer from Tryton when asked to ${call.what}: ${error.message}` });
  }
}

function answerOf(response: HttpResponse, call: Call): JsonObject {
  if (response.status !== 200) throw failureOfStatus(response, call);
  let answer: unknown;
  try {
    answer = JSON.parse(response.text);
  } catch {
    answer = undefined;
  }
  if (isJsonObject(answer) && ('result' in answer || 'error' in answer)) return answer;
  const facts = {
    code: 'answer-not-json-rpc',
    message: `The answer to "${call.what}" is not JSON-RPC.`,
    vendorWords: response.text,
    remedy: 'Check the address and any proxy before Tryton.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

const warningOf = (error: unknown): string | undefined =>
  Array.isArray(error) && error[0] === 'UserWarning' && Array.isArray(error[1]) ? String(error[1][0]) : undefined;

/** A warning asks a person to confirm, such as a due date in the past. The document is the biller's, so it is confirmed, once. */
async function confirm(context: ConnectorContext, session: string, name: string, call: Call): Promise<void> {
  const user = Number(Buffer.from(session, 'base64').toString('utf8').split(':').at(-2));
  const body = { id: 2, method: 'model.res.user.warning.create', params: [[{ user, name, always: false }], {}] };
  const inner: Call = { what: `confirm the warning ${name} and ${call.what}`, writes: false };
  const answer = answerOf(await post(context, body, inner, `Session ${session}`), inner);
  if ('error' in answer)
    throw rejected({
      code: 'warning-not-confirmed',
      category: 'posting-rejection',
      message: `Tryton warns (${name}) and does not let the warning be confirmed.`,
      remedy: 'Give the user the right to confirm warnings.',
    });
}

export type Domain = Json[];

/** Rows of a model, oldest id first unless another order is given. Dotted fields come nested under `"party."`. */
export async function search(
  context: ConnectorContext,
  ask: { model: string; domain: Domain; fields: string[]; limit?: number; order?: Json[]; company?: number },
): Promise<JsonObject[]> {
  const rows = await rpc(context, {
    method: `model.${ask.model}.search_read`,
    params: [
      ask.domain,
      0,
      ask.limit ?? 2,
      ask.order ?? [['id', 'ASC']],
      ask.fields,
      ask.company === undefined ? {} : { company: ask.company },
    ],
    what: `search ${ask.model}`,
    writes: false,
  });
  return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

/** The row that a dotted field brought along. */
export function nested(row: JsonObject, name: string): JsonObject {
  const value = row[`${name}.`];
  return isJsonObject(value) ? value : {};
}

import {
  classedFailure,
  inDoubt,
  isJsonObject,
  ownRowsOf,
  readExact,
  reading,
  retryable,
  retryAfterMs,
  writeExact,
  type ConnectorContext,
  type ExactJson,
  type HttpResponse,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';
import { apiBaseOf, text } from './settings.js';

interface Call {
  /** Finishes the sentence "AvaTax refused to …". */
  what: string;
  writes: boolean;
  about?: string;
}

/** HTTP Basic, account and license key; the client header is what Avalara's support asks for. Source: developer.avalara.com, "Authentication" and "Identifying your client". */
async function exchange(
  context: ConnectorContext,
  { method, path, query, body }: { method: 'GET' | 'POST'; path: string; query?: Record<string, string>; body?: ExactJson },
): Promise<HttpResponse> {
  const { settings, http } = context;
  const login = Buffer.from(`${text(settings, 'accountId')}:${text(settings, 'licenseKey')}`, 'utf8').toString('base64');
  return http.request({
    method,
    url: `${apiBaseOf(settings)}${path}`,
    ...(query === undefined ? {} : { query }),
    headers: {
      authorization: `Basic ${login}`,
      accept: 'application/json',
      'x-avalara-client': 'Waybill; 0.1.0; Waybill; 0.1.0; waybill',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: writeExact(body) }),
  });
}

/** `{ error: { code, message, details: [{ code, message, description, refersTo }] } }`: the details are nearer to it than the code above them. */
function failureFrom(response: HttpResponse, body: JsonObject | undefined, { settings }: ConnectorContext, call: Call) {
  const error = isJsonObject(body?.['error']) ? body['error'] : {};
  const details = (Array.isArray(error['details']) ? error['details'] : []).filter(isJsonObject);
  const of = (name: string) => [...details.map((one) => one[name]), error[name]].filter((one): one is string => typeof one === 'string' && one !== '');
  const [message, description] = [of('message')[0] ?? '', of('description')[0] ?? ''];
  const waitMs = retryAfterMs(response);
  return classedFailure(
    errorTable,
    {
      system: 'AvaTax',
      what: call.what,
      writes: call.writes,
      httpStatus: response.status,
      codes: [...new Set(of('code'))],
      words: description === '' || description.includes('-0-') ? message : `${message.replace(/[\s.]+$/, '')}. ${description}`,
      raw: response.text,
      ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      ...(call.about === undefined ? {} : { about: call.about }),
    },
    ownRowsOf(settings),
  );
} // prettier-ignore

/** Amounts are JSON numbers there, and text here. */
function parsed(content: string): JsonObject | undefined {
  try {
    const body = readExact(content);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function answerOf(response: HttpResponse, context: ConnectorContext, call: Call): JsonObject {
  const body = parsed(response.text);
  if (response.status < 200 || response.status > 299) throw failureFrom(response, body, context, call);
  if (body) return body;
  const facts = {
    code: 'answer-not-json',
    message: `The answer to "${call.what}" is HTTP ${response.status} but not AvaTax’s JSON.`,
    vendorWords: response.text,
    httpStatus: response.status,
    remedy: 'Check the environment and any proxy before AvaTax.',
  };
  throw call.writes ? inDoubt(facts) : retryable(facts);
}

/** A call that records something. */
export async function write(context: ConnectorContext, path: string, body: ExactJson, call: { what: string; about?: string }) {
  return answerOf(await exchange(context, { method: 'POST', path, body }), context, { ...call, writes: true });
}

/** A calculation: it is a POST, and nothing is recorded. */
export async function ask(context: ConnectorContext, path: string, body: ExactJson, what: string): Promise<JsonObject> {
  return answerOf(await reading(what, () => exchange(context, { method: 'POST', path, body })), context, { what, writes: false });
}

/** `null`: certainly not there. */
export async function read(
  context: ConnectorContext,
  path: string,
  what: string,
  query?: Record<string, string>,
): Promise<JsonObject | null> {
  const response = await reading(what, () => exchange(context, { method: 'GET', path, ...(query === undefined ? {} : { query }) }));
  if (response.status === 404 && response.text.includes('EntityNotFoundError')) return null;
  return answerOf(response, context, { what, writes: false });
}

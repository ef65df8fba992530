// The suites themselves: a connector that keeps its promise passes, and each broken promise turns its own case red.
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { createHmac } from 'node:crypto';
import { defineConnector, secret, type Connector, type ConnectorContext, type Operation, type SendRequest } from '../connector.js';
import { inDoubt, rejected, retryable, throttled } from '../failure.js';
import type { HttpClient, HttpResponse } from '../http.js';
import { isJsonObject, type JsonObject } from '../json.js';
import { verifyHmac } from '../signatures.js';
import { describeConnector, describeOperation, type Harness } from './index.js';

/** Collects cases instead of running them, and tells afterwards which are red. */
async function redCases(run: (harness: Harness) => void): Promise<string[]> {
  const cases: { name: string; body: () => void | Promise<void> }[] = [];
  const add = (name: string, body: () => void | Promise<void>): void => void cases.push({ name, body });
  run({ describe: (_, body) => body(), it: Object.assign(add, { skip: () => undefined }), expect });
  const red: string[] = [];
  for (const { name, body } of cases) await Promise.resolve().then(body).catch(() => red.push(name)); // prettier-ignore
  return red;
}

/** A target in memory: POST makes a document unless its key is taken, GET finds it by key. */
function memoryTarget(): { http: HttpClient; count(key: string): number } {
  const documents: { id: string; key: string }[] = [];
  const answer = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, text: JSON.stringify(body) });
  return {
    count: (key) => documents.filter((document) => document.key === key).length,
    http: {
      request({ method, query, body }) {
        const key = String(method === 'GET' ? query?.['key'] : (body as JsonObject)['key']);
        const found = documents.find((document) => document.key === key);
        if (method === 'GET') return Promise.resolve(answer(200, { items: found ? [found] : [] }));
        const unique = (body as JsonObject)['unique'] !== false;
        if (found && unique) return Promise.resolve(answer(409, found));
        const made = { id: `d${documents.length + 1}`, key };
        documents.push(made);
        return Promise.resolve(answer(201, made));
      },
    },
  };
}

function parse(response: HttpResponse): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(response.text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Each flag breaks one promise. */
interface Broken {
  forgetsKey?: boolean;
  retriesServerErrors?: boolean;
  lookupSaysAbsent?: boolean;
  trustsAnyAnswer?: boolean;
  throttleIsRejected?: boolean;
  verifiesWithoutSecret?: boolean;
  throwsOnGarbage?: boolean;
  openSecret?: boolean;
  checkThrows?: boolean;
  noFind?: boolean;
}

function connectorWith(broken: Broken): Connector {
  const find = async (context: ConnectorContext, request: SendRequest) => {
    const response = await context.http.request({ method: 'GET', url: 'http://t/', query: { key: request.key } });
    const items = parse(response)?.['items'];
    if (!Array.isArray(items)) {
      if (broken.lookupSaysAbsent) return null;
      throw retryable({ code: 'not-a-list', message: 'No list.' });
    }
    const [found] = items as { id: string }[];
    return found ? { documentId: found.id } : null;
  };
  const operation: Operation = {
    title: 'Note', summary: 'A note.', kind: 'financial-posting', document: 'note', effects: ['create'], input: { type: 'object' }, writes: 'once',
    idempotency: { mode: 'unique-external-id' }, maxUpstreamSeconds: 1,
    async send(context, request) {
      const response = await context.http.request({ method: 'POST', url: 'http://t/', body: { key: request.key, unique: broken.forgetsKey !== true } });
      const id = parse(response)?.['id'];
      if (response.status === 429) throw broken.throttleIsRejected ? rejected({ code: '429', message: 'No.', category: 'api-failure' }) : throttled({ code: '429', message: 'Slowly.' });
      if (response.status >= 500 && broken.retriesServerErrors) throw retryable({ code: '500', message: 'Again.' });
      if (typeof id === 'string') return { documentId: id };
      if (broken.trustsAnyAnswer) return { documentId: 'made-up' };
      throw inDoubt({ code: 'no-id', message: 'No document.' });
    },
    ...(broken.noFind ? {} : { find }),
  }; // prettier-ignore
  return defineConnector({
    name: 'memory', title: 'Memory', summary: 'In memory.', documentation: 'x'.repeat(400), vendorApi: '1',
    settings: {
      type: 'object', additionalProperties: false, required: ['token'],
      properties: { token: broken.openSecret ? { type: 'string', title: 'Token' } : secret('Token'), webhookSecret: secret('Webhook secret') },
    },
    streams: {}, operations: { note: operation }, lookups: {}, limits: { concurrency: 1, scope: 'account' },
    webhook: {
      summary: 'Signed.',
      verify({ body, headers }, settings) {
        const value = settings['webhookSecret'];
        const given = headers['x-signature'];
        if (broken.throwsOnGarbage && given === undefined) throw new Error('no header');
        const secrets = typeof value === 'string' ? [value] : [];
        const ok = verifyHmac({ payload: body, secrets, signatures: [given ?? ''], encoding: 'hex' });
        const open = broken.verifiesWithoutSecret && (value === undefined || value === '');
        return ok || open ? { ok: true, deliveryId: 'd' } : { ok: false, code: 'SIGNATURE', reason: 'The signature does not match.' };
      },
    },
    async check(context) {
      const response = await context.http.request({ method: 'GET', url: 'http://t/' }).catch((error: unknown) => {
        if (broken.checkThrows) throw error;
        return undefined;
      });
      return [{ name: 'Reach', ok: response?.status === 200 && parse(response) !== undefined, detail: 'Answer.', remedy: 'Start it.' }];
    },
  }); // prettier-ignore
}

const ajv = new Ajv({ strict: false });
const body = Buffer.from('{"a":1}');
const signature = createHmac('sha256', 'whsec').update(body).digest('hex');
const webhook = {
  request: () => ({ body, headers: { 'x-signature': signature }, query: {} }),
  secretField: 'webhookSecret',
  signatureHeaders: ['x-signature'],
};
const settings = { token: 'tok-1234', webhookSecret: 'whsec' };

const connectorRed = (broken: Broken) =>
  redCases((harness) => describeConnector(connectorWith(broken), { ...harness, ajv, settings, webhook }));
function operationRed(broken: Broken, skip?: Record<string, string>) {
  const { http, count } = memoryTarget();
  const target = () => Promise.resolve({ settings, http });
  const more = { ajv, target, document: () => ({}), count: (key: string) => Promise.resolve(count(key)), ...(skip ? { skip } : {}) };
  return redCases((harness) => describeOperation(connectorWith(broken), 'note', { ...harness, ...more }));
}

describe('the suites', () => {
  it('are green for a connector that keeps its promises', async () => {
    expect(await connectorRed({})).toEqual([]);
    expect(await operationRed({})).toEqual([]);
  });
  it.each([
    [{ verifiesWithoutSecret: true }, 'refuses without a secret and with an empty one'],
    [{ throwsOnGarbage: true }, 'never throws on garbage'],
    [{ openSecret: true }, 'marks every setting that sounds like a secret'],
    [{ checkThrows: true }, 'checks an unreachable target and a refused sign-in without throwing, and says what to do'],
    [{ noFind: true }, 'declares operations that keep their promise possible'],
  ])('a connector that %j is red at its own case', async (broken, name) => expect(await connectorRed(broken)).toContain(name));
  it.each([
    [{ forgetsKey: true }, 'sent again with the same key, it is the same document'],
    [
      { retriesServerErrors: true },
      'a server error, a broken gateway and an answer that makes no sense are in doubt, never posted and never retried',
    ],
    [
      { trustsAnyAnswer: true },
      'a server error, a broken gateway and an answer that makes no sense are in doubt, never posted and never retried',
    ],
    [{ lookupSaysAbsent: true }, 'an inconclusive look-up throws instead of saying absent'],
    [{ throttleIsRejected: true }, 'being told to slow down is not a failure'],
  ])('an operation that %j is red at its own case', async (broken, name) => expect(await operationRed(broken)).toContain(name));
  it('a skip without a reason, or of a case that does not exist, is red', async () => {
    expect(await operationRed({}, { 'no such case': 'because' })).toContain('every skip names a case and gives a reason');
    expect(
      await operationRed({ forgetsKey: true }, { 'sent again with the same key, it is the same document': 'no key there' }),
    ).not.toContain('sent again with the same key, it is the same document');
  });
});

// Which account a consent is for is read with its own token, on a real socket.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fetchHttp } from '@waybill/sdk/conformance';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { consent } from './consent.js';

let server: Server;
let answer: { status: number; text: string };
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status).end(answer.text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => new Promise((done) => server.close(done)));

const account = () => {
  const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return consent.account({ settings: { apiBase }, http: fetchHttp(), now: () => new Date() }, { callback: {}, answer: {}, token: 'fresh' });
};

describe('a consent at HubSpot', () => {
  it('is named by the account that its token is for', async () => {
    answer = { status: 200, text: '{"portalId":2019867,"accountType":"STANDARD"}' };
    expect(await account()).toEqual({ settings: { portal: '2019867' }, title: 'Hub 2019867' });
    expect(asked).toEqual(['GET /account-info/v3/details Bearer fresh']);
  });
  it.each([
    ['no JSON', 200, 'busy'],
    ['no number', 200, '{"portalId":"2019867"}'],
    ['a list', 200, '[]'],
    ['a refusal', 403, '{"portalId":2019867}'],
  ])('that is answered with %s keeps nothing', async (_, status, text) => {
    answer = { status, text };
    await expect(account()).rejects.toMatchObject({ facts: { code: `account-http-${status}` } });
  });
});

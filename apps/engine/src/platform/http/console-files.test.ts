// The console's addresses are its page, whatever data they end with; what is a file of it and is missing is not there.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveConsole } from './console-files.js';

let folder: string;
let server: FastifyInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waybill-console-'));
  await writeFile(join(folder, 'index.html'), '<title>Waybill</title>');
  server = fastify();
  await serveConsole(server, folder);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});
const status = async (url: string) => (await server.inject({ method: 'GET', url })).statusCode;

describe('the console’s files', () => {
  it.each(['/', '/messages', '/schemas/event/api.call', '/schemas/source/stripe.invoices', '/consent/xero?code=a.js'])('%s is the page', async (url) => {
    expect(await status(url)).toBe(200);
  });
  it.each(['/none.js', '/favicon.ico', '/assets/none.css', '/assets/deep/er', '/v1/nothing.here'])('%s is nothing', async (url) => {
    expect(await status(url)).toBe(404);
  });
}); // prettier-ignore

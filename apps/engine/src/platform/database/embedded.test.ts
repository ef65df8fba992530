// What a server says while it starts decides how long it is waited for: one that puts its data in order is not ended for it.
import { afterAll, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { patienceMs, refusalOf } from './embedded.js';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

/** A server that answers every start of a session with an error of this code, or with nothing at all. */
async function serverSaying(code: string | undefined): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      const fields = Buffer.from(`SFATAL\0C${code}\0Mthe database system is starting up\0\0`);
      const head = Buffer.from([0x45, 0, 0, 0, 0]);
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(code === undefined ? '' : Buffer.concat([head, fields]));
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

const refusal = async (code: string | undefined) => refusalOf({ port: await serverSaying(code), ownerPassword: 'of the owner' });

describe('a server that starts', () => {
  it.each(['57P03', '28P01'])('is understood when it says %s', async (code) => expect(await refusal(code)).toBe(code));
  it('is silent when the line ends without a word', async () => expect(await refusal(undefined)).toBe('silent'));
  it('has half an hour while it recovers, and a minute when it says something else or nothing', () =>
    expect(['57P03', '53300', 'silent', 'ECONNREFUSED'].map(patienceMs)).toEqual([1_800_000, 60_000, 60_000, 60_000]));
});

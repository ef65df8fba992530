// Sockets for protocols that are not HTTP, under the same rules: every address of a name is judged, plain only where allowed, and no socket outlives its call.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { addressRules } from './addresses.js';
import { Dialler } from './dial.js';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => socket.on('error', () => undefined).write('hello'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

/** A name server that says these addresses of every name. */
const saying = (...addresses: string[]) =>
  ((_: string, __: unknown, done: (error: Error | null, found: LookupAddress[]) => void) =>
    done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))) as never; // prettier-ignore
const dialler = (allowed: string[], ...addresses: string[]) =>
  new Dialler(addressRules(allowed), addresses.length > 0 ? saying(...addresses) : undefined);
const to = (host: string, encrypted: 'now' | 'later' | 'never' = 'never') => ({ host, port, encrypted });

/** What becomes of a socket: its first bytes, or the code and words of its failure. */
async function endOf(make: () => Socket): Promise<string> {
  try {
    const socket = make();
    const [data] = (await Promise.race([once(socket, 'data'), once(socket, 'error').then(([error]) => Promise.reject(error as Error))])) as [Buffer];
    socket.destroy();
    return data.toString();
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`;
  }
} // prettier-ignore

describe('a socket', () => {
  it('reaches what the operator allowed, by address and by name', async () => {
    const dial = dialler(['127.0.0.0/8'], '127.0.0.1').bind({});
    expect(await endOf(() => dial(to('127.0.0.1')))).toBe('hello');
    expect(await endOf(() => dial(to('broker.example.org')))).toBe('hello');
    expect(await endOf(() => dial(to('broker.example.org', 'later')))).toBe('hello');
  });
  it.each<[string, string[], string]>([
    ['127.0.0.1', [], 'blocked: 127.0.0.1 leads to 127.0.0.1, an address inside'],
    ['[::1]', [], 'blocked: ::1 leads to ::1, an address inside'],
    ['a.example.org', ['10.1.2.3'], 'blocked: a.example.org leads to 10.1.2.3'],
    ['a.example.org', ['93.184.216.34', '169.254.169.254'], 'blocked: a.example.org leads to 169.254.169.254'],
    ['a.example.org', ['93.184.216.34'], 'blocked: the connection to a.example.org is not encrypted'],
    ['93.184.216.34', [], 'blocked: the connection to 93.184.216.34 is not encrypted'],
  ])('to %s at %j is not made', async (host, addresses, words) => {
    const dial = dialler([], ...addresses).bind({});
    expect(await endOf(() => dial(to(host)))).toContain(words);
  });
  it('to a name that is none says so', async () => {
    const failing = ((_: string, __: unknown, done: (error: Error) => void) => done(new Error('ENOTFOUND'))) as never;
    const dial = new Dialler(addressRules([]), failing).bind({});
    expect(await endOf(() => dial(to('nowhere.example.org', 'now')))).toContain('dns: the name nowhere.example.org was not found');
  });
  it('whose certificate cannot be checked is not spoken to', async () => {
    const dial = dialler(['127.0.0.0/8']).bind({});
    expect(await endOf(() => dial(to('127.0.0.1', 'now')))).not.toBe('hello');
  });
  it('ends with its call, with its process, and is not made when the lease is over', async () => {
    const ending = new AbortController();
    const own = dialler(['127.0.0.0/8']);
    const socket = own.bind({ signal: ending.signal })(to('127.0.0.1'));
    const failure = once(socket, 'error');
    await once(socket, 'data');
    ending.abort();
    expect(((await failure)[0] as { code: string }).code).toBe('aborted');
    expect(() => own.bind({ signal: ending.signal })(to('127.0.0.1'))).toThrow('lease ended');
    expect(() => own.bind({ isOver: () => true })(to('127.0.0.1'))).toThrow('lease ended');
    const other = own.bind({})(to('127.0.0.1'));
    await once(other, 'data');
    own.close();
    await once(other, 'close');
  });
});

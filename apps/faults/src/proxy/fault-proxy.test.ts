// The proxy passes bytes, and does to the wire each thing that it is asked for.
import { afterEach, describe, expect, it } from '@jest/globals';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FaultProxy } from './fault-proxy.js';

let server: Server;
let proxy: FaultProxy;
const heard: string[] = [];

async function open(): Promise<Socket> {
  const sockets = new Set<Socket>();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      heard.push(chunk.toString());
      socket.write(`re ${chunk.toString()}`);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy = await FaultProxy.before((server.address() as AddressInfo).port);
  return createConnection({ host: '127.0.0.1', port: proxy.port });
}
const answer = (client: Socket): Promise<string> =>
  new Promise((done) => {
    client.once('data', (chunk) => done(chunk.toString()));
    client.once('error', (error) => done((error as NodeJS.ErrnoException).code ?? 'error'));
    client.once('close', () => done('closed'));
  });
const ask = (client: Socket, word: string): Promise<string> => {
  const answered = answer(client);
  client.write(word);
  return answered;
};

afterEach(async () => {
  heard.length = 0;
  await proxy.close();
  await new Promise<void>((done) => server.close(() => done()));
});

describe('a fault proxy', () => {
  it('passes what is said', async () => {
    const client = await open();
    expect(await ask(client, 'a')).toBe('re a');
    client.destroy();
  });
  it('resets lines', async () => {
    const client = await open();
    await ask(client, 'a');
    const end = answer(client);
    expect(proxy.reset()).toBe(1);
    expect(await end).toBe('ECONNRESET');
  });
  it('lets an answer be lost after the request arrived', async () => {
    const client = await open();
    proxy.loseAnswers(1, (chunk) => chunk.includes('commit'), () => true); // prettier-ignore
    expect(await ask(client, 'a')).toBe('re a');
    expect(await ask(client, 'commit')).toBe('ECONNRESET');
    expect([heard, proxy.robberiesLeft]).toEqual([['a', 'commit'], 0]);
  });
  it('swallows answers while it is half open, and everything while it is a black hole', async () => {
    const client = await open();
    await ask(client, 'a');
    proxy.mode = 'half-open';
    client.write('b');
    await sleep(150);
    proxy.mode = 'blackhole';
    client.write('c');
    await sleep(150);
    expect(heard).toEqual(['a', 'b']);
    const late = answer(client);
    proxy.heal();
    expect(await late).toBe('re c');
    client.destroy();
  });
  it('cuts after so many bytes', async () => {
    const client = await open();
    proxy.cutAfterBytes = 6;
    expect(await ask(client, 'abc')).toBe('re abc');
    expect(await ask(client, 'd')).toBe('ECONNRESET');
  });
});

// Nothing leaves once the lease is over, not even when the connection was still being made when it ended; also for a process that stood still.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { addressRules, EgressClient } from './index.js';

let server: Server;
let url: string;
let heads = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    heads += 1;
    request.resume();
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => void server.close());

const client = () => new EgressClient(addressRules(['127.0.0.0/8']));

describe('the last look before the first byte', () => {
  it('sends nothing when the lease ends while the socket is made', async () => {
    const egress = client();
    let looks = 0;
    const before = heads;
    const request = egress.bind({ isOver: () => (looks += 1) > 1 }).request({ method: 'POST', url, body: { a: 1 } });
    await expect(request).rejects.toMatchObject({ sent: false, code: 'aborted' });
    expect(looks).toBe(2);
    expect((await egress.bind({ isOver: () => false }).request({ method: 'POST', url, body: { a: 1 } })).status).toBe(200);
    expect(heads - before).toBe(1);
    await egress.close();
  });

  it('sends nothing from a process that was stopped past the end of its lease', async () => {
    const before = heads;
    const child = fork(fileURLToPath(new URL('./stopped-process.fixture.mjs', import.meta.url)), [url], { execArgv: [] });
    const heard: unknown[] = [];
    child.on('message', (message) => heard.push(message));
    while (!heard.includes('leased')) await once(child, 'message');
    child.kill('SIGSTOP');
    child.send('send');
    await new Promise((done) => setTimeout(done, 1_500));
    child.kill('SIGCONT');
    while (heard.length < 3) await once(child, 'message');
    expect(heard.slice(1)).toEqual([{ sent: false, code: 'aborted' }, { status: 200 }]);
    expect(heads - before).toBe(1); // only the one under a new lease
    child.disconnect();
    await once(child, 'exit');
  }, 30_000);
});

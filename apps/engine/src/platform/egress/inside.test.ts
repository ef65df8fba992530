// Nothing inside is reached that the operator did not name: sixty spellings, names that change their mind, redirects, answers without an end.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressRules, EgressClient } from './index.js';

/** Listens on the loopback that every spelling below leads to; hears nothing. */
let canary: Server;
/** On 127.0.0.2, which the operator of these tests allowed. */
let friend: Server;
let heard = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('{}');
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  canary = createServer((_, response) => response.end('{}')).on('connection', () => (heard += 1));
  friend = createServer((request, response) => answer(request, response));
  canary.listen(0, '127.0.0.1');
  friend.listen(0, '127.0.0.2');
  await Promise.all([once(canary, 'listening'), once(friend, 'listening')]);
});
afterAll(() => {
  for (const server of [canary, friend]) server.closeAllConnections();
  canary.close();
  friend.close();
});

/** `PORT` is the canary's. */
const spellings = [
  [
    'loopback',
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://127.0.1:PORT/',
    'http://127.0.0.2:PORT/',
    'http://127.255.255.254:PORT/',
  ],
  [
    'its names',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
    'http://localhost.:PORT/',
    'http://a.localhost:PORT/',
    'http://ip6-localhost:PORT/',
  ],
  ['decimal', 'http://2130706433:PORT/', 'http://2130706433.:PORT/', 'http://4294967295:PORT/', 'http://0:PORT/'],
  ['hexadecimal', 'http://0x7f000001:PORT/', 'http://0x7f.1:PORT/', 'http://0x7f.0x0.0x0.0x1:PORT/', 'http://0X7F.0.0.1:PORT/'],
  ['octal', 'http://0177.0.0.1:PORT/', 'http://0177.1:PORT/', 'http://017700000001:PORT/', 'http://0177.0x0.0.1:PORT/'],
  ['trailing dot', 'http://127.0.0.1.:PORT/', 'http://0x7f.1.:PORT/'],
  ['other scripts', 'http://①②⑦.⓪.⓪.①:PORT/', 'http://127。0。0。1:PORT/', 'http://１２７.0.0.1:PORT/', 'http://ｌｏｃａｌｈｏｓｔ:PORT/'],
  ['percent', 'http://%31%32%37.0.0.1:PORT/', 'http://127%2e0%2e0%2e1:PORT/', 'http://%6cocalhost:PORT/'],
  [
    'userinfo',
    'http://example.com@127.0.0.1:PORT/',
    'http://example.com:443@127.0.0.1:PORT/',
    'http://a%40b@127.1:PORT/',
    'http:\\\\127.0.0.1:PORT\\',
  ],
  ['any address', 'http://0.0.0.0:PORT/', 'http://0.0.0.1:PORT/', 'http://[::]:PORT/', 'http://[0:0:0:0:0:0:0:0]:PORT/'],
  ['IPv6 loopback', 'http://[::1]:PORT/', 'http://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/', 'http://[0:0::1]:PORT/'],
  [
    'v4-mapped',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
  ],
  [
    'NAT64 and 6to4',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[64:ff9b:1::7f00:1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://[2002:7f00:0001::1]:PORT/',
  ],
  [
    'metadata',
    'http://169.254.169.254/',
    'https://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:a9fe:a9fe]/',
  ],
  ['inside', 'https://10.0.0.1/', 'https://192.168.0.1/', 'https://[fe80::1]/', 'https://100.100.100.200/'],
].flatMap(([what, ...urls]) => urls.map((url) => [what!, url] as const));

describe('addresses inside', () => {
  it('are written in sixty ways here, each once', () => {
    expect(spellings.length).toBeGreaterThanOrEqual(60);
    expect(new Set(spellings.map(([, url]) => url)).size).toBe(spellings.length);
  });

  it.each(spellings)('%s: %s is refused before anything connects', async (_, url) => {
    const egress = new EgressClient(addressRules([]));
    const asked = egress
      .bind({})
      .request({ method: 'POST', url: url.replace('PORT', String(portOf(canary))), body: { a: 1 }, timeoutMs: 5_000 });
    const failure = (await asked.then(
      () => undefined,
      (error: unknown) => error,
    )) as { sent?: boolean; code?: string } | undefined;
    // Blocked, a name that nobody has, or no address at all; never "refused by the other side".
    expect(['blocked', 'dns', 'ERR_INVALID_URL']).toContain(failure?.code);
    expect(failure?.sent ?? false).toBe(false);
    expect(heard).toBe(0);
    await egress.close();
  });

  it.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:text/plain,x', 'unix:/tmp/socket'])(
    '%s is no way out',
    async (url) => {
      const egress = new EgressClient(addressRules(['127.0.0.0/8']));
      await expect(egress.bind({}).request({ method: 'GET', url })).rejects.toMatchObject({
        code: expect.stringMatching(/^(blocked|dns|ERR_INVALID_URL)$/),
      });
      await egress.close();
    },
  );
});

describe('names that change their mind', () => {
  it('are resolved once a request, and the connection goes to what was judged: 500 requests, the canary hears none', async () => {
    let asked = 0;
    const egress = new EgressClient(addressRules(['127.0.0.2/32']), () => Promise.resolve([(asked += 1) % 2 ? '127.0.0.2' : '127.0.0.1']));
    const url = `http://rebinds.example:${portOf(friend)}/`;
    const results: string[] = [];
    for (let n = 0; n < 500; n += 1)
      results.push(await egress.bind({}).request({ method: 'GET', url, timeoutMs: 5_000 }).then(({ status }) => String(status), (error: { code: string }) => error.code)); // prettier-ignore
    expect(asked).toBe(500);
    expect(results.filter((result) => result === '200')).toHaveLength(250);
    expect(results.filter((result) => result === 'blocked')).toHaveLength(250);
    expect(heard).toBe(0);
    await egress.close();
  });

  it('are refused whole when one of their addresses is inside', async () => {
    const egress = new EgressClient(addressRules(['127.0.0.2/32']), () => Promise.resolve(['127.0.0.2', '127.0.0.1']));
    const url = `http://both.example:${portOf(friend)}/`;
    await expect(egress.bind({}).request({ method: 'GET', url })).rejects.toMatchObject({ sent: false, code: 'blocked' });
    expect(heard).toBe(0);
    await egress.close();
  });
});

describe('answers', () => {
  const friendly = () => new EgressClient(addressRules(['127.0.0.2/32']));
  const url = () => `http://127.0.0.2:${portOf(friend)}/`;

  it.each([301, 302, 303, 307, 308])('a redirect (%i) is an answer and is not followed', async (status) => {
    answer = (_, response) => response.writeHead(status, { location: `http://127.0.0.1:${portOf(canary)}/latest/meta-data/` }).end();
    const egress = friendly();
    expect(await egress.bind({}).request({ method: 'GET', url: url() })).toMatchObject({ status });
    expect(heard).toBe(0);
    await egress.close();
  });

  it('of more than 5 MB are cut there', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, 120);
    answer = (_, response) => {
      const more = () => {
        let room = !response.destroyed;
        while (room) {
          sent += chunk.length;
          room = response.write(chunk) && !response.destroyed;
        }
      };
      response.on('drain', more);
      more();
    };
    const egress = friendly();
    await expect(egress.bind({}).request({ method: 'GET', url: url() })).rejects.toMatchObject({ sent: true, code: 'too-large' });
    expect(sent).toBeGreaterThan(5 * 1024 * 1024 - 1024 * 1024);
    expect(sent).toBeLessThan(20 * 1024 * 1024); // what the sockets hold between them, not the gigabytes it would send
    await egress.close();
  });

  it('that never end are cut at the deadline, also when a byte comes now and then', async () => {
    const drips = new Set<NodeJS.Timeout>();
    answer = (_, response) => {
      response.writeHead(200);
      drips.add(setInterval(() => response.write('x'), 50));
    };
    const egress = friendly();
    const started = performance.now();
    await expect(egress.bind({}).request({ method: 'GET', url: url(), timeoutMs: 1_000 })).rejects.toMatchObject({
      sent: true,
      code: 'timeout',
    });
    expect(performance.now() - started).toBeGreaterThanOrEqual(900);
    for (const drip of drips) clearInterval(drip);
    answer = (_, response) => response.end('{}');
    await egress.close();
  });
});

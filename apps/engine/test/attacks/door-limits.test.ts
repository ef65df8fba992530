// Every limit of the door has a number: how long a request may take to arrive, how large, how deep, in which bytes; and what each answer says to a browser.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { openBench, adminKey, type Bench } from '../test-bench.js';

jest.setTimeout(180_000);
let bench: Bench;
let port: number;
const put = 'POST /v1/mappings/check HTTP/1.1';
const own = `host: localhost\r\nauthorization: Bearer ${adminKey}\r\ncontent-type: application/json\r\n`;

/** A connection of one's own, byte by byte. */
function dial(): { socket: Socket; said: () => string; ended: Promise<number> } {
  const socket = connect(port, '127.0.0.1');
  const started = performance.now();
  let said = '';
  socket.on('data', (bytes: Buffer) => (said += bytes.toString()));
  socket.on('error', () => undefined); // a cut connection is what these tests wait for
  return {
    socket,
    said: () => said,
    ended: new Promise<void>((done) => socket.on('close', () => done())).then(() => performance.now() - started),
  };
}
const send = (body: Buffer | string, headers: Record<string, string> = {}) =>
  fetch(`${bench.api.url}/v1/mappings/check`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json', ...headers },
    body,
  }).then(async (response) => ({ status: response.status, code: ((await response.json()) as { code?: string }).code }));

describe('limits of the door', () => {
  beforeAll(async () => {
    bench = await openBench();
    port = Number(new URL(bench.api.url).port);
  });
  afterAll(() => bench?.stop());

  it('headers have 10 s to arrive and a body 30 s, however many dawdle; others are answered meanwhile', async () => {
    const slow = Array.from({ length: 250 }, () => {
      const line = dial();
      line.socket.write('GET /v1/flows HTTP/1.1\r\nhost: localhost\r\n');
      const drip = setInterval(() => line.socket.write('x: y\r\n'), 5_000);
      return { ...line, stop: () => clearInterval(drip) };
    });
    const slower = Array.from({ length: 250 }, () => {
      const line = dial();
      line.socket.write(`${put}\r\n${own}content-length: 1000\r\n\r\n{`);
      const drip = setInterval(() => line.socket.write(' '), 5_000);
      return { ...line, stop: () => clearInterval(drip) };
    });
    try {
      let answered = 0;
      const until = performance.now() + 8_000;
      while (performance.now() < until) {
        expect((await send('{"source":"1"}')).status).toBe(200);
        answered += 1;
      }
      expect(answered).toBeGreaterThan(2);
      await Promise.all([...slow, ...slower].map(({ ended }) => ended));
    } finally {
      for (const { stop, socket } of [...slow, ...slower]) {
        stop();
        socket.destroy();
      }
    }
    const heads = await Promise.all(slow.map(({ ended }) => ended));
    const bodies = await Promise.all(slower.map(({ ended }) => ended));
    expect(Math.min(...heads)).toBeGreaterThan(9_000);
    expect(Math.max(...heads)).toBeLessThan(25_000); // 10 s, the look each second, and a busy machine
    expect(Math.min(...bodies)).toBeGreaterThan(29_000);
    expect(Math.max(...bodies)).toBeLessThan(60_000);
    expect(slow.every(({ said }) => said() === '' || said().startsWith('HTTP/1.1 408'))).toBe(true);
  });

  it('a body that says it is 1 GB is refused at once; one that streams is refused at the limit, and its connection is closed', async () => {
    const honest = dial();
    honest.socket.write(`${put}\r\n${own}content-length: 1073741824\r\n\r\n{`);
    await honest.ended;
    expect(honest.said()).toMatch(/^HTTP\/1\.1 413 /);
    const stream = dial();
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    stream.socket.write(`POST /v1/hooks/stripe HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n`);
    let sent = 0;
    const before = process.memoryUsage().rss;
    while (!stream.socket.destroyed && stream.said() === '' && sent < 1024 ** 3) {
      sent += 65_536;
      if (!stream.socket.write(chunk)) await Promise.race([once(stream.socket, 'drain').catch(() => undefined), stream.ended]);
    }
    await stream.ended;
    expect(stream.said()).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(16 * 1024 * 1024); // what fits into the sockets between them
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it.each([
    [
      '2 MB and a little',
      Buffer.concat([Buffer.from('{"source":"'), Buffer.alloc(2 * 1024 * 1024, 120), Buffer.from('"}')]),
      413,
      'BODY_TOO_LARGE',
    ],
    ['sixty thousand lists in each other', '['.repeat(60_000) + ']'.repeat(60_000), 400, 'BODY_TOO_DEEP'],
    ['65 levels', `{"source":${'['.repeat(65)}${']'.repeat(65)}}`, 400, 'BODY_TOO_DEEP'],
    ['__proto__', '{"source":"1","__proto__":{"x":1}}', 400, 'BODY_KEY_REFUSED'],
    ['__proto__ in an escape', '{"source":"1","\\u005f_proto__":{"x":1}}', 400, 'BODY_KEY_REFUSED'],
    ['constructor', '{"source":"1","constructor":{"prototype":{"x":1}}}', 400, 'BODY_KEY_REFUSED'],
    ['prototype', '{"a":{"prototype":1}}', 400, 'BODY_KEY_REFUSED'],
    ['a key twice', '{"source":"1","source":"2"}', 400, 'BODY_KEY_REFUSED'],
    ['a key twice, once in an escape', '{"source":"1","\\u0073ource":"2"}', 400, 'BODY_KEY_REFUSED'],
    ['NUL', '{"source":"a\\u0000b"}', 400, 'REQUEST_INVALID'],
    ['NUL in a key', '{"source":"1","a\\u0000":1}', 400, 'REQUEST_INVALID'],
    ['half a surrogate pair', '{"source":"\\ud800"}', 400, 'REQUEST_INVALID'],
    ['the other half', '{"source":"a\\udc00b"}', 400, 'REQUEST_INVALID'],
    ['a byte order mark', '\ufeff{"source":"1"}', 400, 'BODY_NOT_JSON'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400, 'BODY_NOT_JSON'],
    ['two values', '{"source":"1"}{"source":"2"}', 400, 'BODY_NOT_JSON'],
    ['an end too soon', '{"source":"1"', 400, 'BODY_NOT_JSON'],
    ['NaN', '{"source":NaN}', 400, 'BODY_NOT_JSON'],
    ['single quotes', "{'source':'1'}", 400, 'BODY_NOT_JSON'],
    ['a comment', '{"source":"1"/* */}', 400, 'BODY_NOT_JSON'],
  ])('%s is refused', async (_, body, status, code) => {
    expect(await send(body)).toEqual({ status, code });
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('a file in letters that are no UTF-8 is refused as that, not as JSON', async () => {
    const response = await fetch(`${bench.api.url}/v1/tables/customer/rows`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'text/csv' },
      body: Buffer.from('customer,number\nM\u00fcller,7\n', 'latin1'),
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { code: 'BODY_NOT_TEXT', remedy: expect.stringContaining('UTF-8') },
    ]);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x-unknown'])('a body in %s is not opened', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    expect(await send(bomb, { 'content-encoding': encoding })).toEqual({ status: 415, code: 'CONTENT_ENCODING_UNKNOWN' });
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  it('numbers where a text belongs are refused; one that no double holds is its text, and no 500', async () => {
    for (const number of ['-0', '0.1', '7']) expect((await send(`{"source":${number}}`)).status).toBe(400);
    for (const number of ['1e400', '12345678901234567890.123456789012345678', '1E-400'])
      expect((await send(`{"source":${number}}`)).status).toBeLessThan(500);
  });

  it('what is left of 16 kB of headers is refused, and so are requests that say two things', async () => {
    for (const [head, status] of [
      [`GET /health/live HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(17 * 1024)}\r\n\r\n`, 431],
      [`${put}\r\n${own}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
      [`${put}\r\n${own}content-length: 5\r\ncontent-length: 6\r\n\r\nabcde`, 400],
      ['GET /health/live HTTP/1.1\r\n\r\n', 400],
      ['GET /v1/flows\u0001 HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
    ] as const) {
      const line = dial();
      line.socket.end(head);
      await line.ended;
      expect(line.said()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
  });

  it('every answer tells a browser to guess, frame and keep nothing', async () => {
    for (const path of ['/v1/flows', '/health/live', '/v1/openapi.json', '/nothing/here']) {
      const { headers } = await fetch(`${bench.api.url}${path}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
      for (const name of ['x-powered-by', 'server', 'access-control-allow-origin']) expect(headers.get(name)).toBeNull();
    }
  });

  it('other methods and other origins get nothing', async () => {
    for (const method of ['PATCH', 'OPTIONS', 'PROPFIND']) {
      const response = await fetch(`${bench.api.url}/v1/flows`, {
        method,
        headers: { origin: 'https://elsewhere.example', authorization: `Bearer ${adminKey}` },
      });
      expect([method, response.status >= 400 && response.status < 500]).toEqual([method, true]);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

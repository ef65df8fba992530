// SFTP against a real OpenSSH server: who it is, who we are, files in and out, and a connection that ends in the middle.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { isConnectorFailure, TransportFailure, type Dial, type JsonObject, type Page } from '@waybill/sdk';
import { testContext, unreachableHttp } from '@waybill/sdk/conformance';
import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPlainSftp, type PlainSftp } from '../test/plain-sftp.js';
import { missingSshd, startSshd, wireTo, type RunningSshd } from '../test/sshd.js';
import { csv } from './index.js';
import { fingerprintOf } from './sftp.js';

jest.setTimeout(60_000);
const long = new Date('2026-11-01T00:00:00Z');
const request = { effect: 'create' as const, key: 'wb-a', attempt: 1, document: { name: 'out', columns: ['a'], rows: [['1']] } };

describe('files on an SFTP server', () => {
  if (missingSshd !== undefined) return it.skip(`are read and written (skipped: ${missingSshd})`, () => undefined);
  let server: RunningSshd;
  let wire: Awaited<ReturnType<typeof wireTo>>;
  let root: string;
  let sockets: Socket[];
  beforeAll(async () => {
    server = await startSshd();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    wire = await wireTo(server.port);
    root = mkdtempSync(join(tmpdir(), 'waybill-sftp-'));
    for (const folder of ['in', 'out']) mkdirSync(join(root, folder));
    sockets = [];
  });
  afterEach(async () => {
    await wire.close();
    rmSync(root, { recursive: true, force: true });
  });

  const dial: Dial = () => {
    const socket = connect(wire.port, '127.0.0.1').setNoDelay(true);
    sockets.push(socket);
    return socket;
  };
  const contextOf = (more: JsonObject = {}, over: Dial = dial) =>
    testContext({
      settings: {
        system: 's', transport: 'sftp', address: `sftp.invalid:${server.port}`, hostFingerprint: server.fingerprint, username: server.username, privateKey: server.privateKey,
        inFolder: join(root, 'in'), outFolder: join(root, 'out'), ...more,
      },
      http: unreachableHttp(),
      dial: over,
      now: () => new Date('2026-11-27T06:00:00Z'),
    }); // prettier-ignore
  const put = (name: string, content: string, at = long) => {
    writeFileSync(join(root, 'in', name), content);
    utimesSync(join(root, 'in', name), at, at);
  };
  const read = (cursor: string | null, more: JsonObject = {}, limit = 100, over = dial) =>
    csv.streams.rows.poll!.read(contextOf(more, over), { stream: 'rows', cursor, limit });
  async function readAll(cursor: string | null, more: JsonObject = {}): Promise<Page> {
    const deliveries: Page['deliveries'] = [];
    for (;;) {
      const page = await read(cursor, more);
      deliveries.push(...page.deliveries);
      cursor = page.cursor;
      if (!page.more) return { deliveries, cursor, more: false };
    }
  }
  const factsOf = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return isConnectorFailure(error) ? error.facts : error;
  };
  const values = ({ deliveries }: Page) =>
    deliveries.map((one) => Object.values((JSON.parse(one.body) as { values: object }).values)[0] as string);

  it('are listed, read in order and moved into the archive, which is made; links, folders and hidden files are not taken', async () => {
    put('b.csv', 'x\n3\n');
    put('a.csv', 'x\n1\n2\n');
    put('.c.csv.part', 'x\n9\n');
    mkdirSync(join(root, 'in', 'd.csv'));
    writeFileSync(join(root, 'secret.csv'), 'x\n9\n');
    symlinkSync(join(root, 'secret.csv'), join(root, 'in', 'e.csv'));
    for (const name of ['d.csv', 'e.csv']) lutimesSync(join(root, 'in', name), long, long);
    const page = await readAll(null);
    expect(values(page)).toEqual(['1', '2', '3']);
    expect(readdirSync(join(root, 'in', 'archive')).map((name) => name.replace(/[0-9a-f]{12}/, '…')).sort()).toEqual(['a.….csv', 'b.….csv']);
    expect((await readAll(page.cursor)).deliveries).toEqual([]);
    expect(sockets.every((socket) => socket.destroyed)).toBe(true);
  }); // prettier-ignore
  it('that were cut off in the middle are read on from the last page that was committed, and no row is lost or doubled', async () => {
    const lines = Array.from({ length: 20_000 }, (_, n) => `${n},${'y'.repeat(20)}`);
    put('a.csv', `n,y\n${lines.join('\n')}\n`);
    wire.cutAfter(200_000);
    expect(await factsOf(read(null))).toMatchObject({ recovery: 'retryable' });
    wire.cutAfter(Infinity);
    const begun = await read(null);
    const first = await read(begun.cursor, {}, 500);
    wire.cutAfter(10_000);
    expect(await factsOf(read(first.cursor, {}, 500))).toMatchObject({ recovery: 'retryable' });
    wire.cutAfter(Infinity);
    const second = await read(first.cursor, {}, 500);
    expect(values({ ...first, deliveries: [...first.deliveries, ...second.deliveries] })).toEqual(Array.from({ length: 1_000 }, (_, n) => String(n)));
  }); // prettier-ignore
  it('are written whole under their name, over an older one, and nothing else is left', async () => {
    await csv.operations.file.send(contextOf(), request);
    const large = {
      ...request,
      document: { ...request.document, rows: Array.from({ length: 9_000 }, (_, n) => [`${n}${'z'.repeat(50)}`]) },
    };
    expect(await csv.operations.file.send(contextOf(), large)).toMatchObject({ documentId: 'out-wb-a.csv' });
    expect(readdirSync(join(root, 'out'))).toEqual(['out-wb-a.csv']);
    expect(readFileSync(join(root, 'out', 'out-wb-a.csv'), 'utf8').split('\r\n')).toHaveLength(9_002);
  });
  it('whose writing is cut off have no name yet, and the next try finishes', async () => {
    const large = {
      ...request,
      document: { ...request.document, rows: Array.from({ length: 9_000 }, (_, n) => [`${n}${'z'.repeat(50)}`]) },
    };
    wire.cutAfter(4_000);
    expect(await factsOf(csv.operations.file.send(contextOf(), large))).toMatchObject({ recovery: 'retryable' });
    expect(existsSync(join(root, 'out', 'out-wb-a.csv'))).toBe(false);
    wire.cutAfter(Infinity);
    await csv.operations.file.send(contextOf(), large);
    expect(readdirSync(join(root, 'out'))).toEqual(['out-wb-a.csv']);
  });
  it('of a server with another key are not asked for: nobody signs in', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const facts = await factsOf(read(null, { hostFingerprint: other, privateKey: server.strangeKey }));
    expect(facts).toMatchObject({
      recovery: 'misconfigured',
      code: 'host-key-unknown',
      message: expect.stringContaining(server.fingerprint),
    });
    expect(await csv.check(contextOf({ hostFingerprint: other }))).toMatchObject([{ ok: false, remedy: expect.stringMatching(/fingerprint/) }, { ok: false }]); // prettier-ignore
  });
  it('need a key that the server knows, and its passphrase', async () => {
    put('a.csv', 'x\n1\n');
    expect(await factsOf(read(null, { privateKey: server.strangeKey }))).toMatchObject({
      recovery: 'unauthorized',
      code: 'sign-in-refused',
    });
    expect(await factsOf(read(null, { privateKey: server.lockedKey }))).toMatchObject({ recovery: 'misconfigured', code: 'private-key-unreadable' }); // prettier-ignore
    expect(await factsOf(read(null, { privateKey: server.lockedKey, passphrase: 'wrong' }))).toMatchObject({ recovery: 'misconfigured' });
    expect((await read(null, { privateKey: server.lockedKey, passphrase: server.passphrase })).more).toBe(true);
    // As a form with one line has it.
    expect((await read(null, { privateKey: server.privateKey.replaceAll('\n', ' ') })).more).toBe(true);
    expect(await factsOf(read(null, { privateKey: '', password: '' }))).toMatchObject({ code: 'setting-missing' });
    expect(await factsOf(read(null, { privateKey: '', password: 'not taken here' }))).toMatchObject({ recovery: 'unauthorized' });
  });
  it('in a folder that is not there, or may not be written, say so', async () => {
    expect(await factsOf(read(null, { inFolder: join(root, 'nowhere') }))).toMatchObject({
      recovery: 'misconfigured',
      code: 'no-such-file',
    });
    expect(await factsOf(csv.operations.file.send(contextOf({ outFolder: join(root, 'nowhere') }), request))).toMatchObject({ recovery: 'misconfigured', code: 'no-such-file' }); // prettier-ignore
  });
  it('are reached through the engine alone: an address that nobody allowed is not dialled past it', async () => {
    const blocked: Dial = () => {
      throw new TransportFailure({ sent: false, code: 'blocked', message: 'inside' });
    };
    expect(await factsOf(read(null, {}, 100, blocked))).toMatchObject({ recovery: 'misconfigured', code: 'blocked' });
    const late: Dial = () => {
      const socket = connect(wire.port, '127.0.0.1');
      socket.destroy(new TransportFailure({ sent: false, code: 'blocked', message: 'inside' }));
      return socket;
    };
    expect(await factsOf(read(null, {}, 100, late))).toMatchObject({ recovery: 'misconfigured', code: 'blocked' });
  });
});

describe('a server that is not OpenSSH', () => {
  const login = { username: 'waybill', password: 'a-password-of-the-test' };
  let server: PlainSftp;
  beforeEach(async () => {
    server = await startPlainSftp(login);
  });
  afterEach(() => server.close());
  const contextOf = (more: JsonObject = {}) =>
    testContext({
      settings: { system: 's', transport: 'sftp', address: `sftp.invalid:${server.port}`, hostFingerprint: fingerprintOf(server.hostKey), ...login, inFolder: '/in', outFolder: '/out', ...more },
      http: unreachableHttp(),
      dial: () => connect(server.port, '127.0.0.1').setNoDelay(true),
    }); // prettier-ignore
  const recoveryOf = (call: Promise<unknown>) => call.then(() => 'done', (error: unknown) => (isConnectorFailure(error) ? `${error.facts.recovery} ${error.facts.code}` : String(error))); // prettier-ignore

  it('lets in by a password, and no other', async () => {
    expect(await recoveryOf(csv.operations.file.send(contextOf({ password: 'another' }), request))).toBe('unauthorized sign-in-refused');
    expect(server.asked).toEqual([]);
    expect(await recoveryOf(csv.operations.file.send(contextOf(), request))).toBe('done');
  });
  it('has no rename over another file: the older one is removed a moment before', async () => {
    await csv.operations.file.send(contextOf(), request);
    await csv.operations.file.send(contextOf(), { ...request, document: { ...request.document, rows: [['2']] } });
    expect([...server.files].map(([name, content]) => [name, content.toString()])).toEqual([['/out/out-wb-a.csv', 'a\r\n2\r\n']]);
    const once = ['open /out/.out-wb-a.csv.part', 'remove /out/out-wb-a.csv', 'rename /out/.out-wb-a.csv.part /out/out-wb-a.csv'];
    expect(server.asked).toEqual([...once, ...once]);
  });
  it('that lets nobody look into a folder is a matter of rights', async () =>
    expect(await recoveryOf(csv.streams.rows.poll!.read(contextOf(), { stream: 'rows', cursor: null, limit: 100 }))).toBe('misconfigured permission-denied')); // prettier-ignore
});

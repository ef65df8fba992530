// What leaves on a connection: over the socket that was checked and no other, and nothing of the engine's own environment.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isConnectorFailure, TransportFailure, type Dial, type JsonObject } from '@waybill/sdk';
import { once } from 'node:events';
import { connect, createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { connectTo } from './client.js';
import { readFailure } from './failures.js';

/** A name that leads nowhere: whoever asks for it again fails. */
const settings: JsonObject = { system: 's', address: 'db.invalid:5432', database: 'billing', username: 'waybill', password: 'secret', encryption: 'none' }; // prettier-ignore
const own = { PGOPTIONS: '-c role=postgres', PGPASSWORD: 'of-the-engine', PGUSER: 'engine', PGDATABASE: 'engine', PGAPPNAME: 'engine', PGSSLMODE: 'disable', PGREPLICATION: 'true', PGCLIENTENCODING: 'LATIN1' }; // prettier-ignore
const before = { ...process.env };

let server: Server;
let received: Buffer[];
/** What the server says to the first packet. */
let answer: Buffer | undefined;
let dialled: unknown[];
let connectedAnew: number;
const dial: Dial = (to) => {
  dialled.push(to);
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  // Whoever connects it anew asks for the name again, past the check of its addresses.
  socket.connect = () => {
    connectedAnew += 1;
    return socket;
  };
  return socket;
};
beforeEach(async () => {
  Object.assign(process.env, own);
  [received, answer, dialled, connectedAnew] = [[], undefined, [], 0];
  server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      received.push(data);
      const said = received.length === 1 ? answer : undefined;
      if (said) socket.write(said);
      else socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const name of Object.keys(own)) delete process.env[name];
  Object.assign(process.env, before);
  server.close();
  await once(server, 'close');
});

const attempt = async (more: JsonObject = {}, over: Dial = dial) => {
  const error: unknown = await connectTo({ settings: { ...settings, ...more }, dial: over }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return readFailure(error, { what: 'connect', settings: {} }).facts;
};
/** Names and values of a startup packet, which begins with its length and the version 3.0. */
const startup = (packet: Buffer): Record<string, string> => {
  expect([packet.readInt32BE(0), packet.readInt32BE(4)]).toEqual([packet.length, 196_608]);
  const words = packet.subarray(8).toString('utf8').split('\0');
  return Object.fromEntries(Array.from({ length: Math.floor(words.length / 2) }, (_, n) => [words[2 * n]!, words[2 * n + 1]!]).filter(([name]) => name !== '')); // prettier-ignore
};

describe('a connection', () => {
  it('goes over the socket of the engine, to a name that is not asked for again, with our parameters alone', async () => {
    expect(await attempt()).toMatchObject({ recovery: 'retryable' });
    expect(dialled).toEqual([{ host: 'db.invalid', port: 5432, encrypted: 'never', tls: {} }]);
    expect(connectedAnew).toBe(0);
    const { options, ...rest } = startup(received[0]!);
    expect(rest).toEqual({ user: 'waybill', database: 'billing', client_encoding: 'UTF8', application_name: 'waybill' });
    expect(options).toContain('-c TimeZone=UTC');
    expect(options).not.toContain('role');
  });
  it('asks for TLS before anything else, and sends nothing to a server that has none', async () => {
    answer = Buffer.from('N');
    expect(await attempt({ encryption: 'tls' })).toMatchObject({ recovery: 'misconfigured', code: 'tls' });
    expect(dialled).toMatchObject([{ host: 'db.invalid', encrypted: 'later' }]);
    expect(Buffer.concat(received)).toEqual(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  });
  it('gives the password of the connection, and never that of the engine', async () => {
    answer = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]); // asks for the password as it is
    await attempt();
    expect(received[1]!.toString('latin1')).toBe('p\0\0\0\x0bsecret\0');
    received = [];
    expect(await attempt({ password: '' })).toMatchObject({ recovery: 'misconfigured', code: 'setting-missing' });
    expect(Buffer.concat(received).toString('latin1')).not.toContain('of-the-engine');
    expect(received).toHaveLength(1);
  });
  it('to an address that nobody allowed is not made, whether that is said at once or by the socket', async () => {
    const blocked = new TransportFailure({ sent: false, code: 'blocked', message: 'db.invalid leads to 10.0.0.1' });
    const later = () => {
      const socket = new Socket();
      setImmediate(() => socket.destroy(blocked));
      return socket;
    };
    const now: Dial = () => {
      throw blocked;
    };
    for (const over of [later, now]) expect(await attempt({}, over)).toMatchObject({ recovery: 'misconfigured', code: 'blocked' });
    expect(received).toEqual([]);
    expect(isConnectorFailure(blocked)).toBe(false);
  });
});

import { isEncrypted, misconfigured, tlsOf, type ConnectorContext } from '@waybill/sdk';
import type { Socket } from 'node:net';
import pg from 'pg';
import { text } from './settings.js';

const connectedWithinMs = 10_000;
/** The server ends a statement before we end to wait for it: a statement that we gave up may still commit. */
const statementMs = 20_000;
const answeredWithinMs = 25_000;
/** How long a good-bye may take; a server that is gone says none. */
const goodByeMs = 2_000;
const sockets = new WeakMap<pg.Client, Socket>();

/** Exact text of every value: dates in one form, floats with every digit, whatever the server's own settings are. */
const sessionOptions = [
  '-c DateStyle=ISO',
  '-c IntervalStyle=iso_8601',
  '-c TimeZone=UTC',
  '-c extra_float_digits=1',
  '-c bytea_output=hex',
  `-c statement_timeout=${statementMs}`,
  '-c idle_in_transaction_session_timeout=60000',
].join(' ');

/**
 * A connection for one call or one stream, made and signed in. It never connects again by itself. Every parameter that `pg` would otherwise read from the
 * process is given: `PGOPTIONS`, `PGPASSWORD`, `PGSSLMODE` and their kind are the engine's, and no business of the other system.
 */
export async function connectTo({ settings, dial }: Pick<ConnectorContext, 'settings' | 'dial'>): Promise<pg.Client> {
  const [, host = '', port = '0'] = /^(.+):(\d+)$/.exec(text(settings, 'address')) ?? [];
  const encrypted = isEncrypted(settings);
  const password = text(settings, 'password');
  const socket = dial({ host, port: Number(port), encrypted: encrypted ? 'later' : 'never', tls: tlsOf(settings) });
  // `pg` calls `connect` on the socket that it is given. That would ask for the address anew and walk around the check of it.
  socket.connect = () => socket;
  const client = new pg.Client({
    stream: () => socket,
    host,
    port: Number(port),
    database: text(settings, 'database'),
    user: text(settings, 'username'),
    password: password === '' ? refusePassword : password,
    ssl: encrypted ? tlsOf(settings) : false,
    ...({ sslnegotiation: 'postgres' } as object),
    client_encoding: 'UTF8',
    application_name: 'waybill',
    options: sessionOptions,
    connectionTimeoutMillis: connectedWithinMs,
    query_timeout: answeredWithinMs,
    types: { getTypeParser: () => (value: unknown) => value } as unknown as pg.CustomTypesConfig,
  });
  // Nothing harmless can be given for this one.
  (client as unknown as { connectionParameters: { replication?: unknown } }).connectionParameters.replication = undefined;
  // Without a listener a connection that breaks between two calls would end the process; whoever asks next is told.
  client.on('error', () => undefined);
  sockets.set(client, socket);
  try {
    await client.connect();
    return client;
  } catch (error) {
    socket.destroy();
    await letGo(client);
    throw error;
  }
}

const refusePassword = (): never => {
  throw misconfigured({
    code: 'setting-missing',
    message: 'The server asks for a password, and the connection has none.',
    remedy: 'Enter the password in the connection.',
  });
};

/** Says good-bye. Whatever was asked for is settled by then. */
export async function letGo(client: pg.Client | undefined): Promise<void> {
  if (!client) return;
  const late = setTimeout(() => sockets.get(client)?.destroy(), goodByeMs);
  await client.end().catch(() => undefined);
  clearTimeout(late);
}

/** For one call: connects, runs, lets go. */
export async function withClient<T>(context: ConnectorContext, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectTo(context);
  try {
    return await run(client);
  } finally {
    await letGo(client);
  }
}

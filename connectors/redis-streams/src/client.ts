import { isEncrypted, tlsOf, type ConnectorContext } from '@waybill/sdk';
import { Redis } from 'ioredis';
import type { Socket } from 'node:net';
import { text } from './settings.js';

const answeredWithinMs = 15_000;

/** A connection for one call or one stream, made and signed in. It never reconnects by itself: the engine opens anew, from the position. */
export async function connectTo({ settings, dial }: ConnectorContext): Promise<Redis> {
  const [, host, port] = /^(.+):(\d+)$/.exec(text(settings, 'address')) ?? ['', '', '0'];
  const encrypted = isEncrypted(settings);
  let failure: Error | undefined;

  /** Where ioredis gets its socket from. */
  class Dialled {
    private socket: Socket | undefined;
    connect(): Promise<Socket> {
      return new Promise((done) => {
        this.socket = dial({ host: host!, port: Number(port), encrypted: encrypted ? 'now' : 'never', tls: tlsOf(settings) });
        this.socket.once('error', (error) => (failure ??= error));
        done(this.socket);
      });
    }
    disconnect(): void {
      this.socket?.end();
    }
    check(): boolean {
      return true;
    }
  }

  const username = text(settings, 'username');
  const password = text(settings, 'password');
  const client = new Redis({
    Connector: Dialled as never,
    ...(encrypted ? { tls: {} } : {}),
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    db: typeof settings['database'] === 'number' ? settings['database'] : 0,
    enableReadyCheck: false,
    disableClientInfo: true,
    lazyConnect: true,
    connectTimeout: 10_000,
    commandTimeout: answeredWithinMs,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
  });
  // Without a listener the client would print it; whoever waits for an answer is told.
  client.on('error', (error: Error) => (failure ??= error));
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw failure ?? error;
  }
}

import { tlsOf, type ConnectorContext } from '@waybill/sdk';
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer';
import { securityOf, signInOf, text } from './settings.js';

const connectedWithinMs = 10_000;
const answeredWithinMs = 30_000;

export interface Post {
  transport: Transporter<SentMessageInfo>;
  /** True once the connection was there: from then on a letter may have been taken. */
  isOpen(): boolean;
}

/** A transport for one letter. Its socket is the engine's, whose address was judged; nodemailer looks nothing up. */
export function postOf({ settings, dial }: Pick<ConnectorContext, 'settings' | 'dial'>): Post {
  const [host, security, auth] = [text(settings, 'host'), securityOf(settings), signInOf(settings)];
  const port = Number(settings['port']);
  const tls = tlsOf({ ca: settings['ca'] });
  let open = false;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(auth ? { auth } : {}),
    tls,
    connectionTimeout: connectedWithinMs,
    greetingTimeout: connectedWithinMs,
    socketTimeout: answeredWithinMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_: unknown, done: (error: Error | null, options?: unknown) => void) => {
      try {
        const encrypted = security === 'tls' ? 'now' : security === 'none' ? 'never' : 'later';
        const socket = dial({ host, port, encrypted, tls });
        const failed = (error: Error) => done(error);
        const late = setTimeout(() => socket.destroy(new Error(`${host} did not answer within ${connectedWithinMs / 1_000} seconds`)), connectedWithinMs);
        socket.once('error', failed);
        socket.once('close', () => clearTimeout(late));
        socket.once(encrypted === 'now' ? 'secureConnect' : 'connect', () => {
          clearTimeout(late);
          socket.off('error', failed);
          open = true;
          done(null, { connection: socket, secured: encrypted === 'now' });
        });
      } catch (error) {
        done(error as Error);
      }
    },
  } as Parameters<typeof createTransport>[0]);
  return { transport, isOpen: () => open };
} // prettier-ignore

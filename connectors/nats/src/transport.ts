import type { Dial } from '@waybill/sdk';
import { NodeTransport } from '@nats-io/transport-node/lib/node_transport.js';
import transportNode, { type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import type { Socket } from 'node:net';

/** Options carry the way out, because the library makes its transports itself. */
export interface DialledOptions extends NodeConnectionOptions {
  dial: Dial;
}

interface Server {
  hostname: string;
  port: number;
  tlsName: string;
}

/** The library's transport on the engine's sockets. TLS begins after the server's greeting, which holds no secret and no record. */
class DialledTransport extends NodeTransport {
  private way!: { dial: Dial; encrypted: boolean };

  override async connect(server: Server, options: NodeConnectionOptions): Promise<void> {
    const { dial, tls } = options as DialledOptions;
    this.way = { dial, encrypted: tls !== null };
    // A name that is dialled is the name that its certificate is checked against.
    const tlsName = server.tlsName || (/^[\d.]+$|:/.test(server.hostname) ? '' : server.hostname);
    await super.connect({ ...server, hostname: server.hostname, port: server.port, tlsName }, options);
  }

  override dial({ hostname: host, port }: { hostname: string; port: number }): Promise<Socket> {
    return new Promise((done, fail) => {
      const socket = this.way.dial({ host, port, encrypted: this.way.encrypted ? 'later' : 'never' });
      socket.once('error', fail);
      socket.once('close', () => fail(new Error(`the connection to ${host}:${port} was closed`)));
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        socket.removeAllListeners('close');
        done(socket);
      });
    });
  }
}

/** Names are resolved where they are judged, in the dial. */
export function connectDialled(options: DialledOptions): Promise<NatsConnection> {
  transportNode.setTransportFactory({ factory: () => new DialledTransport() });
  return transportNode.NatsConnectionImpl.connect(options as never);
}

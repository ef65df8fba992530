import type { Socket } from 'node:net';

export interface DialTo {
  host: string;
  port: number;
  /**
   * `now`: TLS before the first byte. `later`: the protocol turns the connection into TLS itself (STARTTLS), and the connector sees to it that no
   * secret and no record passes before that. `never`: plain; only to addresses that the operator allowed.
   */
  encrypted: 'now' | 'later' | 'never';
  /** PEM. What the peer's certificate is checked against instead of the usual authorities; and what we show of ourselves. */
  tls?: { ca?: string; cert?: string; key?: string };
}

/**
 * The way out for protocols that are not HTTP. The engine gives every connector this function, to hand to the library that speaks the protocol.
 * Returns a socket that is connecting; when nothing is there it fails with the usual `error` event. Every address of the name is judged before a
 * byte leaves, as for HTTP: one that nobody allowed is an `error` with the code `blocked`, or is thrown at once when the host is an address.
 * Certificates are always checked. The socket is destroyed when the call's signal is aborted and when the process stops.
 */
export type Dial = (to: DialTo) => Socket;

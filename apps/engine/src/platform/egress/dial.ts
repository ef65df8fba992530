import { TransportFailure, type Dial, type DialTo } from '@waybill/sdk';
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { AddressRules } from './addresses.js';

export interface DialBound {
  signal?: AbortSignal | undefined;
  /** Asked before a socket is made: true when the lease is over. */
  isOver?: (() => boolean) | undefined;
}

const keepAliveMs = 30_000;

/**
 * Sockets for connectors whose protocol is not HTTP, under the rules of `EgressClient`: all addresses of a name are judged in the look-up of the
 * connection itself, so a second answer of the name server changes nothing; plain only to addresses that the operator allowed.
 */
export class Dialler {
  private readonly open = new Set<Socket>();

  constructor(
    private readonly rules: AddressRules,
    private readonly resolve: typeof systemLookup = systemLookup,
  ) {}

  bind({ signal, isOver = () => false }: DialBound): Dial {
    return (to) => {
      if (signal?.aborted || isOver()) throw failure('aborted', 'the lease ended before the connection was made');
      const socket = this.dial(to);
      const cut = () => socket.destroy(failure('aborted', 'the connection was ended because its lease ended'));
      signal?.addEventListener('abort', cut, { once: true });
      this.open.add(socket);
      socket.once('close', () => {
        signal?.removeEventListener('abort', cut);
        this.open.delete(socket);
      });
      return socket;
    };
  }

  /** Ends every connection. */
  close(): void {
    for (const socket of this.open) socket.destroy();
  }

  private dial({ host, port, encrypted, tls }: DialTo): Socket {
    const name = host.replace(/^\[|\]$/g, '');
    const judge = (addresses: readonly string[]) => this.refusalOf(name, addresses, encrypted === 'never');
    if (isIP(name)) {
      const refusal = judge([name]);
      if (refusal) throw refusal;
    }
    const options = { host: name, port, lookup: this.judgingLookup(judge) };
    const socket = encrypted === 'now' ? connectTls({ ...options, ...(isIP(name) ? {} : { servername: name }), ...tls }) : connect(options);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveMs);
    return socket;
  }

  private judgingLookup(judge: (addresses: readonly string[]) => TransportFailure | undefined): LookupFunction {
    return (name, options, done) => {
      this.resolve(name, { all: true, verbatim: true }, (error, found: LookupAddress[]) => {
        const refusal = error ? failure('dns', `the name ${name} was not found`) : judge(found.map(({ address }) => address));
        if (refusal) done(refusal, '', 0);
        else if (options.all) done(null, found);
        else done(null, found[0]!.address, found[0]!.family);
      });
    };
  }

  private refusalOf(name: string, addresses: readonly string[], plain: boolean): TransportFailure | undefined {
    const verdicts = addresses.map((address) => this.rules.judge(address));
    const refusedAt = verdicts.indexOf('refused');
    if (refusedAt >= 0)
      return failure(
        'blocked',
        `${name} leads to ${addresses[refusedAt]}, an address inside; an operator can allow its range with WAYBILL_EGRESS_ALLOW`,
      );
    if (plain && verdicts.some((verdict) => verdict !== 'allowed'))
      return failure('blocked', `the connection to ${name} is not encrypted; TLS is required outside the ranges of WAYBILL_EGRESS_ALLOW`);
    return undefined;
  }
}

/** Nothing of a request has left when a connection is not made. */
const failure = (code: string, message: string) => new TransportFailure({ sent: false, code, message });

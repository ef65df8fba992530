import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to bytes on their way. */
export type ProxyMode =
  /** They pass. */
  | 'pass'
  /** Connections are refused by a reset as soon as they come. */
  | 'refuse'
  /** Connections stay open and nothing passes, in either direction. */
  | 'blackhole'
  /** What the client says passes; the answers are lost, and nobody is told. */
  | 'half-open';

interface Line {
  client: Socket;
  server: Socket;
  fromServer: number;
  /** An answer that is held back until it is whole, then thrown away with the line. */
  losing: boolean;
}

/** A TCP proxy on loopback that stands between the engine and one server, and does to the wire what networks do. */
export class FaultProxy {
  mode: ProxyMode = 'pass';
  latencyMs = 0;
  /** Lines are cut as soon as the server has said so many bytes. */
  cutAfterBytes = Infinity;
  /** Hears every chunk when it comes, whatever becomes of it. */
  tap: ((from: 'client' | 'server', chunk: Buffer) => void) | undefined;
  /** How many lines were reset, cut or robbed of an answer. */
  cuts = 0;
  private readonly lines = new Set<Line>();
  private interception: { matches: (chunk: Buffer) => boolean; act: () => void } | undefined;
  private robbery: { matches: (chunk: Buffer) => boolean; whole: (chunk: Buffer) => boolean; times: number } | undefined;

  private constructor(
    private readonly listener: Server,
    readonly targetPort: number,
  ) {}

  static async before(targetPort: number): Promise<FaultProxy> {
    const listener = createServer();
    await new Promise<void>((done, fail) => listener.once('error', fail).listen(0, '127.0.0.1', done));
    const proxy = new FaultProxy(listener, targetPort);
    listener.on('connection', (client) => proxy.accept(client));
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Ends every open line by a reset. */
  reset(): number {
    const open = this.lines.size;
    this.cuts += open;
    for (const line of this.lines) this.cut(line);
    return open;
  }

  /**
   * For the next requests that match, the request arrives and its answer does not: the line is cut as soon as the server has said all of it.
   * With what PostgreSQL is told, a COMMIT that is done and of which nobody hears.
   */
  loseAnswers(times: number, matches: (chunk: Buffer) => boolean, whole: (chunk: Buffer) => boolean): void {
    this.robbery = { matches, whole, times };
  }

  /** The next request that matches does not arrive: its line is cut, and `act` is called before anybody hears of it. */
  intercept(matches: (chunk: Buffer) => boolean, act: () => void): void {
    this.interception = { matches, act };
  }

  get robberiesLeft(): number {
    return this.robbery?.times ?? 0;
  }

  /** No more faults; what is open stays open. */
  heal(): void {
    this.mode = 'pass';
    this.latencyMs = 0;
    this.cutAfterBytes = Infinity;
    this.robbery = undefined;
    this.interception = undefined;
  }

  async close(): Promise<void> {
    for (const line of this.lines) this.cut(line);
    await new Promise<void>((done) => this.listener.close(() => done()));
  }

  private accept(client: Socket): void {
    if (this.mode === 'refuse') return void client.resetAndDestroy();
    const server = createConnection({ host: '127.0.0.1', port: this.targetPort });
    const line: Line = { client, server, fromServer: 0, losing: false };
    this.lines.add(line);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.cut(line));
      socket.on('close', () => this.cut(line));
    }
    client.on('data', (chunk: Buffer) => this.tap?.('client', chunk));
    server.on('data', (chunk: Buffer) => this.tap?.('server', chunk));
    this.carry(client, (chunk) => this.towardsServer(line, chunk));
    this.carry(server, (chunk) => this.towardsClient(line, chunk));
  }

  /** Chunks one after another, each when the one before is through. */
  private carry(from: Socket, pass: (chunk: Buffer) => void): void {
    let last = Promise.resolve();
    from.on('data', (chunk) => {
      if (this.latencyMs === 0 && this.mode === 'pass') return void (last = last.then(() => pass(chunk)));
      last = last.then(async () => {
        if (this.latencyMs > 0) await sleep(this.latencyMs);
        while (this.mode === 'blackhole' && !from.destroyed) await sleep(50);
        pass(chunk);
      });
    });
  }

  private towardsServer(line: Line, chunk: Buffer): void {
    if (this.interception?.matches(chunk)) {
      const { act } = this.interception;
      this.interception = undefined;
      this.cuts += 1;
      act();
      return this.cut(line);
    }
    if (this.robbery && this.robbery.times > 0 && this.robbery.matches(chunk)) {
      this.robbery.times -= 1;
      line.losing = true;
    }
    line.server.write(chunk);
  }

  private towardsClient(line: Line, chunk: Buffer): void {
    if (line.losing) {
      if (!this.robbery || this.robbery.whole(chunk)) {
        this.cuts += 1;
        this.cut(line);
      }
      return;
    }
    if (this.mode === 'half-open') return;
    line.fromServer += chunk.length;
    if (line.fromServer > this.cutAfterBytes) {
      this.cuts += 1;
      return this.cut(line);
    }
    line.client.write(chunk);
  }

  private cut(line: Line): void {
    if (!this.lines.delete(line)) return;
    line.client.resetAndDestroy();
    line.server.destroy();
  }
}

/** A COMMIT in PostgreSQL's simple query form, and the end of its answer. */
export const isCommit = (chunk: Buffer): boolean => chunk.includes('commit\0') || chunk.includes('COMMIT\0');
export const isReadyForQuery = (chunk: Buffer): boolean =>
  chunk.length >= 6 && chunk.subarray(-6, -1).equals(Buffer.from([0x5a, 0, 0, 0, 5]));

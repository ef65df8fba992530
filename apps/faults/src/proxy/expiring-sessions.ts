import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands before an ERP that is called as JSON-RPC with a session in its header, and lets sessions end: every so many calls the one that a call
 * brings is over. That call, and every later one with the same session, hears 401 and never reaches the ERP.
 */
export class ExpiringSessions {
  calls = 0;
  signIns = 0;
  refusals = 0;
  private readonly over = new Set<string>();

  private constructor(
    private readonly listener: Server,
    private readonly targetPort: number,
    private readonly every: number,
  ) {}

  static async before(targetPort: number, every: number): Promise<ExpiringSessions> {
    const listener = createServer();
    await new Promise<void>((done, fail) => listener.once('error', fail).listen(0, '127.0.0.1', done));
    const proxy = new ExpiringSessions(listener, targetPort, every);
    listener.on('request', (asked, answer) => proxy.pass(asked, answer));
    return proxy;
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** How many sessions ended. */
  get ended(): number {
    return this.over.size;
  }

  async close(): Promise<void> {
    this.listener.closeAllConnections();
    await new Promise<void>((done) => this.listener.close(() => done()));
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const session = asked.headers.authorization;
    if (session === undefined) this.signIns += 1;
    else {
      this.calls += 1;
      if (this.calls % this.every === 0) this.over.add(session);
      if (this.over.has(session)) {
        this.refusals += 1;
        asked.resume();
        return void answer.writeHead(401, { 'content-type': 'text/plain' }).end('the session is over');
      }
    }
    const onwards = request(
      { host: '127.0.0.1', port: this.targetPort, method: asked.method, path: asked.url, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode!, given.headers);
        given.pipe(answer);
      },
    );
    onwards.on('error', () => answer.destroy());
    asked.on('error', () => onwards.destroy());
    asked.pipe(onwards);
  }
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SourceRecord } from './plan.js';

/** The source system: it lists what it has made known so far, oldest change first, as the generic connector polls it. */
export class SourceSystem {
  private readonly known: SourceRecord[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SourceSystem> {
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '/', 'http://source');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(source.page(searchParams)));
    });
    const source = new SourceSystem(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return source;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  tell(record: SourceRecord): void {
    this.known.push(record);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  private page(query: URLSearchParams): { records: SourceRecord[]; next: string | null } {
    const since = query.get('updatedSince') ?? '';
    const limit = Number(query.get('limit') ?? '100');
    const from = Number(query.get('cursor') ?? '0');
    const changed = this.known.filter((record) => record.timestamp >= since).sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
    const records = changed.slice(from, from + limit);
    return { records, next: from + limit < changed.length ? String(from + limit) : null };
  }
}

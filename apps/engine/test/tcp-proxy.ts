import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  port: number;
  /** Connections that are open now say nothing more, in both directions, and are not closed; new ones work. */
  freeze(): void;
  /** Cuts a connection when its server answers a request that holds this text, instead of passing the answer on. */
  cutAnswerTo(text: string | undefined): void;
  /** Answers that were cut. */
  cuts(): number;
  close(): Promise<void>;
}

/** A wire between the engine and a server, for a test to damage. */
export async function startTcpProxy(to: number): Promise<TcpProxy> {
  const open = new Set<{ frozen: boolean; sockets: Socket[] }>();
  let marked: string | undefined;
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = createConnection({ host: '127.0.0.1', port: to });
    const line = { frozen: false, sockets: [client, upstream] };
    let asked = false;
    open.add(line);
    const end = () => {
      open.delete(line);
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (bytes) => {
      if (line.frozen) return;
      if (marked !== undefined && bytes.includes(marked)) asked = true;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (line.frozen) return;
      if (!asked) return void client.write(bytes);
      cuts += 1;
      end();
    });
    for (const socket of line.sockets) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => open.forEach((line) => (line.frozen = true)),
    cutAnswerTo: (text) => (marked = text),
    cuts: () => cuts,
    async close() {
      for (const { sockets } of open) for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

import { createConnection, createServer } from 'node:net';

/**
 * Below the ports that the system hands out for connections: a server that is started again must find its port as it left it, though other worlds
 * dial and start beside it.
 */
const [from, to] = [20_000, 31_999];
const taken = new Set<number>();
let next = from + Math.floor(Math.random() * (to - from));

/** A port of loopback that is free now, and that no other world of this run was given. */
export async function freePort(): Promise<number> {
  for (let tries = to - from; tries > 0; tries -= 1) {
    const port = next;
    next = next === to ? from : next + 1;
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`no port from ${from} to ${to} is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}

export function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

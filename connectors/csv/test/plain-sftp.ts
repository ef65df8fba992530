import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';

/** What a server of SFTP 3 does that is not OpenSSH: it takes a password, and knows no rename over another file. */
export interface PlainSftp {
  port: number;
  hostKey: Buffer;
  files: Map<string, Buffer>;
  /** What was asked for, in order: `rename /out/.a.part /out/a`. */
  asked: string[];
  close(): Promise<void>;
}

const { OK, NO_SUCH_FILE, PERMISSION_DENIED, FAILURE } = ssh2.utils.sftp.STATUS_CODE;

export async function startPlainSftp({ username, password }: { username: string; password: string }): Promise<PlainSftp> {
  // Node's own key: one in a hundred Ed25519 keys of ssh2's generator cannot be read by its parser (a leading zero byte is lost).
  const hostKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' });
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection);
    connection.on('error', () => undefined);
    connection.on('close', () => connections.delete(connection));
    connection.on('authentication', (ctx) => {
      if (ctx.method === 'password' && ctx.username === username && ctx.password === password) ctx.accept();
      else ctx.reject(['password']);
    });
    connection.on('session', (accept) => accept().on('sftp', (open) => serve(open(), files, asked)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const parsed = ssh2.utils.parseKey(hostKey);
  if (parsed instanceof Error) throw parsed;
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: (Array.isArray(parsed) ? parsed[0]! : parsed).getPublicSSH(),
    files,
    asked,
    close: () =>
      new Promise((done) => {
        for (const connection of connections) connection.end();
        server.close(() => done());
      }),
  };
}

function serve(sftp: SFTPWrapper, files: Map<string, Buffer>, asked: string[]): void {
  const open = new Map<string, string>();
  const on = sftp.on.bind(sftp) as (name: string, answer: (id: number, ...given: never[]) => void) => void;
  on('REALPATH', (id: number, path: string) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]));
  on('OPENDIR', (id: number) => sftp.status(id, PERMISSION_DENIED));
  on('OPEN', (id: number, path: string) => {
    asked.push(`open ${path}`);
    files.set(path, Buffer.alloc(0));
    open.set(String(open.size), path);
    sftp.handle(id, Buffer.from(String(open.size - 1)));
  });
  on('WRITE', (id: number, handle: Buffer, offset: number, data: Buffer) => {
    const path = open.get(handle.toString())!;
    files.set(path, Buffer.concat([files.get(path)!.subarray(0, offset), data]));
    sftp.status(id, OK);
  });
  on('CLOSE', (id: number) => sftp.status(id, OK));
  on('LSTAT', (id: number, path: string) => {
    const file = files.get(path);
    if (file) sftp.attrs(id, { mode: 0o100640, uid: 0, gid: 0, size: file.length, atime: 0, mtime: 0 });
    else sftp.status(id, NO_SUCH_FILE);
  });
  on('REMOVE', (id: number, path: string) => {
    asked.push(`remove ${path}`);
    sftp.status(id, files.delete(path) ? OK : NO_SUCH_FILE);
  });
  on('RENAME', (id: number, from: string, to: string) => {
    asked.push(`rename ${from} ${to}`);
    // As the draft says it: an error when something of the new name is there.
    if (!files.has(from) || files.has(to)) return sftp.status(id, FAILURE);
    files.set(to, files.get(from)!);
    files.delete(from);
    sftp.status(id, OK);
  });
}

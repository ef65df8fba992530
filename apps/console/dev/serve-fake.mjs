// Serves the built console with an engine in memory, under the engine's own content policy: `npm run dev:fake -w apps/console`.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer as createVite } from 'vite';

process.env.FAKE_NOW = '1';
const root = fileURLToPath(new URL('..', import.meta.url));
const port = Number(process.env.PORT ?? 4190);
const vite = await createVite({
  root,
  server: { middlewareMode: true, ws: false, hmr: false, watch: null },
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
});
const { createFakeEngine } = await vite.ssrLoadModule('/test/fake-engine.ts');
const engine = createFakeEngine();
const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.html': 'text/html' };
const policy = (nonce) =>
  `default-src 'self'; script-src 'self'; style-src-elem 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; connect-src 'self'`;

createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, `http://127.0.0.1:${port}`);
  if (url.pathname === '/v1/events') {
    outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    outgoing.write(': open\n\n');
    return;
  }
  if (url.pathname.startsWith('/v1/')) {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const answer = await engine.fetch(
      new Request(url, { method: incoming.method, headers: incoming.headers, body: chunks.length ? Buffer.concat(chunks) : undefined }),
    );
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
    return;
  }
  const path = normalize(url.pathname);
  const file = extname(path) ? join(root, 'dist', path) : join(root, 'dist/index.html');
  try {
    const nonce = randomBytes(12).toString('base64');
    const content = await readFile(file);
    const html = extname(file) === '.html';
    const worker = /\.worker-[^/]+\.js$/.test(file);
    outgoing.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': worker ? "default-src 'none'; script-src 'self' 'unsafe-eval'" : policy(nonce),
    });
    outgoing.end(html ? content.toString().replaceAll('__CSP_NONCE__', nonce) : content);
  } catch {
    outgoing.writeHead(404).end();
  }
}).listen(port, () => console.log(`http://127.0.0.1:${port}`));

import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { newId } from '../ids/index.js';
import { Problem } from '../problems/index.js';
import { sendProblem } from './problem.filter.js';

const bodyBytesMax = 2 * 1024 * 1024;
const hookBytesMax = 256 * 1024;
const headersMs = 10_000;
const requestMs = 30_000;
/** Node looks for connections that take too long every 30 s unless told otherwise; then a limit of 10 s is one of 40. */
const lookEveryMs = 1_000;
const headerBytesMax = 16 * 1024;
/** Routes that read NDJSON as it comes, with limits of their own. */
const streamed = new Set(['/v1/usage/events']);

/**
 * Fastify as the API needs it: bodies stay bytes until a route reads them strictly, sizes and times are bounded, every request has an id.
 * Access is a Nest guard; there is no path-matched middleware, so none can be walked around.
 */
export function makeAdapter(trustedProxies: readonly string[] = []): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: bodyBytesMax,
    genReqId: () => newId('req'),
    requestTimeout: requestMs,
    http: { connectionsCheckingInterval: lookEveryMs, headersTimeout: headersMs, maxHeaderSize: headerBytesMax },
    keepAliveTimeout: 65_000,
    // Whom a proxy names is believed when the operator has named the proxy; a header of anybody else is text.
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // While it stops, what still comes on open connections is answered, and each connection is closed with its answer.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 600 },
  } as never);
  const instance = adapter.getInstance() as unknown as FastifyInstance;
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // A route that reads its body piece by piece gets the stream; whatever else comes in this type is no body to any route.
  instance.addContentTypeParser('application/x-ndjson', (request, payload, done) => {
    if (streamed.has(request.routeOptions.url ?? '')) return done(null, payload);
    done(new Problem('CONTENT_TYPE_UNKNOWN', 'application/x-ndjson is not read here.'));
  });
  instance.addHook('onRoute', (route) => {
    if (route.url === '/v1/hooks/:connection') route.bodyLimit = hookBytesMax;
  });
  // A compressed body is not opened here, so none can be a bomb.
  instance.addHook('onRequest', (request, reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return done();
    void reply.header('connection', 'close');
    sendProblem(reply, new Problem('CONTENT_ENCODING_UNKNOWN', `A body in ${encoding.slice(0, 60)} is not read here.`), request.id);
  });
  instance.addHook('onSend', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'no-referrer');
    void reply.header('x-frame-options', 'DENY');
    void reply.header('cross-origin-opener-policy', 'same-origin');
    void reply.header('cross-origin-resource-policy', 'same-origin');
    void reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (!reply.hasHeader('content-security-policy'))
      void reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  return adapter;
}

/** Takes no more connections, answers what was asked, closes what is idle, and cuts what is left after `withinMs`. */
export async function closeServer(app: NestFastifyApplication, withinMs: number): Promise<void> {
  const { server } = instanceOf(app);
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

export const instanceOf = (app: NestFastifyApplication): FastifyInstance =>
  app.getHttpAdapter().getInstance() as unknown as FastifyInstance;

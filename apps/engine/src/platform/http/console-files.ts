import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../problems/index.js';
import { sendProblem } from './problem.filter.js';

const pagePolicy = (nonce: string) =>
  `default-src 'self'; script-src 'self'; style-src-elem 'self' 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'`;
/** The mapping worker evaluates what people type: it may make functions for schema checks, and reach nothing. */
const workerPolicy = "default-src 'none'; script-src 'self' 'unsafe-eval'";
/** Files of the console lie at its root or below `assets`; further down a name such as `api.call` is data in the address of a page. */
const file = /^\/(assets\/.*|[^/]+\.[a-z0-9]{2,5})$/;
const api = /^\/(v1|health|metrics)(\/|$|\?)/;

/** Serves the built console: hashed files for a year, the page with a fresh nonce each time, any other path is the page (the router decides). */
export async function serveConsole(instance: FastifyInstance, folder: string | undefined): Promise<void> {
  const page = folder && existsSync(join(folder, 'index.html')) ? readFileSync(join(folder, 'index.html'), 'utf8') : undefined;
  if (folder && page) {
    await instance.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      serve: true,
      setHeaders: (reply, path) => {
        const headers = reply as unknown as { setHeader(name: string, value: string): void };
        if (/\.worker-[^/]*\.js$/.test(path)) headers.setHeader('content-security-policy', workerPolicy);
        headers.setHeader('cache-control', /\/assets\//.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  instance.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: (request, reply) => {
      // The path alone: a code or a state that a vendor sends back may end like a file.
      const [path = ''] = request.url.split('?', 1);
      if (!page || api.test(path) || file.test(path))
        return sendProblem(reply, new Problem('NOT_FOUND', 'There is nothing at this address.'), request.id);
      const nonce = randomBytes(16).toString('base64');
      void reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-security-policy', pagePolicy(nonce))
        .send(page.replaceAll('__CSP_NONCE__', nonce));
    },
  });
}

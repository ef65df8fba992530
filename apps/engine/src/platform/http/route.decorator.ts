import {
  applyDecorators,
  createParamDecorator,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJson } from '../json/index.js';
import { Problem } from '../problems/index.js';
import type { Actor, Caller } from './caller.js';
import type { Body, Params, Query, RouteSpec } from './route.js';
import { checkBody, checkParameters, refuseUnstorable } from './validation.js';

export const routeMetadata = 'waybill:route';
const noParameters = { type: 'object', properties: {} };
const verbs = { GET: Get, POST: Post, PUT: Put, DELETE: Delete };

/** Binds a method of a controller to a route of the contract. */
export function Route(spec: RouteSpec): MethodDecorator {
  return applyDecorators(
    verbs[spec.method](spec.path.replace(/\{(\w+)\}/g, ':$1')),
    HttpCode(spec.status ?? 200),
    SetMetadata(routeMetadata, spec),
  ) as MethodDecorator;
}

export type WaybillRequest = FastifyRequest & { caller?: Caller };

/** Everything that a handler gets: checked against the route's schemas before it runs. */
export interface Input<R extends RouteSpec> {
  params: Params<R>;
  query: Query<R>;
  body: Body<R>;
  /** The body as text, when it came in one of the route's text types. */
  text: string | undefined;
  raw: Buffer;
  headers: Record<string, string>;
  caller: Caller;
  actor: Actor;
  requestId: string;
  request: WaybillRequest;
  reply: FastifyReply;
}

/** The checked input of the route. */
export const In = createParamDecorator((_: unknown, context: ExecutionContext): Input<RouteSpec> => {
  const spec = Reflect.getMetadata(routeMetadata, context.getHandler()) as RouteSpec;
  const request = context.switchToHttp().getRequest<WaybillRequest>();
  const params = { ...(request.params as Record<string, unknown>) };
  const query = { ...(request.query as Record<string, unknown>) };
  if (spec.params) checkParameters(spec.params, params, 'path');
  checkParameters(spec.query ?? noParameters, query, 'query');
  const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const { body, text } = readBody(spec, request, raw);
  const caller = request.caller as Caller;
  return {
    params,
    query,
    body,
    text,
    raw,
    headers: flatten(request.headers),
    caller,
    actor: caller
      ? { kind: caller.kind, id: caller.id, name: caller.name, requestId: request.id }
      : { kind: 'engine', id: 'nobody', name: 'nobody', requestId: request.id },
    requestId: request.id,
    request,
    reply: context.switchToHttp().getResponse<FastifyReply>(),
  } as Input<RouteSpec>;
});

function readBody(spec: RouteSpec, request: FastifyRequest, raw: Buffer): { body: unknown; text: string | undefined } {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (spec.ownBodies || spec.textBody?.includes('*')) return { body: undefined, text: undefined };
  if (spec.textBody?.includes(type)) {
    const text = utf8(raw);
    refuseUnstorable(text);
    return { body: undefined, text };
  }
  const nothing = raw.length === 0 && (type === '' || !spec.body);
  if (type !== 'application/json' && !nothing) {
    throw new Problem('CONTENT_TYPE_UNKNOWN', `${type || 'no content type'} is not read here.`, {
      remedy: `Send ${['application/json', ...(spec.textBody ?? [])].join(' or ')}.`,
    });
  }
  if (!spec.body) return { body: undefined, text: undefined };
  const value = raw.length === 0 ? {} : decodeJson(raw).value;
  checkBody(spec.body, value);
  return { body: value, text: undefined };
}

function utf8(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    throw new Problem('BODY_NOT_TEXT', 'The body has bytes that are no UTF-8.');
  }
}

const flatten = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(',') : (value ?? '')]),
  );

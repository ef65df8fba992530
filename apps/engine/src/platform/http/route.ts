import type { Static, TObject, TSchema } from '@sinclair/typebox';

/**
 * One route, as data: its address, who may call it, what goes in and what comes out. The OpenAPI document, the guard,
 * the checks of input and the generated client are all made of it, so they cannot disagree.
 */
export interface RouteSpec {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** OpenAPI form: `/v1/messages/{id}`. */
  path: string;
  summary: string;
  /** A permission of the catalogue, or `public` for what needs no identity, or `signed-in` for one's own session. */
  permission: string;
  /** A write for our own pages, with or without a cookie: it needs our header and our origin, so that no other site signs anybody in. */
  ownPagesOnly?: true;
  params?: TObject;
  query?: TObject;
  body?: TSchema;
  /** Other content types that the body may come in, read as text. */
  textBody?: readonly string[];
  /** The types that the handler reads itself, from the bytes, each with the schema that the contract shows. It refuses what it does not read. */
  ownBodies?: Readonly<Record<string, TSchema>>;
  response: TSchema;
  /** Status of success; default 200. */
  status?: number;
  /** Media type of success when it is not JSON. */
  produces?: string;
}

export type Routes = Record<string, RouteSpec>;

/** Gives a room's routes their exact types; the keys are the operation ids, unique in the whole API. */
export function defineRoutes<const R extends Routes>(routes: R): R {
  return routes;
}

type Of<S> = S extends TSchema ? Static<S> : undefined;
export type Params<R extends RouteSpec> = Of<R['params']>;
export type Query<R extends RouteSpec> = Of<R['query']>;
export type Body<R extends RouteSpec> = Of<R['body']>;
export type Answer<R extends RouteSpec> = Of<R['response']>;

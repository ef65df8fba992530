import { routes } from '../src/routes.js';
import type { Answer, Body, Params, Query, RouteSpec } from '../src/platform/http/route.js';

type Routes = typeof routes;
export type RouteName = keyof Routes & string;
/** Conditional, so that the compiler works out the one route that is asked for, and never all of them together. */
type AnswerOf<N extends RouteName> = N extends RouteName ? Answer<Routes[N]> : never;
type GivenOf<N extends RouteName> = N extends RouteName ? Given<Routes[N]> : never;
type Given<R extends RouteSpec> = {
  params?: Params<R>;
  query?: Query<R>;
  body?: Body<R>;
  /** A body that is not JSON, with its type. */ text?: string;
  type?: string;
};

/** The same without its exact types, which are too deep for the compiler to compare. */
interface Sent {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  text?: string;
  type?: string;
}

/** A problem as the API tells it. */
export interface ToldProblem {
  status: number;
  code: string;
  detail: string;
  remedy: string;
  path?: string;
  problems?: { code: string; detail: string; path?: string; line?: number }[];
  retryAfter: string | null;
}

/** The API's routes as functions: what goes in and comes out has the types of the contract. */
export class ApiCaller {
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string>,
  ) {}

  as(key: string): ApiCaller {
    return new ApiCaller(this.url, { authorization: `Bearer ${key}` });
  }

  /** The answer; throws when it is a problem. */
  async call<N extends RouteName>(name: N, given?: GivenOf<N>): Promise<AnswerOf<N>> {
    const response = await this.send(name, given as unknown as Sent | undefined);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return (await response.json()) as AnswerOf<N>;
  }

  /** The problem; throws when it is not one. */
  async problem<N extends RouteName>(name: N, given?: GivenOf<N>): Promise<ToldProblem> {
    return problemIn(await this.send(name, given as unknown as Sent | undefined));
  }

  send(name: RouteName, given: Sent = {}): Promise<Response> {
    const route = routes[name] as RouteSpec;
    const params = (given.params ?? {}) as Record<string, string>;
    const path = route.path.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(params[field] ?? 'none'));
    const query = Object.entries((given.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const search =
      query.length > 0 ? `?${new URLSearchParams(query.map(([field, value]): [string, string] => [field, String(value)])).toString()}` : '';
    const body = given.text ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
    const type = given.type ?? (given.text === undefined ? 'application/json' : 'text/plain');
    return fetch(`${this.url}${path}${search}`, {
      method: route.method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
    });
  }
}

export async function problemIn(response: Response): Promise<ToldProblem> {
  if (response.ok) throw new Error(`expected a problem, got ${response.status} ${await response.text()}`);
  return { ...((await response.json()) as Omit<ToldProblem, 'retryAfter'>), retryAfter: response.headers.get('retry-after') };
}

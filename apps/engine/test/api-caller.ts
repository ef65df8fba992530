import { routes } from '../src/routes.js';
import type { Answer, Body, Params, Query, RouteSpec } from '../src/platform/http/route.js';

type Routes = typeof routes;
export type RouteName = keyof Routes;
type Given<R extends RouteSpec> = { params?: Params<R>; query?: Query<R>; body?: Body<R>; /** A body that is not JSON, with its type. */ text?: string; type?: string };

type Givens = { [N in RouteName]: Given<Routes[N]> };
type Answers = { [N in RouteName]: Answer<Routes[N]> };

/** What goes in, when a test sends what the contract would not allow. */
interface Loose {
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
  call<N extends RouteName>(name: N, given?: Givens[N]): Promise<Answers[N]> {
    return this.answer(name, given as Loose | undefined) as Promise<never>;
  }

  private async answer(name: RouteName, given: Loose | undefined): Promise<unknown> {
    const response = await this.send(name, given);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  /** The problem; throws when it is not one. */
  async problem<N extends RouteName>(name: N, given?: Givens[N]): Promise<ToldProblem> {
    return problemIn(await this.send(name, given as Loose | undefined));
  }

  send(name: RouteName, given: Loose = {}): Promise<Response> {
    const route = routes[name] as RouteSpec;
    const params = (given.params ?? {}) as Record<string, string>;
    const path = route.path.replace(/\{(\w+)\}/g, (_, field: string) => encodeURIComponent(params[field] ?? 'none'));
    const query = Object.entries((given.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const search = query.length > 0 ? `?${new URLSearchParams(query.map(([field, value]): [string, string] => [field, String(value)])).toString()}` : '';
    const body = given.text ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
    const type = given.type ?? (given.text === undefined ? 'application/json' : 'text/plain');
    return fetch(`${this.url}${path}${search}`, { method: route.method, headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': type }) }, ...(body === undefined ? {} : { body }) });
  }
}

export async function problemIn(response: Response): Promise<ToldProblem> {
  if (response.ok) throw new Error(`expected a problem, got ${response.status} ${await response.text()}`);
  return { ...((await response.json()) as Omit<ToldProblem, 'retryAfter'>), retryAfter: response.headers.get('retry-after') };
}

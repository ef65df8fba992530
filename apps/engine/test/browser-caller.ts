import { problemIn, type ToldProblem } from './api-caller.js';

type Told = Record<string, unknown>;

/** A browser: keeps cookies, sends our header. Each is a device of its own. */
export class BrowserCaller {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly headers: Record<string, string> = { 'x-waybill-request': 'test' },
  ) {}

  cookie(name: string): string | undefined {
    return this.jar.get(name);
  }

  plant(name: string, value: string): void {
    this.jar.set(name, value);
  }

  forget(name: string): void {
    this.jar.delete(name);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...this.headers,
        cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';') as [string];
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '') this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }

  async call(method: string, path: string, body?: unknown): Promise<Told> {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Told;
  }

  async problem(method: string, path: string, body?: unknown): Promise<ToldProblem> {
    return problemIn(await this.send(method, path, body));
  }

  signIn(email: string, password: string, code?: string): Promise<Response> {
    return this.send('POST', '/v1/session', { email, password, ...(code === undefined ? {} : { code }) });
  }

  async signInProblem(email: string, password: string, code?: string): Promise<ToldProblem> {
    return problemIn(await this.signIn(email, password, code));
  }
}

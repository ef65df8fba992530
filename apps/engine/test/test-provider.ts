import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What the provider says of somebody whose login there is the key. */
export type Accounts = Record<string, { email?: string; email_verified?: boolean; name?: string; groups?: string[] }>;

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  know(accounts: Accounts): Promise<void>;
  /** What a browser does between leaving and coming back: the login, the consent. Returns what stands behind the ? of the callback. */
  signIn(address: string, login: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startTestProvider(callback: string): Promise<TestProvider> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'openid-provider.mjs'), [callback], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ issuer }] = (await once(child, 'message')) as [{ issuer: string }];
  return {
    issuer,
    clientId: 'waybill',
    clientSecret: 'secret-of-waybill-at-the-provider',
    async know(accounts) {
      const heard = once(child, 'message');
      child.send({ accounts });
      await heard;
    },
    signIn: (address, login) => walk(address, login, callback),
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

async function walk(address: string, login: string, callback: string): Promise<string> {
  const jar = new Map<string, string>();
  const ask = async (url: string, form?: Record<string, string>) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';') as [string];
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  let response = await ask(address);
  for (let step = 0; step < 12; step += 1) {
    const to = response.headers.get('location');
    if (to === null) {
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (action === undefined) throw new Error(`the provider showed: ${page.slice(0, 600)}`);
      const prompt: Record<string, string> = page.includes('name="login"')
        ? { prompt: 'login', login, password: 'any' }
        : { prompt: 'consent' };
      response = await ask(new URL(action, response.url).href, prompt);
      continue;
    }
    const next = new URL(to, response.url);
    if (next.href.startsWith(callback)) return next.search;
    response = await ask(next.href);
  }
  throw new Error('the provider sent us round and round');
}

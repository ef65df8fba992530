import { randomBytes } from 'node:crypto';
import type { World } from '../supervisor/world.js';
import { api } from './company.js';

/** Somebody who is signed in as a browser is. */
export interface Person {
  /** The status of the answer; 0 when there was none. */
  send(method: string, path: string, body: unknown): Promise<number>;
}

/** A new user with these roles, who made nothing of what is there. */
export async function signedIn(world: World, roles: readonly string[]): Promise<Person> {
  const name = randomBytes(6).toString('hex');
  const who = { email: `${name}@example.org`, password: `a password of ${name}` };
  await api(world, 'POST', '/v1/users', { ...who, name, roles });
  const ours = { 'content-type': 'application/json', 'x-waybill-request': '1' };
  const answer = await fetch(`${world.apiUrl}/v1/session`, { method: 'POST', headers: ours, body: JSON.stringify(who) });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`${who.email} could not sign in: ${answer.status} ${await answer.text()}`);
  return {
    async send(method, path, body) {
      try {
        const response = await fetch(`${world.apiUrl}${path}`, {
          method,
          headers: { ...ours, cookie },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(20_000),
        });
        await response.arrayBuffer();
        return response.status;
      } catch {
        return 0;
      }
    },
  };
}

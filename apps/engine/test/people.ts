import { ApiCaller } from './api-caller.js';
import { adminPassword, type Bench } from './test-bench.js';

export interface Person extends ApiCaller {
  id: string;
}

let made = 0;

/** A user with these roles, signed in as a browser signs in. */
export async function person(bench: Bench, options: { roles: string[]; legalEntities?: string[]; name?: string }): Promise<Person> {
  made += 1;
  const { roles, legalEntities = [], name = `Person ${made}` } = options;
  const email = `person-${made}@example.org`;
  const { id } = await bench.api.call('createUser', { body: { email, name, roles, legalEntities, password: adminPassword } });
  return Object.assign(await signIn(bench, email), { id });
}

export async function signIn(bench: Bench, email: string): Promise<ApiCaller> {
  const response = await fetch(`${bench.api.url}/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-waybill-request': '1' },
    body: JSON.stringify({ email, password: adminPassword }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`${email} could not sign in: ${response.status} ${await response.text()}`);
  return new ApiCaller(bench.api.url, { cookie, 'x-waybill-request': '1' });
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { api } from '../load/company.js';
import type { World } from '../supervisor/world.js';
import { finding, type Finding } from './finding.js';

const addresses = [
  '/v1/connections',
  '/v1/messages?limit=100',
  '/v1/exceptions?limit=100',
  '/v1/audit?limit=100',
  '/v1/runs',
  '/v1/overview',
];

/** The planted secrets that stand in a text. */
export const secretsIn = (text: string, place: string, secrets: readonly (readonly [string, string])[]): Finding[] =>
  secrets.filter(([, value]) => text.includes(value)).map(([name]) => finding('C-g', 'leak', `the ${name} stands in ${place}`));

/** C-g: no planted secret in logs, in what is stored, or in what the API says. */
export async function noLeaks(world: World, said: Iterable<string>): Promise<Finding[]> {
  const secrets = Object.entries(world.secrets);
  const found: Finding[] = [];
  const search = (place: string, text: string) => void found.push(...secretsIn(text, place, secrets));
  for (const file of await readdir(world.folder))
    if (file.endsWith('.log')) search(`the log of ${file.slice(0, -4)}`, await readFile(join(world.folder, file), 'utf8'));
  for (const answer of said) search('an answer to a webhook', answer);
  const { items } = (await api(world, 'GET', '/v1/connections')) as { items: { name: string }[] };
  for (const address of [...addresses, ...items.map(({ name }) => `/v1/connections/${name}`)])
    search(`the answer to GET ${address}`, JSON.stringify(await api(world, 'GET', address)));
  const stored = await world.postgres.sql<{ place: string }>(
    `select distinct place from (
       select 'message_body' as place, body as text from message_body union all select 'message.reason', reason from message
       union all select 'message_history', reason from message_history
       union all select 'attempt', coalesce(detail, '') || coalesce(vendor_words, '') || exchanges::text from attempt
       union all select 'exception', cause || coalesce(vendor_words, '') from exception
       union all select 'audit_entry', summary || coalesce(before::text, '') || coalesce(after::text, '') from audit_entry
       union all select 'connection', settings::text from connection) t where text like any($1)`,
    [secrets.map(([, value]) => `%${value}%`)],
  );
  for (const { place } of stored) found.push(finding('C-g', 'leak', `a planted secret stands in ${place}`));
  return found;
}

import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import type { Redis } from 'ioredis';
import { connectTo } from './client.js';
import { readFailure } from './failures.js';
import { factsOf } from './following.js';
import { text, texts } from './settings.js';

/** Reaches the server, then looks at each stream of the settings. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const keys = [...new Set([...texts(settings, 'usageStreams'), text(settings, 'recordStream')])].filter((key) => key !== '');
  let client: Redis | undefined;
  try {
    client = await connectTo(context);
    await client.ping();
    const steps: CheckStep[] = [{ name: 'Reach and sign in', ok: true, detail: 'The server answered.' }];
    for (const key of keys) steps.push(await look(client, key));
    return steps;
  } catch (error) {
    return [failed('Reach and sign in', readFailure(error, 'reach the server'))];
  } finally {
    client?.disconnect();
  }
}

async function look(client: Redis, key: string): Promise<CheckStep> {
  const name = `Stream ${key}`;
  try {
    const facts = await factsOf(client, key);
    if (facts === null) return { name, ok: true, detail: 'The key is not there yet; it is waited for.' };
    const gaps = facts.added === null ? ' The server is older than 7: entries that are trimmed before they are read are not noticed.' : '';
    return { name, ok: true, detail: `${facts.length} entries up to ${facts.lastId}.${gaps}` };
  } catch (error) {
    return failed(name, readFailure(error, `look at the stream ${key}`));
  }
}

const failed = (name: string, error: Error): CheckStep => ({
  name,
  ok: false,
  detail: error.message,
  remedy:
    (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the address, the port and the encryption; is the server up?',
});

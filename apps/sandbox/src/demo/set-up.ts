import { demoConnections } from './demo-connections.js';
import { demoTables, type TableRow } from './demo-tables.js';
import { demoMeter } from './usage.js';

export interface SetUpOptions {
  /** The engine's address. */
  engine: string;
  apiKey: string;
  /** The sandbox's address. */
  sandbox: string;
  webhookSecret: string;
  tell?: (step: string) => void;
}

/**
 * Makes the demo company's connections, tables, mappings and flows in an engine, by the same API that people and scripts use.
 * Safe to repeat: what is there already stays as it is.
 */
export async function setUpDemo({ engine, apiKey, sandbox, webhookSecret, tell = () => undefined }: SetUpOptions): Promise<void> {
  const call = async (method: string, path: string, body: unknown, type = 'application/json'): Promise<Record<string, unknown>> => {
    const text = type === 'application/json' ? JSON.stringify(body) : String(body);
    const response = await fetch(`${engine}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(method === 'GET' ? {} : { 'content-type': type }) },
      ...(method === 'GET' ? {} : { body: text }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok)
      throw new Error(`${method} ${path}: ${String(answer['detail'] ?? response.status)} ${JSON.stringify(answer['problems'] ?? '')}`);
    return answer;
  };

  tell('Connecting the sandbox: a billing platform and two ERP companies');
  for (const [name, connection] of Object.entries(demoConnections({ url: sandbox, webhookSecret })))
    await call('PUT', `/v1/connections/${name}`, connection);

  tell('Installing the packs stripe, sandbox-erp and stripe-usage');
  for (const pack of ['stripe', 'sandbox-erp', 'stripe-usage']) {
    const { left, controlsLeft } = await call('POST', `/v1/packs/${pack}/install`, {});
    const refused = left as { flow: string; reason: string }[];
    if (refused.length > 0) throw new Error(`The flow ${refused[0]!.flow} could not be installed: ${refused[0]!.reason}`);
    const [control] = controlsLeft as { control: string; reason: string }[];
    if (control) throw new Error(`The control ${control.control} could not be installed: ${control.reason}`);
  }

  tell("Filling the demo company's tables");
  for (const [name, rows] of Object.entries(demoTables())) await call('PUT', `/v1/tables/${name}/rows`, csv(rows), 'text/csv');

  tell('Saving a meter for the usage of its API');
  await call('PUT', '/v1/usage/meters/api-calls', demoMeter, 'application/yaml');
}

/** RFC 4180. */
function csv(rows: readonly TableRow[]): string {
  const header = Object.keys(rows[0] ?? {});
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header.join(','), ...rows.map((row) => header.map((column) => cell(row[column] ?? '')).join(','))].join('\n');
}

import type { JsonObject } from '@waybill/sdk';
import type { Caller } from './caller.js';
import { environmentName, noDefinitions, type Definitions, type RowOfFile, type TableFile } from './definitions.js';

interface ConnectionItem {
  name: string;
  connector: string;
  description: string;
  system: string;
  state: string;
  settings: JsonObject;
  limits: Record<string, unknown> & { own: string[] };
}
interface TableItem extends Omit<TableFile, 'rows'> {
  name: string;
}

/** What an installation has, as files say it. A secret becomes the name of the environment variable that an apply reads. */
export async function readInstallation(api: Caller, { rows = true } = {}): Promise<Definitions> {
  const found = noDefinitions();
  for (const { name, connector, description, system, state, settings, limits } of await api.all<ConnectionItem>('/v1/connections')) {
    found.connections.set(name, {
      connector,
      description,
      system,
      settings: openSettings(name, settings),
      limits: Object.fromEntries(limits.own.map((field) => [field, limits[field] as number])),
    });
    if (state === 'paused') found.paused.connections.push(name);
  }
  for (const { type, description, schema } of await api.all<{ type: string; description: string | null; schema: JsonObject }>('/v1/usage/event-types', { limit: 100 }))
    found.eventTypes.set(type, { description: description ?? '', schema });
  for (const { name, title, description, key, columns, governed, approver } of await api.all<TableItem>('/v1/tables'))
    found.tables.set(name, { title, description, key, columns, governed, approver, rows: rows ? await rowsOf(api, name) : undefined });
  for (const { name } of await api.all<{ name: string }>('/v1/mappings'))
  {
    const newest = await api.call<MappingItem>(`/v1/mappings/${name}`);
    found.versions.mappings.set(name, newest.version);
    const source = await liveSource(api, name, newest);
    if (source !== undefined) found.mappings.set(name, source);
  }
  for (const { name } of await api.all<{ name: string }>('/v1/usage/meters'))
    found.meters.set(name, (await api.call<{ yaml: string }>(`/v1/usage/meters/${name}`)).yaml);
  for (const { name, state } of await api.all<{ name: string; state: string }>('/v1/flows')) {
    // The file and its version in one answer, so that they are of one release.
    const { yaml, release } = await api.call<{ yaml: string; release: { hash: string; version: number } }>(`/v1/flows/${name}`);
    found.flows.set(name, yaml);
    found.releases.set(name, release.hash);
    found.versions.flows.set(name, release.version);
    if (state !== 'on') found.paused.flows.push(name);
  }
  for (const { name, state } of await api.all<{ name: string; state: string }>('/v1/controls')) {
    found.controls.set(name, (await api.call<{ yaml: string }>(`/v1/controls/${name}`)).yaml);
    if (state === 'paused') found.paused.controls.push(name);
  }
  for (const { name, state } of await api.all<{ name: string; state: string }>('/v1/synthetic-checks')) {
    found.syntheticChecks.set(name, (await api.call<{ yaml: string }>(`/v1/synthetic-checks/${name}`)).yaml);
    if (state === 'paused') found.paused.syntheticChecks.push(name);
  }
  return found;
} // prettier-ignore

interface MappingItem {
  version: number;
  source: string;
  versions: { version: number; draft: boolean }[];
  usedBy: { version: number }[];
}

/** The newest version that is live in a flow; where none uses it, the newest that is no draft. Undefined for one that has been a draft only. */
async function liveSource(api: Caller, name: string, newest: MappingItem): Promise<string | undefined> {
  const live = newest.usedBy.length > 0 ? newest.usedBy : newest.versions.filter(({ draft }) => !draft);
  if (live.length === 0) return undefined;
  const version = Math.max(...live.map((one) => one.version));
  return version === newest.version ? newest.source : (await api.call<MappingItem>(`/v1/mappings/${name}`, { query: { version } })).source;
}

async function rowsOf(api: Caller, table: string): Promise<RowOfFile[]> {
  const rows = await api.all<RowOfFile>(`/v1/tables/${table}/rows`, { everyDay: true, limit: 1000 });
  return rows.map(({ key, values, validFrom, validTo }) => ({ key, values, validFrom, validTo })).sort((a, b) => (order(a) < order(b) ? -1 : 1));
} // prettier-ignore

const order = ({ key, validFrom }: RowOfFile): string => JSON.stringify([Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)), validFrom ?? '']); // prettier-ignore

/** The API shows of a secret only whether it is set, and since when. */
function openSettings(connection: string, settings: JsonObject): JsonObject {
  const ofSecret = (value: unknown): { set: boolean } | undefined =>
    typeof value === 'object' && value !== null && typeof (value as { set?: unknown }).set === 'boolean' && Object.keys(value).every((name) => ['set', 'at'].includes(name)) ? (value as { set: boolean }) : undefined; // prettier-ignore
  return Object.fromEntries(
    Object.entries(settings).flatMap(([field, value]): [string, JsonObject[string]][] => {
      const secret = ofSecret(value);
      return secret ? (secret.set ? [[field, { env: environmentName(connection, field) }]] : []) : [[field, value]];
    }),
  );
}

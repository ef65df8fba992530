import { isFromEnvironment, type Definitions, type Kind, type RowOfFile } from './definitions.js';
import type { Caller } from './caller.js';
import { readFlowFile } from '../../catalog/index.js';
import { rowChanges, sameShape, type Change } from './changes.js';
import type { JsonObject } from '@waybill/sdk';

interface Applying {
  api: Caller;
  files: Definitions;
  /** As it was when the plan was made. */
  there: Definitions;
  secrets: ReadonlyMap<string, JsonObject>;
  /** Versions of mappings that this apply has saved. */
  mappingVersions: Map<string, number>;
  /** Flows that have another release since the plan by what this apply saved. */
  moved: Set<string>;
  /** Kept with every version that is made. */
  note: string;
  say(line: string): void;
}

/** What an apply did with one thing: done, or asked for and waiting for somebody. */
interface Outcome {
  words: string;
  waits?: boolean;
}

/** Rows that one request writes. */
const rowsAtOnce = 5_000;
/** Changes that one draft of a table holds. */
const draftRowsMax = 10_000;

/** Does what the plan says, one thing after the other, through the doors that people use. The first refusal ends it; what was done stays. Returns how many wait for an approval. */
export async function applyChanges(changes: readonly Change[], given: Omit<Applying, 'mappingVersions' | 'moved'>): Promise<number> {
  const acts: Record<Kind, (name: string, a: Applying) => Promise<Outcome>> = {
    connection: putConnection,
    'event-type': (name, { api, files }) => put(api, `/v1/usage/event-types/${encodeURIComponent(name)}`, withoutEmpty(files.eventTypes.get(name)!)),
    table: putTable,
    mapping: putMapping,
    meter: (name, { api, files, note }) => put(api, `/v1/usage/meters/${name}`, { yaml: files.meters.get(name), note }),
    flow: putFlow,
    control: (name, { api, files, note }) => put(api, `/v1/controls/${name}`, { yaml: files.controls.get(name), note }),
    'synthetic-check': (name, { api, files, note }) => put(api, `/v1/synthetic-checks/${name}`, { yaml: files.syntheticChecks.get(name), note }),
  };
  const applying: Applying = { ...given, mappingVersions: new Map(), moved: new Set() };
  let waiting = 0;
  for (const { kind, name, act } of changes) {
    if (act === 'only-there') continue;
    const { words, waits } = await acts[kind](name, applying);
    if (waits) waiting += 1;
    applying.say(`  ${kind} ${name}: ${words}`);
    if (act === 'add') await pauseNew(kind, name, applying);
  }
  return waiting;
} // prettier-ignore

async function put(api: Caller, path: string, body: object): Promise<Outcome> {
  const { version } = await api.call<{ version?: number }>(path, { method: 'PUT', body });
  return { words: `version ${version ?? 1}` };
}

/** Live where a flow names nobody who approves; where it does, its release waits as a draft. */
async function putMapping(name: string, { api, files, there, note, mappingVersions, moved }: Applying): Promise<Outcome> {
  const body = { source: files.mappings.get(name), note, expectedVersion: there.versions.mappings.get(name) ?? 0 };
  const saved = await api.call<{ version: number; released: string[]; drafts: { flow: string }[] }>(`/v1/mappings/${name}`, {
    method: 'PUT',
    body,
  });
  mappingVersions.set(name, saved.version);
  for (const flow of saved.released) moved.add(flow);
  const words = [`version ${saved.version}`];
  if (saved.released.length > 0) words.push(`live in ${saved.released.join(', ')}`);
  if (saved.drafts.length > 0) words.push(`a draft in ${saved.drafts.map(({ flow }) => flow).join(', ')}`);
  return { words: words.join(', '), waits: saved.drafts.length > 0 };
}

/** With the version of its mapping that this apply has saved: what changes in both is one release. */
async function putFlow(name: string, { api, files, there, note, mappingVersions, moved }: Applying): Promise<Outcome> {
  const yaml = files.flows.get(name)!;
  const mappingVersion = mappingVersions.get(readFlowFile(yaml).definition?.map ?? '');
  const body = {
    yaml,
    note,
    ...(mappingVersion === undefined ? {} : { mappingVersion }),
    ...(moved.has(name) ? {} : { expectedVersion: there.versions.flows.get(name) ?? 0 }),
  };
  const { made } = await api.call<{ made: { version: number; state: string } | null }>(`/v1/flows/${name}`, { method: 'PUT', body });
  if (made === null) return { words: 'live already' };
  return made.state === 'live'
    ? { words: `version ${made.version} is live` }
    : { words: `version ${made.version} is a draft`, waits: true };
}

async function putConnection(name: string, { api, files, secrets }: Applying): Promise<Outcome> {
  const { connector, description, system, settings, limits } = files.connections.get(name)!;
  const open = Object.fromEntries(Object.entries(settings).filter(([, value]) => !isFromEnvironment(value)));
  const sealed = secrets.get(name) ?? {};
  await api.call(`/v1/connections/${name}`, {
    method: 'PUT',
    body: { connector, description, ...(system === undefined ? {} : { system }), settings: { ...open, ...sealed }, limits },
  });
  const count = Object.keys(sealed).length;
  return { words: count > 0 ? `saved, ${count} secret${count === 1 ? '' : 's'} with it` : 'saved' };
}

async function putTable(name: string, { api, files, there, note }: Applying): Promise<Outcome> {
  const table = files.tables.get(name)!;
  const before = there.tables.get(name);
  const { rows: _, approver, ...shape } = table;
  const done: string[] = [];
  if (!before || !sameShape({ ...table, approver: null }, { ...before, approver: null })) {
    await api.call(`/v1/tables/${name}`, { method: 'PUT', body: withoutEmpty(shape) });
    done.push(before ? 'columns saved' : 'made');
  }
  const { write } = rowChanges(table, before);
  const draft = write.length > 0 && (before?.approver ?? null) !== null ? await draftOf(name, write, api, note) : undefined;
  if (draft) done.push(draft);
  else
    for (let at = 0; at < write.length; at += rowsAtOnce)
      await api.call(`/v1/tables/${name}/rows`, { method: 'POST', body: { put: write.slice(at, at + rowsAtOnce), reason: note } });
  if (write.length > 0 && !draft) done.push(`${write.length} row${write.length === 1 ? '' : 's'} written`);
  if (approver !== (before?.approver ?? null)) {
    await api.call(`/v1/tables/${name}/approver`, { method: 'PUT', body: { approver, reason: note } });
    done.push(approver === null ? 'needs no approval from now on' : `its changes are approved by ${approver} from now on`);
  }
  return { words: done.join(', ') || 'nothing to write', waits: draft !== undefined };
}

/** Where somebody approves changes of the rows, an apply asks for it as a person would. */
async function draftOf(table: string, rows: readonly RowOfFile[], api: Caller, note: string): Promise<string> {
  if (rows.length > draftRowsMax) throw new Error(`${table}: ${rows.length} rows differ, and a draft holds ${draftRowsMax}`);
  const { id, contentHash } = await api.call<{ id: string; contentHash: string }>(`/v1/tables/${table}/drafts`, { method: 'POST', body: { put: rows, reason: note } }); // prettier-ignore
  const { state } = await api.call<{ state: string }>(`/v1/table-drafts/${id}/submit`, { method: 'POST', body: { contentHash, reason: note } }); // prettier-ignore
  return `${rows.length} row${rows.length === 1 ? '' : 's'} in the draft ${id}, which is ${state}`;
}

/** What was paused where it was exported begins paused where it is new. What is there is left on or off as people have it. */
async function pauseNew(kind: Kind, name: string, { api, files: { paused }, say, note }: Applying): Promise<void> {
  const lists: Partial<Record<Kind, [readonly string[], string]>> = {
    connection: [paused.connections, 'connections'],
    flow: [paused.flows, 'flows'],
    control: [paused.controls, 'controls'],
    'synthetic-check': [paused.syntheticChecks, 'synthetic-checks'],
  };
  const [list, path] = lists[kind] ?? [];
  if (!list?.includes(name)) return;
  await api.call(`/v1/${path}/${name}/pause`, { method: 'POST', ...(kind === 'synthetic-check' ? { body: { reason: note } } : {}) });
  say(`  ${kind} ${name}: paused`);
}

const withoutEmpty = (given: object): object => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== undefined)); // prettier-ignore

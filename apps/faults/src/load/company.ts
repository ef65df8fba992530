import type { World } from '../supervisor/world.js';
import { sleep } from '../waiting.js';
import { documentTypes, entities, type DocumentType, type Entity } from './plan.js';
import type { SourceSystem } from './source.js';

const plural: Record<DocumentType, string> = {
  invoice: 'invoices',
  'credit-memo': 'credit-memos',
  payment: 'payments',
  'journal-entry': 'journal-entries',
};
export const sourceConnection = 'faults-source';
export const inboundFlow = (type: DocumentType): string => `faults-${plural[type]}`;

const triesMax = 5;

/** A call to the engine's API as its administrator. "Try again, nothing was half done" is obeyed, as by any program that calls it: a world may come up beside others. */
export async function api(world: World, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const ask = () =>
    fetch(`${world.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${world.secrets.apiKey}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
  let response = await ask();
  for (let tries = 1; response.status === 503 && tries < triesMax; tries += 1) {
    await response.body?.cancel();
    await sleep(1_000 * Number(response.headers.get('retry-after') ?? '1'));
    response = await ask();
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** A call to the ERP as its own users make it, past the proxy. */
export async function erp(world: World, method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${world.erpUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${world.secrets.erpToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(20_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** Connections, mappings, flows and customers, all by the public door; and an ERP of which one half has no unique key. */
export async function setUpCompany(world: World, source: SourceSystem): Promise<void> {
  const put = (path: string, body: unknown) => api(world, 'PUT', path, body);
  await put(`/v1/connections/${sourceConnection}`, {
    connector: 'http',
    settings: {
      system: 'faults',
      signingSecret: `whsec_${world.secrets.webhookKey}`,
      recordsPointer: '/records',
      revisionPointer: '/revision',
      baseUrl: source.url,
      pollPath: '/records',
    },
  });
  for (const entity of entities) await connectErp(world, entity);
  await put('/v1/mappings/faults-content', { source: 'content' });
  for (const type of documentTypes)
    await put(`/v1/flows/${inboundFlow(type)}`, {
      yaml: [
        `flow: ${inboundFlow(type)}`,
        `description: What the source says of its ${plural[type]}`,
        `from: { connection: ${sourceConnection}, stream: records }`,
        `when: 'type = "${type}"'`,
        'map: faults-content',
        `to: { canonical: ${type}@1 }`,
      ].join('\n'),
    });
  const flows = entities.flatMap((entity) => documentTypes.map((type) => `erp-${entity.toLowerCase()}-${plural[type]}`));
  const installed = (await api(world, 'POST', '/v1/packs/sandbox-erp/install', { flows })) as { flows: string[]; left: unknown[] };
  if (installed.flows.length !== flows.length) throw new Error(`flows were left out: ${JSON.stringify(installed.left)}`);
  for (const entity of entities)
    for (let n = 1; n <= 5; n += 1)
      await erp(world, 'PUT', `/erp/v1/customers/F-${n}`, { entity, name: `Customer ${n} of ${entity}`, active: true });
}

/** The connection to the books of one entity; `limits` as an operator sets them, else as the connector says. */
export async function connectErp(world: World, entity: Entity, limits?: { concurrency: number }): Promise<void> {
  await api(world, 'PUT', `/v1/connections/erp-${entity.toLowerCase()}`, {
    connector: 'sandbox-erp',
    settings: {
      baseUrl: `http://127.0.0.1:${world.proxies.erp[entity].port}`,
      token: world.secrets.erpToken,
      entity,
      upstreamSeconds: world.options.upstreamSeconds,
    },
    ...(limits === undefined ? {} : { limits }),
  });
}

/** One fault rule of the sandbox (apps/sandbox/README.md). */
export interface FaultRule {
  kind: string;
  share?: number;
  path?: string;
  methods?: string[];
  times?: number;
  afterMs?: number;
  retryAfterSeconds?: number;
  hang?: boolean;
  contains?: string;
  status?: number;
  body?: string;
}

/** The ERP's faults from now on. The books of DE always take a repeat, so that only the engine's own care keeps them clean. */
export async function erpFaults(world: World, rules: readonly FaultRule[], seed = 'faults'): Promise<void> {
  await erp(world, 'PUT', '/faults', { rules, seed, books: { bookRepeatsIn: ['DE'] } });
}

/** The rates of the headline gate. Late commits stay below what the ERP is said to need at most. */
export function gateRates(upstreamSeconds: number): FaultRule[] {
  const posts = { methods: ['POST'], path: '/erp/v1/' };
  const late = [0.2, 0.5, 0.85].map((part) => Math.floor(upstreamSeconds * 1_000 * part));
  return [
    { kind: 'lost-answer', share: 0.045, ...posts },
    { kind: 'lost-answer', share: 0.005, hang: true, ...posts },
    ...late.map((afterMs) => ({ kind: 'late-commit', share: 0.05 / 3, afterMs, ...posts })),
    { kind: 'throttle', share: 0.05, retryAfterSeconds: 1, path: '/erp/v1/' },
    { kind: 'error500', share: 0.02, ...posts },
    { kind: 'reset', share: 0.01, ...posts },
  ];
}

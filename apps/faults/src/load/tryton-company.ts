import type { TrytonServer } from '../supervisor/tryton.js';
import type { World } from '../supervisor/world.js';
import { api, inboundFlow, sourceConnection } from './company.js';
import { documentTypes, entities } from './plan.js';

const plural = { invoice: 'invoices', 'credit-memo': 'credit-memos', payment: 'payments', 'journal-entry': 'journal-entries' } as const;

/** A source and, for each of Tryton's two companies, a connection through the proxy of its books; the flows are those of the pack. */
export async function setUpTrytonCompany(world: World, tryton: TrytonServer): Promise<void> {
  const put = (path: string, body: unknown) => api(world, 'PUT', path, body);
  await put(`/v1/connections/${sourceConnection}`, {
    connector: 'http',
    settings: {
      system: 'faults',
      signingSecret: `whsec_${world.secrets.webhookKey}`,
      recordsPointer: '/records',
      revisionPointer: '/revision',
    },
  });
  for (const entity of entities)
    await put(`/v1/connections/tryton-${entity.toLowerCase()}`, {
      connector: 'tryton',
      settings: {
        baseUrl: `http://127.0.0.1:${world.proxies.erp[entity].port}`,
        database: tryton.database,
        username: tryton.user,
        password: tryton.password,
        company: `COMPANY-${entity}`,
      },
    });
  await put('/v1/mappings/faults-content', { source: 'content' });
  for (const type of documentTypes)
    await put(`/v1/flows/${inboundFlow(type)}`, {
      yaml: [
        `flow: ${inboundFlow(type)}`,
        `from: { connection: ${sourceConnection}, stream: records }`,
        `when: 'type = "${type}"'`,
        'map: faults-content',
        `to: { canonical: ${type}@1 }`,
      ].join('\n'),
    });
  const flows = entities.flatMap((entity) => documentTypes.map((type) => `tryton-${entity.toLowerCase()}-${plural[type]}`));
  const installed = (await api(world, 'POST', '/v1/packs/tryton/install', { flows })) as { flows: string[]; left: unknown[] };
  if (installed.flows.length !== flows.length) throw new Error(`flows were left out: ${JSON.stringify(installed.left)}`);
}

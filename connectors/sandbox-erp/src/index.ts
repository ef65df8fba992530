import { defineConnector, secret, Type, type JsonObject } from '@waybill/sdk';
import { check } from './check.js';
import { documentation } from './documentation.js';
import { lookups } from './lookups.js';
import { operations } from './operations.js';
import { retryAfterMs } from './refusals.js';
import { streams, unpack } from './streams.js';

const settings = Type.Object(
  {
    baseUrl: Type.String({
      title: 'Address',
      description: 'Where the sandbox listens, without a path.',
      format: 'uri',
      pattern: '^https?://',
      maxLength: 500,
    }),
    token: Type.Unsafe<string>(secret('Token', { description: 'Sent as a bearer token.' })),
    entity: Type.String({
      title: 'Legal entity',
      description: 'One connection posts into one legal entity.',
      pattern: '^[A-Z0-9-]{1,20}$',
    }),
    upstreamSeconds: Type.Optional(
      Type.Integer({
        title: 'Longest work on one call, in seconds',
        description: 'After a lost answer the engine waits that long before it looks the document up. Default 60.',
        minimum: 1,
        maximum: 600,
      }),
    ),
  },
  { additionalProperties: false },
);

/** The books are per legal entity, so the ledger is named by it; the address may change without changing what was posted. */
const account = (given: JsonObject): string | undefined =>
  typeof given['entity'] === 'string' ? `sandbox-erp/${given['entity']}` : undefined;

export const sandboxErp = defineConnector({
  name: 'sandbox-erp',
  title: 'Sandbox ERP',
  summary: 'The ERP of the sandbox: real books, strict checks, and faults on request.',
  documentation,
  vendorApi: 'v1',
  settings,
  account,
  streams,
  unpack,
  operations,
  lookups,
  limits: {
    concurrency: 8,
    perSecond: 100,
    scope: 'account',
    pauseMs: (response) => (response.status === 429 ? retryAfterMs(response) : undefined),
  },
  check,
});

export default sandboxErp;

import type { JsonObject } from '@waybill/sdk';

/** The kinds of what an admin defines, in the order in which each needs the ones before it. */
export const kinds = ['connection', 'event-type', 'table', 'mapping', 'meter', 'flow', 'control', 'synthetic-check'] as const;
export type Kind = (typeof kinds)[number];

/** A setting whose value stands in the environment of whoever applies the file; for a secret it is the only form. */
export type FromEnvironment = { env: string };

export interface ConnectionFile {
  connector: string;
  description: string;
  /** Vendor and account; left out: as the connector finds it in the settings. */
  system?: string;
  settings: JsonObject;
  limits: Record<string, number>;
}

export interface EventTypeFile {
  description: string;
  schema: JsonObject;
}

export interface RowOfFile {
  key: Record<string, string>;
  values: Record<string, string | null>;
  validFrom: string | null;
  validTo: string | null;
}

export interface TableFile {
  title: string;
  description: string;
  key: string[];
  columns: { name: string; type: 'text' | 'decimal' | 'date' | 'boolean'; required: boolean; description?: string }[];
  governed: boolean;
  /** The role that approves a change of rows; null: none needs to. */
  approver: string | null;
  /** Undefined: the files say nothing of its rows. */
  rows: RowOfFile[] | undefined;
}

/** What an installation does, without its data and its people: as it stands in files, or as an installation has it. */
export interface Definitions {
  connections: Map<string, ConnectionFile>;
  eventTypes: Map<string, EventTypeFile>;
  tables: Map<string, TableFile>;
  /** JSONata. */
  mappings: Map<string, string>;
  /** YAML, as it was written. */
  meters: Map<string, string>;
  flows: Map<string, string>;
  controls: Map<string, string>;
  syntheticChecks: Map<string, string>;
  paused: Paused;
  /** Content hash of the live release of each flow. */
  releases: Map<string, string>;
  /** Of an installation: the newest version of each mapping and the live one of each flow, which an apply expects to find still. */
  versions: { mappings: Map<string, number>; flows: Map<string, number> };
}

export interface Paused {
  connections: string[];
  flows: string[];
  controls: string[];
  syntheticChecks: string[];
}

export const nonePaused = (): Paused => ({ connections: [], flows: [], controls: [], syntheticChecks: [] });

export const noDefinitions = (): Definitions => ({
  connections: new Map(),
  eventTypes: new Map(),
  tables: new Map(),
  mappings: new Map(),
  meters: new Map(),
  flows: new Map(),
  controls: new Map(),
  syntheticChecks: new Map(),
  paused: nonePaused(),
  releases: new Map(),
  versions: { mappings: new Map(), flows: new Map() },
});

export const isFromEnvironment = (value: unknown): value is FromEnvironment =>
  typeof value === 'object' && value !== null && typeof (value as { env?: unknown }).env === 'string' && Object.keys(value).length === 1;

/** `erp-us` and `apiKey` are `ERP_US_API_KEY`. */
export const environmentName = (connection: string, field: string): string =>
  `${connection}_${field.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();

/** Text as the engine is sent it: an editor's line ends make no other version. */
export const plainText = (text: string): string => text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');

/** How many of a kind there are, in words. */
export const countOf = (kind: Kind, n: number): string => `${n} ${n === 1 ? kind.replace('-', ' ') : plurals[kind]}`;

const plurals: Record<Kind, string> = {
  connection: 'connections',
  'event-type': 'event types',
  table: 'tables',
  mapping: 'mappings',
  meter: 'meters',
  flow: 'flows',
  control: 'controls',
  'synthetic-check': 'synthetic checks',
};

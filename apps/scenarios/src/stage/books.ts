import type { Entry } from '../oracle/documents.js';
import type { EngineClient } from './clients.js';

export const entities = ['US', 'DE'] as const;

/** An ERP that is posted to: how it is connected, how it is away for a while, and what its books say by its own API. */
export interface Books {
  /** Connects it and installs the flows and controls that post to it. */
  connect(engine: EngineClient): Promise<void>;
  /** Nobody answers until what is returned is called. */
  goAway(): Promise<() => Promise<void>>;
  /** Whatever lives in the books. */
  read(): Promise<Entry[]>;
  /** Names of its controls. */
  controls: readonly string[];
  close(): Promise<void>;
}

export const controlsOf = (pack: string): string[] =>
  entities.flatMap((entity) => ['invoices', 'credit-memos', 'payments'].map((kind) => `${pack}-${entity.toLowerCase()}-${kind}`));

/** The control of usage of an entity, which the pack stripe-usage brings. */
export const usageControlOf = (entity: string): string => `stripe-${entity.toLowerCase()}-usage`;

export async function installPack(engine: EngineClient, pack: string): Promise<void> {
  const { left, controlsLeft } = await engine.call<{ left: { flow: string; reason: string }[]; controlsLeft: { control: string; reason: string }[] }>(
    'POST', `/v1/packs/${pack}/install`, {},
  ); // prettier-ignore
  for (const { flow, reason } of left) throw new Error(`The flow ${flow} could not be installed: ${reason}`);
  for (const { control, reason } of controlsLeft) throw new Error(`The control ${control} could not be installed: ${reason}`);
}

/** By what an enrichment finds documents of a canonical type in the hub, and whether they hold from a first to a last day. */
export interface HubLookup {
  by: readonly HubField[];
  dated: boolean;
}

export type HubField = 'sourceId' | 'sourceSystem' | 'number' | 'customer';

const byId: HubLookup = { by: ['sourceId', 'sourceSystem'], dated: false };
const lookups: Readonly<Record<string, HubLookup>> = {
  customer: { by: ['sourceId', 'sourceSystem', 'number'], dated: false },
  contract: { by: ['sourceId', 'sourceSystem', 'number', 'customer'], dated: true },
  subscription: { by: ['sourceId', 'sourceSystem', 'customer'], dated: true },
  invoice: { by: ['sourceId', 'sourceSystem', 'number'], dated: false },
  'credit-memo': { by: ['sourceId', 'sourceSystem', 'number'], dated: false },
};

/** `type` as flows write it: `contract@1`. Whatever is not named here is found by its id alone. */
export const hubLookupOf = (type: string): HubLookup => lookups[typeName(type)] ?? byId;

/** The type without its major version. */
export const typeName = (type: string): string => type.split('@')[0]!;

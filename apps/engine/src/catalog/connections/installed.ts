import type { Connector } from '@waybill/sdk';
import { sandboxErp } from '@waybill/connector-sandbox-erp';
import { stripe } from '@waybill/connector-stripe';

/** The connectors of this installation: the one list. A new connector is added here and nowhere else. */
export const installedConnectors: ReadonlyMap<string, Connector> = new Map([stripe, sandboxErp].map((connector) => [connector.name, connector as Connector]));

import { businessCentral } from '@waybill/connector-business-central';
import { http } from '@waybill/connector-http';
import { netsuite } from '@waybill/connector-netsuite';
import { sandboxErp } from '@waybill/connector-sandbox-erp';
import { salesforce } from '@waybill/connector-salesforce';
import { stripe } from '@waybill/connector-stripe';
import { tryton } from '@waybill/connector-tryton';
import type { Connector } from '@waybill/sdk';

/** The connectors of this installation: the one list. A new connector is added here and nowhere else. */
export const installedConnectors: ReadonlyMap<string, Connector> = new Map(
  [stripe, sandboxErp, tryton, netsuite, businessCentral, salesforce, http].map((connector) => [connector.name, connector as Connector]),
);

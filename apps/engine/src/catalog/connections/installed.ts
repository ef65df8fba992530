import { avalara } from '@waybill/connector-avalara';
import { businessCentral } from '@waybill/connector-business-central';
import { chargebee } from '@waybill/connector-chargebee';
import { csv } from '@waybill/connector-csv';
import { email } from '@waybill/connector-email';
import { erpnext } from '@waybill/connector-erpnext';
import { http } from '@waybill/connector-http';
import { hubspot } from '@waybill/connector-hubspot';
import { kafka } from '@waybill/connector-kafka';
import { lago } from '@waybill/connector-lago';
import { nats } from '@waybill/connector-nats';
import { netsuite } from '@waybill/connector-netsuite';
import { odoo } from '@waybill/connector-odoo';
import { postgres } from '@waybill/connector-postgres';
import { quickbooksOnline } from '@waybill/connector-quickbooks-online';
import { redisStreams } from '@waybill/connector-redis-streams';
import { s3 } from '@waybill/connector-s3';
import { salesforce } from '@waybill/connector-salesforce';
import { sandboxErp } from '@waybill/connector-sandbox-erp';
import { stripe } from '@waybill/connector-stripe';
import { tryton } from '@waybill/connector-tryton';
import { xero } from '@waybill/connector-xero';
import type { Connector } from '@waybill/sdk';

/** The connectors of this installation: the one list. A new connector is added here and nowhere else. */
export const installedConnectors: ReadonlyMap<string, Connector> = new Map(
  [
    ...[
      stripe,
      lago,
      chargebee,
      netsuite,
      quickbooksOnline,
      xero,
      businessCentral,
      tryton,
      odoo,
      erpnext,
      sandboxErp,
      salesforce,
      hubspot,
      avalara,
    ],
    ...[http, email, csv, kafka, nats, redisStreams, postgres, s3],
  ].map((connector) => [connector.name, connector as Connector]),
);

import { http } from '@waybill/connector-http';
import { kafka } from '@waybill/connector-kafka';
import { nats } from '@waybill/connector-nats';
import { redisStreams } from '@waybill/connector-redis-streams';
import { sandboxErp } from '@waybill/connector-sandbox-erp';
import { stripe } from '@waybill/connector-stripe';
import { tryton } from '@waybill/connector-tryton';
import type { Connector } from '@waybill/sdk';

/** The connectors of this installation: the one list. A new connector is added here and nowhere else. */
export const installedConnectors: ReadonlyMap<string, Connector> = new Map(
  [stripe, sandboxErp, tryton, http, kafka, nats, redisStreams].map((connector) => [connector.name, connector as Connector]),
);

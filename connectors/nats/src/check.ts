import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { jetstreamManager, RetentionPolicy, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo } from './client.js';
import { readFailure } from './failures.js';
import { partsOf, text, texts } from './settings.js';

/** Reaches a server, then looks at each stream of the settings. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const names = [...texts(settings, 'usageStreams'), text(settings, 'recordStream')].filter((name) => name !== '');
  let connection: NatsConnection | undefined;
  try {
    connection = await connectTo(context);
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const steps: CheckStep[] = [{ name: 'Reach and sign in', ok: true, detail: `NATS ${connection.info?.version ?? ''} answered.` }];
    for (const stream of new Set(names.map((name) => partsOf(name).stream))) steps.push(await look(manager, stream));
    return steps;
  } catch (error) {
    return [failed('Reach and sign in', readFailure(error, 'reach the servers'))];
  } finally {
    await connection?.close().catch(() => undefined); // the check has its answer
  }
}

async function look(manager: JetStreamManager, stream: string): Promise<CheckStep> {
  const name = `Stream ${stream}`;
  try {
    const { config, state } = await manager.streams.info(stream);
    if (config.retention !== RetentionPolicy.Limits)
      return {
        name,
        ok: false,
        detail: `The stream keeps its messages by ${config.retention}.`,
        remedy: 'Read a stream that keeps them by limits; what is gone after it was read once cannot be read again.',
      };
    return { name, ok: true, detail: `${state.messages} messages from ${state.first_seq} to ${state.last_seq}.` };
  } catch (error) {
    return failed(name, readFailure(error, `look at the stream ${stream}`));
  }
}

const failed = (name: string, error: Error): CheckStep => ({
  name,
  ok: false,
  detail: error.message,
  remedy:
    (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the servers, the port and the encryption; is JetStream on?',
});

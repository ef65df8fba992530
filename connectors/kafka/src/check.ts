import { isConnectorFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { boundsOf, clusterOf } from './cluster.js';
import { readFailure } from './failures.js';
import { text, texts } from './settings.js';

/** Reaches the cluster, then looks at each topic of the settings. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const topics = [...new Set([...texts(settings, 'usageTopics'), text(settings, 'recordTopic'), text(settings, 'publishTopic')])];
  let cluster: ReturnType<typeof clusterOf> | undefined;
  try {
    cluster = clusterOf(context);
    await cluster.connect();
    const steps: CheckStep[] = [
      { name: 'Reach and sign in', ok: true, detail: `A broker of ${texts(settings, 'brokers').length} answered.` },
    ];
    for (const topic of topics.filter((name) => name !== '')) steps.push(await look(cluster, topic));
    return steps;
  } catch (error) {
    return [failed('Reach and sign in', readFailure(error, 'reach the cluster'))];
  } finally {
    await cluster?.disconnect().catch(() => undefined); // the check has its answer
  }
}

async function look(cluster: ReturnType<typeof clusterOf>, topic: string): Promise<CheckStep> {
  const name = `Topic ${topic}`;
  try {
    await cluster.addTargetTopic(topic);
    const partitions = cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId);
    const bounds = await boundsOf(cluster, topic, partitions);
    const records = [...bounds.values()].reduce((sum, { earliest, next }) => sum + Number(BigInt(next) - BigInt(earliest)), 0);
    return { name, ok: true, detail: `${partitions.length} partitions, ${records} records at most.` };
  } catch (error) {
    return failed(name, readFailure(error, `look at the topic ${topic}`));
  }
}

const failed = (name: string, error: Error): CheckStep => ({
  name,
  ok: false,
  detail: error.message,
  remedy:
    (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the brokers, the port and the encryption; is the cluster up?',
});

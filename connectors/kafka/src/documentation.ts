/** The connector's reference page. */
export const documentation = `
Works with Apache Kafka 0.11 and newer, and with what speaks its protocol: Redpanda, Confluent Cloud, Amazon MSK, Event Hubs. The user needs the right
to describe and read the topics, and to write to those that are published to; none on consumer groups, because none is joined.

## Usage
Each topic of _Topics with usage_ is read by one process at a time, all its partitions together, and goes on where it was: the next offset of each
partition is committed with the events. Partitions that are added are found within a minute and read from their beginning. Records of
transactions are read when they are committed. A record that is no event is kept as refused, and the next is read.

Where retention deleted records before they were read, the gap is shown with its offsets, and reading goes on behind it. A topic that was deleted
and made anew is read from its beginning, and that is shown too.

## Records
Flows may begin at the stream \`records\`: one topic, one JSON object a record, looked at every 5 seconds. The record's key is \`$delivery.key\`, its headers
are in \`$delivery.headers\`. Kafka keeps the order of a key, and so does the flow.

## Out
\`publish\` writes a CloudEvent in binary mode: \`ce_id\` is made of the posting key and the content, \`ce_source\` is \`/waybill/<system>\`. The answer is that of all
replicas in sync. After a lost answer the record is written again under the same \`ce_id\`: **whoever reads must fold by it**.

## Limits and oddities
- Compression: none, gzip, snappy, lz4 and zstd are read; what is published is not compressed.
- Signing in: none, PLAIN over TLS, SCRAM-SHA-256 and SCRAM-SHA-512. No Kerberos, no OAuth.
- The brokers that the cluster names must be reachable under those names, and allowed by the egress rules of this installation.
- A record's value may have 512 kB; a batch 1,000 records and 2 MB.
`.trim();

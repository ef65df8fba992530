/** The connector's reference page. */
export const documentation = `
Works with Redis 5 and newer, Valkey, and what speaks their protocol; from Redis 7 on, entries that were trimmed before they were read are noticed. The
user needs \`XREAD\`, \`XINFO\` and \`PING\` on the keys. One server, or the primary of a replicated one; no cluster, no Sentinel.

## Usage
Each key of _Streams with usage_ is read by one process at a time and goes on where it was: the id of the last entry is committed with the events, and no
consumer group is made. A key that is not there yet is waited for. An entry is one event. Its field \`data\` is the value, every other field a header:

| mode | fields of the entry |
|---|---|
| structured | \`data\`: the whole CloudEvent as JSON. \`content-type\` may be left out |
| binary | \`ce_id\`, \`ce_source\`, \`ce_type\`, \`ce_specversion\`, … and \`content-type\`; \`data\`: the data alone |

CloudEvents has no binding for Redis; this one follows that of Kafka. An entry that is no event is kept as refused, and the next is read.

Trim by a length or an age that leaves time for a standstill (\`XADD … MAXLEN ~ 1000000\`). Where entries were removed before they were read, the gap is shown
with their number. A stream that was made anew is read from its beginning, and that is shown too. An asynchronous replica that takes over may not have
the last entries: Redis, not the position, decides what is lost then.

## Records
Flows may begin at the stream \`records\`: one JSON object an entry, in its field \`data\`, looked at every 5 seconds. \`$delivery.key\` is the entry's id.

## Limits and oddities
- A value may have 512 kB; a batch 1,000 entries and 2 MB.
- A reader keeps one connection for each stream.
`.trim();

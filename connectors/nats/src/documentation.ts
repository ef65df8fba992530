/** The connector's reference page. */
export const documentation = `
Works with nats-server 2.9 and newer, with JetStream. The user needs the rights to ask for the information of a stream (\`$JS.API.STREAM.INFO.*\`), to make,
pull from and delete an ephemeral consumer (\`$JS.API.CONSUMER.CREATE.*\`, \`$JS.API.CONSUMER.MSG.NEXT.*.*\`, \`$JS.API.CONSUMER.DELETE.*.*\`), and to publish to
the subjects that are written to.

## Usage
Each entry of _Streams with usage_ is read by one process at a time, in the order of the stream, and goes on where it was: the sequence is committed
with the events, and nothing is acknowledged at the server. The stream must keep its messages by limits: those of a work queue are gone once they are
read. \`USAGE/metering.>\` reads one subject of the stream \`USAGE\`. A message that is no event is kept as refused, and the next is read.

Where messages were removed before they were read, the gap is shown with its sequences; with a subject, what is gone may have been of others. A
stream that was made anew is read from its beginning, and that is shown too.

## Records
Flows may begin at the stream \`records\`: one JSON object a message, looked at every 5 seconds. \`$delivery.key\` is the
message's place in the stream, so that each message is a record of its own, unless the flow names another key; its headers, with its subject as
\`nats-subject\`, are in \`$delivery.headers\`.

## Out
\`publish\` writes a CloudEvent in binary mode, with \`Nats-Msg-Id\` as its \`ce-id\`, made of the posting key and the content. The stream folds a repeat as long
as its \`duplicate_window\`, usually two minutes; after a lost answer it is written again within that time, and later a person is asked.

## Limits and oddities
- Signing in: none, user and password, token, NKey, or a credentials file. TLS begins after the server's greeting; servers that want it before are not reached.
- Other servers of a cluster that a server names are not used: name them in the settings.
- A message may have 512 kB; a batch 1,000 messages and 2 MB. In a stream where little comes, it is committed after 2 seconds.
`.trim();

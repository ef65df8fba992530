/** The connector's reference page. */
export const documentation = `
Works with PostgreSQL 13 and newer, and with what is PostgreSQL underneath. Enter the address of the **primary**. TLS is asked for with the protocol's own
\`SSLRequest\`, and the certificate is checked against the host name.

## The user
Give it a role of its own with what it needs and nothing more: \`usage\` on the schemas; \`select\` on the table with rows, the outboxes and the tables that are
looked up; \`select\`, \`insert\` and \`update\` on the table to write to. It needs no right to connect for replication and makes nothing.

## Rows
Flows may begin at the stream \`rows\`: the rows of one table that changed, looked at every 60 seconds. Numbers are text, digit by digit; times are UTC.
\`$delivery.key\` is the row's key.

* The **watermark** is a timestamp column that every change sets anew, best by a trigger. A \`timestamp\` without a zone is taken as UTC. Put an index on watermark and key.
* Reading stays **behind the server's clock by the lag**, 60 seconds unless you set another. A row whose transaction took longer than the lag, from setting
  the watermark to its commit, **is passed by and never read**. Where that can happen, make the lag longer, or use an outbox.
* The key must be unique and never null. A row without a watermark is never read; the connection's check counts such rows.
* A row that was deleted is not told. Mark it instead of deleting it.
* Each state that is seen is one version. A row that changed twice between two looks comes once, as it is then.

## Outboxes
An application writes into an outbox in the same transaction as its own tables. Nothing that was committed is missed, however late it commits:

\`\`\`sql
create table app.outbox (
  id bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default now(),
  key text,
  payload jsonb not null,
  primary key (xid, id)
);
\`\`\`

Rows are read in the order of their transactions, and only when every transaction with a smaller number has ended. So a transaction that stays open anywhere on
the server, also in another database, holds the outbox back until it ends. Do not write \`xid\` yourself. The column \`payload\` may be \`jsonb\`, \`json\` or \`text\`.

Nothing is deleted or marked in the outbox. Delete what is older than a standstill may last; a row that is deleted before it was read is gone, and nobody can tell.
On **another server**, such as a copy restored from a dump, numbers of transactions begin again: the outbox is then read from its beginning, and that is
shown. Rows that carry a number which that server has not reached are counted by the connection's check.

* Stream \`records\`: the outbox for flows, one JSON object a row, looked at every 5 seconds. \`$delivery.key\` is the column \`key\`.
* Usage: each of the outboxes with usage carries CloudEvents as JSON, one a row, into the usage ledger. A row has no headers, so an event is in structured mode.

## Rows out
\`upsert\` writes one row by \`insert … on conflict … do update\`. The key needs a unique index on exactly its columns. The version column orders the versions of a
row: an older one is never written over a newer one, whatever was cut off and came late. Text versions are compared byte by byte. Values go as text, and the
column reads them as its type.

## Limits and oddities
- A statement may take 20 seconds. A page has up to 500 rows; a batch of an outbox 1,000 rows and 2 MB.
- The engine's own \`PG…\` variables are not used for the connection.
- Every call makes a connection and ends it. A pool in front (PgBouncer) must let \`options\` pass (\`ignore_startup_parameters\` would drop the time zone) and be in session mode.
`.trim();

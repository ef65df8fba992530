/** The connector's reference page. */
export const documentation = `
Reads invoices, credit notes, payments, customers, subscriptions and notices from Lago, in the cloud or your own, and reports usage to it.

## Set-up in Lago
1. **API key.** Developers → API keys & ID. With granular keys: read invoices, credit notes, payments, customers, subscriptions, plans, taxes and
   billable metrics; write events where usage is reported.
2. **Webhook.** Developers → Webhooks → *Add a webhook*, address \`https://<your host>/v1/hooks/<connection>\`. Signature **HMAC**: enter the HMAC
   key. Signature **JWT**: enter what \`GET /api/v1/webhooks/json_public_key\` answers. Both may be set while you change from one to the other.
3. **Organization ID.** Enter it before the first document: it names the source system for ever.

## What comes in
All 61 webhooks are taken. Those that show an invoice, a credit note, a payment, a customer or a subscription are versions of that record; all others
(alerts, errors of providers, dunning, plans, metrics, features, fees, wallets) come as \`notices\`, with Lago's whole body.

* The delivery's id is the object's state: its id, time of change and status. So a webhook, its three repeats and a poll of the same state are one.
* Drafts are no documents and do not come. A voided invoice reverses.
* An invoice without fees (a list leaves them out) is fetched whole before it is mapped.
* Lago has **no list of what changed**: each poll reads what was issued in the last 35 days (a setting), and payments, customers and active
  subscriptions whole. Webhooks are the fast way, polls the repair. A void of an older invoice comes by webhook alone.
* Notices come by webhook alone. One whose object has no time stands at 1970-01-01.
* Amounts are text: \`_cents\` are minor units of the currency.

## Usage out
\`POST /events/batch\`, up to 100 events. Each has a \`transaction_id\` made of the posting key and its place, and its own \`timestamp\`. Lago refuses an
id that it has; with the ClickHouse pipeline an event of the same id and time is written over the same event. Either way a repeat counts once. A lost
answer is looked up by the last event of the batch, for a batch is taken whole or not at all.
\`events.errors\` webhooks tell of events that were taken and turned out wrong later; they are notices.

## Limits
Lago's cloud tells its limits in \`x-ratelimit-*\`; your own Lago has none unless you set them. A 5xx on a write is in doubt.
`.trim();

/** The connector's reference page. */
export const documentation = `
Reads invoices, credit notes, payments, refunds, customers and subscriptions from Stripe Billing, and reports usage to its meters.

## Set-up in Stripe
1. **Key.** Developers → API keys → *Create restricted key*. Read: Events, Invoices, Credit notes, Charges and Refunds, Customers,
   Subscriptions, Products, Prices, Tax rates. Write: Billing meter events, and read: Billing meters, only when usage is reported. A secret key works too.
2. **Webhook.** Developers → Webhooks → *Add endpoint*, address \`https://<your host>/v1/hooks/<connection>\`, API version
   2025-03-31 or later, these events:
   \`invoice.finalized\` \`invoice.paid\` \`invoice.voided\` \`invoice.marked_uncollectible\` \`invoice_payment.paid\`
   \`credit_note.created\` \`credit_note.updated\` \`credit_note.voided\` \`refund.created\` \`refund.updated\` \`refund.failed\`
   \`customer.created\` \`customer.updated\` \`customer.deleted\`
   \`customer.subscription.created\` \`customer.subscription.updated\` \`customer.subscription.deleted\`.
   Any other event is accepted and ignored. Enter the endpoint's signing secret in the connection.
3. **Rotation.** Roll the secret in Stripe with an overlap; put the new one into *Signing secret*, the old one into
   *Signing secret before the last rotation*. Both are accepted until you clear the second.
4. **Account id** (\`acct_…\`). Enter it before the first document: it names the source system for ever.

## What comes in
| stream | events | effect |
|---|---|---|
| invoices | finalized, paid | create; paid changes no books by itself |
| invoices | voided / marked_uncollectible | void / write-off |
| credit-notes | created, updated / voided | create / void |
| payments | invoice_payment.paid | create |
| refunds | created, updated, failed | refund |
| customers, subscriptions | created, updated, deleted | create (written over) |

Webhook and poll bring the same event under the same id and fold into one. The poll lists \`/v1/events\` in windows of time,
oldest first, and reads the last 300 seconds again, because an event may become visible after younger ones. Stripe keeps events
for 30 days: a backfill that starts earlier reads the objects themselves, as they are now, by their date of creation.

A version's order is the event's time, then the status (draft, open, uncollectible, paid, void), then the event's kind, then its id.

## What is known to be odd
* **Lines.** An event shows at most ten lines; for longer documents the rest is fetched before mapping.
* **Payments.** Since API 2025-03-31 an invoice has no charge: a payment is an invoice payment. Charge and payment-intent events
  are ignored, for they would count the same money twice. An endpoint pinned to an older API version sends no invoice payments.
* **Tax.** Since the same version an invoice names its tax rates by id only; the look-up \`tax-rates\` brings the percentages.
* **Minor units** are Stripe's, not ISO's: ISK and UGX amounts are × 100, MGA × 1, three-decimal currencies × 1000 with a last digit of 0.
* **Thin events** hold no object and are ignored.
* **An event keeps the API version it was made with.** The mappings of the pack take the shapes of 2023 and of 2026.

## Usage out: meter-event
\`POST /v1/billing/meter_events\`, with the posting key as \`identifier\` and as \`Idempotency-Key\`. Stripe remembers both for at
least 24 hours and then forgets; single events cannot be looked up. A lost answer within 24 hours is sent again under the same
key; after that a person compares the meter's total. Stripe takes usage of the past 35 days.

The look-up \`counted-usage\` reads back what a meter counts (\`GET /v1/billing/meters/{id}/event_summaries\`), by customer and day of UTC: what a
[control of usage](../../guides/reconcile-a-month.md#usage) compares with. Stripe counts what it took a moment later, and only a meter whose formula is
\`sum\` can be compared.

## Limits
25 calls a second by default (100 in live mode, 25 for one endpoint and in a sandbox); \`Retry-After\` is obeyed. A 5xx on a write is
in doubt, never repeated blindly.
`.trim();

/** The connector's reference page. */
export const documentation = `
Reads invoices, credit notes, payments, refunds, customers and subscriptions from a Chargebee site, reports usage to it, and records payments that
arrived elsewhere. For API version 2 and Product Catalog 2.0.

## Set-up in Chargebee
1. **API key.** Settings → Configure Chargebee → API keys and webhooks. A read-only key is enough where nothing goes out; usage and payments need a
   full-access key.
2. **Webhook.** On the same page, *Add webhook*: address \`https://<your host>/v1/hooks/<connection>\`, API version **2**, basic authentication with a user
   name and a password that you choose. Enter both here.
3. **Site.** Enter it before the first document: it names the source system for ever.

## What comes in
* **Chargebee signs no webhook.** The password says who sent it, not that nobody altered it. So a webhook is a hint here: the record is read from
  Chargebee before anything is made of it.
* The delivery's id is the record and its \`resource_version\`. So a webhook, its repeats and a poll of the same version are one.
* Each poll reads what changed since the one before, newest first, with an overlap of 300 seconds by Chargebee's clock.
* Pending invoices are drafts and do not come. A voided or deleted invoice or credit note reverses.
* Payments and refunds come once they succeeded. A payment that **fails later** (\`late_failure\`) or is deleted reverses. Attempts that failed at once moved no
  money and do not come.
* Long documents are fetched with all of their lines, up to 6,000.
* Numbers are text. Amounts are minor units: currencies without minor units (JPY, KRW …) in whole units, **all others times 100**, also those with three
  decimals elsewhere (KWD, BHD). A write-off is a credit note with the reason \`write_off\`.

## Usage out
\`POST /subscriptions/{id}/usages\` with the posting key as the id of the usage record. Chargebee refuses an id that it has; the record is then looked up, and
a repeat counts once.

## Payments out
\`POST /invoices/{id}/record_payment\` under an idempotency key, with the posting key as the reference number. Chargebee knows a key for **30 minutes**: until
then a lost answer is repeated under it, later the payments of the invoice are looked through for the reference number. Do not change that number in
Chargebee. A payment in another currency than the invoice's is refused before it is sent.

## Limits
150 calls a minute on test sites and the smallest plan, 1,000 to 3,500 on others; the budget here is two calls a second until you set another. A 5xx on a
write is in doubt.

## What was tested
Every request is held against a small schema written from Chargebee's documentation and the types of its npm package 3.33.0, with a double that throttles,
repeats and loses answers. It was not run against a live site.
`.trim();

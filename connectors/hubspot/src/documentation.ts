/** The connector's reference page. */
export const documentation = `
Writes records to HubSpot by an external id, such as billing's status beside the company, and reads companies, contacts and deals.

## Set-up in HubSpot
1. **App.** Scopes: \`crm.objects.companies.read\` and \`.write\`, the same for contacts and deals where they are used, \`crm.objects.custom.read\` and \`.write\` for
   objects of your own, \`crm.schemas.…read\` for their properties. Either a **private app** (Settings → Integrations → Private apps), whose **access token** you
   enter; or an app with OAuth: enter the redirect URI that the connection's page shows at the app, save the connection with **client ID** and **client
   secret**, and press *Connect*. The Hub ID comes with the consent, and a consent for another account than the one that is entered is refused.
2. **Unique properties.** Make a property such as \`billing_id\` on each object that is written, with *Require unique values for this property* switched on.
   A property's uniqueness can only be chosen when it is made.
3. **Webhook.** On the app's tab *Webhooks*: the address \`https://<your host>/v1/hooks/<connection>\`, then subscriptions to creation, change, deletion and
   merge of the objects. Enter the **client secret** and the **address**, exactly as it stands at HubSpot: the signature covers it.
4. **Hub ID.** Enter it before the first record: it names the source system for ever.

## Records out
\`record\` calls \`batch/upsert\` with one record: HubSpot finds it by the unique property, or makes it. A repeat writes the same over the same. With \`beside\` the record
is then associated with others, each found by a unique property of its own; one that is not there is a master-data exception before anything is written. Numbers
and amounts go as text. An answer that is a success as a whole may hold errors (HTTP 207); they are read.

## What comes in
* **A webhook names objects and holds none**: each is read from HubSpot before anything is made of it. Up to 100 events come in one webhook; an object that is
  named twice in it comes once.
* Signature **v3** alone is taken, with a tolerance of five minutes. The older ones cover less.
* The poll searches by the time of change every five minutes, with an overlap of five minutes: the search finds what changed a while later. The search pages by offset
  and gives at most 10,000 rows, so each page begins at the time where the one before ended, and within one instant goes on by id.
* The poll does not see deletions; webhooks do. A deleted object comes with \`archived: true\`.
* Properties beyond the usual ones are read where they are named in the connection.

## Limits
The search takes 5 requests a second for an account; the budget here is 4 a second for all calls until you set another. When the budget of the day is used up, calls
wait for an hour and ask again. 423 (locked) and 477 (being moved) wait.

## What was tested
Every request is held against a small schema written from HubSpot's documentation, with a double that throttles, repeats and loses answers. It was not run
against a live account.
`.trim();

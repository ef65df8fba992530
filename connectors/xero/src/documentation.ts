/** The connector's reference page. */
export const documentation = `
Posts receivables into Xero and reads back what its books hold.

## Set-up in Xero
1. **App.** developer.xero.com → My Apps → *New app*. A **custom connection** serves one organisation and signs in with client ID and secret alone;
   a **web app** needs a consent: enter the redirect URI that the connection's page shows at the app, save the connection with client ID and secret, and press
   *Connect*. Its refresh token rotates at each use and dies after 60 days without one. The engine keeps the newest, sealed, for all its processes.
2. **Scopes**: \`accounting.transactions accounting.contacts accounting.settings.read\`; a consent asks for \`offline_access\` besides. Apps that were made
   since 2 March 2026 have finer ones in place of the first: \`accounting.invoices accounting.payments accounting.banktransactions accounting.manualjournals\`.
   Enter them in the connection.
3. **Tenant ID**: the consent brings it where the person chose one organisation. Where an app reaches several, enter the one that is meant before you connect;
   \`GET https://api.xero.com/connections\` lists them.
4. **Webhooks**, where wanted: My Apps → the app → Webhooks → contacts, invoices, credit notes; address
   \`https://<your host>/v1/hooks/<connection>\`. Enter the webhooks key in the connection **before** you press *Send intent to receive*: Xero tries the
   address with right and wrong signatures.

## How it posts
* Documents are made with \`PUT\`, which refuses a number that is there. \`POST\` would write over it, so money documents never use it to be made.
* Every write carries \`Idempotency-Key\`. Xero remembers it for minutes only; after that a lost answer is looked up by our key, which ends the reference
  of the document (the narration of a journal). Invoices are asked for by number, all others by their day.
* A number that is taken by a document with our key is the same document; any other is a \`duplicate\` exception that names both amounts.
* Tax is billing's, line by line (\`TaxAmount\`). The receipt holds the total of the books.
* A line whose amount is not quantity times price, or whose price has more than the four decimals that Xero keeps, is sold once for its amount, for the
  amount counts.
* **Credit notes** with \`appliesTo\` are two steps: the note, then its allocations in one request. What is there is gone on from.
* **Refunds** are payments of a credit note (\`ARCREDITPAYMENT\`): Xero has no other way to return money on a customer's account. Its receivables are a system
  account that always equals its documents and takes no journal (Xero, "Record movements in system accounts"). The note is the one in \`creditNote\`, else the oldest open one of the contact that holds exactly the amount, else the only
  one that holds as much; between several larger ones a person chooses. A refund without a credit note is an exception. Refunds of overpayments and prepayments,
  which Waybill does not make, stay with people.
* A **payment** pays one invoice. **Voids**: invoices, credit notes and journals are voided, payments and refunds deleted.
* **Contacts** are known by their contact number; names must be unique among contacts.

## What comes in
Invoices, credit notes, payments, manual journals and contacts by their last change, with an overlap of two minutes; webhooks say that an invoice, a
credit note or a contact changed, and the record is fetched then. Amounts are text with the digits that Xero sent.

The stream \`documents\` tells invoices, credit notes, payments and refunds of customers as the books hold them now, by accounting date, also what people entered
by hand: controls compare with it. Each page is one call of the day's 5,000.

## What is known to be odd
* Errors are sentences. The table knows many by their words; one that it does not know is decided by HTTP and shown as Xero said it. Add rows of your
  own in the setting *Error rows of this connection*.
* An element may be refused within HTTP 200.
* Dates are \`/Date(1780272000000+0000)/\` in answers.
* Books are locked up to a date, not by month. The look-up \`period\` tells it.
`.trim();

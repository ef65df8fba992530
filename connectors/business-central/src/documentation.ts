/** The connector's reference page. */
export const documentation = `
Posts customers, invoices, credit memos, payments and journal entries to Dynamics 365 Business Central over its API v2.0, reads the books back for
reconciliation, and takes notifications of what changed.

## Set-up in Entra and Business Central
1. **App registration** in Entra ID for Waybill alone, with the application permission *Dynamics 365 Business Central → API.ReadWrite.All* (and
   *Automation.ReadWrite.All* is not needed), granted by an administrator. Make a client secret and put its end into a calendar.
2. **Microsoft Entra Applications** in Business Central: add the client id, state Enabled, with the permission sets *D365 CUSTOMER, EDIT*, *D365 SALES
   DOC, EDIT*, *D365 SALES DOC, POST*, *D365 JOURNALS, EDIT*, *D365 JOURNALS, POST* and *D365 FINANCIALS, READ*, limited to the company.
3. **One connection for each company.** Its id, not its name: \`GET …/companies\` shows it. Tenant, environment and company name the ledger for ever.
4. **Number series.** Leave *Posting No. Series* of the general journal template empty: our document number is how its entries are found again.
5. **Payments** are posted on the customer and stay unapplied unless the customer's *Application Method* is *Apply to Oldest*. To have them applied to their
   invoice, name a *customer payment journal* in the connection: they are then prepared there and finance posts it.
6. Press *Check*: sign-in, company, rights, posting dates, the open period and the subscriptions are looked at one by one.

## Identity
Business Central has no unique field of ours. Documents carry the posting key in *External Document No.*, journal lines a document number made of it (\`WB\`
and 18 characters). Every send looks for the key first. An invoice is made as a draft with all its lines in one request, compared, and posted in a second:
whatever is lost in between, the next send finds the draft and goes on from there, and what is posted is never made again. A draft that says something else is
taken away. Since nothing in Business Central refuses a second document, what a person posts by hand at the same moment is found by reconciliation. The biller's
number stands in *Your Reference*; credit memos and payments find their invoice by it.

## Tax and totals
With *computed* Business Central computes the tax, and the draft's totals are compared with the source before it is posted. With *lines* the biller's tax is
posted to its tax accounts to the cent, and every line carries the tax code without tax. A difference is an exception with both figures, and nothing is posted.

## Effects
| operation | effect | what happens |
|---|---|---|
| customer | create | written over by number, under its ETag; what blocks it stays |
| invoice | create | draft, compare, \`Microsoft.NAV.post\` |
| invoice, credit-memo | void | \`Microsoft.NAV.cancel\`: Business Central posts the corrective document, on its work date |
| credit-memo | create | draft, compare, post; applied to the invoice that it names |
| payment | create | a journal of its own, customer against clearing account; or prepared in the payment journal |
| payment | refund | the same the other way round |
| journal-entry | create | a journal of its own, posted |

There is no write-off: API v2.0 has no line that applies to an invoice and posts. Deferral schedules are made by templates of the item or account; the API does
not name them.

## Webhooks
Enter the address of this connection's webhook and a long random client state. Each stream that a flow reads is then subscribed, and renewed at the end of its
polls when less than 36 of its 72 hours are left. The handshake (\`validationToken\`) is answered by the engine. Notifications are unsigned: each must carry the
client state, and what it names is fetched before it is believed. A draft's notification brings the draft, with \`status\` Draft: leave it out with the flow's
\`when\`; polls bring posted documents only. \`collection\` and \`deleted\` bring nothing by themselves; the poll does.

## Failures
Each code of Microsoft's list has its class and reason; *Application_DialogException* is told apart by its words, in English, so leave the app's language at
English. 429 and 503 pause the connection. A 503, 504, 408 or any other 5xx on a write is in doubt and looked up, since a gateway may have spoken.

## Limits
Of the app as a user: 5 calls at a time, 6,000 in five minutes. A tenant may have 200 subscriptions.

## What is known to be odd
* **Journals know no currency**: payments and entries in another currency than the company's are refused with both currencies.
* **Prices are never negative**: what takes off goes as a negative quantity.
* **Code fields are upper case**: so is our key there.
* **A cancellation is dated by Business Central**, on the day it happens.
`;

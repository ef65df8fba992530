/** The connector's reference page. */
export const documentation = `
Posts customers, invoices, credit memos, payments and journal entries to Odoo 19 over its external API \`/json/2\`, and reads back what its books say.

## Set-up in Odoo
1. **Plan.** Odoo Online gives the external API with the plan *Custom* only; Odoo.sh and an installation of your own have it always.
2. **User.** One for Waybill alone, with *Accounting: Bookkeeper* (or *Administrator*, where invoices are to be voided in secured journals),
   *Contact creation* and access to the company.
3. **API key.** Preferences → Account Security → *New API Key* as that user. Odoo lets no key live longer than three months: make the next one before, enter it in
   the connection, then delete the old one.
4. **One connection for each company**, by name or id; it names the target ledger for ever. \`Database\` is needed only where a server has several at one address.
5. **Master data.** Customers are found by their *Reference*, accounts and journals by code, taxes by name among the sales taxes, products by internal reference.
6. **Payments.** The journal of a payment (bank or cash) needs an *outstanding receipts account* on its payment method, and an outstanding payments account for
   refunds; that account is where the money waits until the bank statement takes it. Without one Odoo makes no journal entry for a payment.
7. Press *Check*: sign-in, company, lock dates, rights and journals are looked at one by one.

## Identity
Odoo has no idempotency key and no unique field for one. An invoice or credit note carries the posting key as *Source Document* and the biller's number as
*Reference*; a journal entry begins its reference with the key, a payment its memo. Every send looks for the key first: what is posted is taken, a draft that
says the same is posted, another draft is deleted and made anew. A document that was posted and then cancelled by somebody still counts as made.

## Tax and totals
Lines carry their taxes, so Odoo's tax report is right; billing's amounts count. Where rounding parts the two, by at most one unit for each line, the tax lines of
the draft are set to billing's. Any other difference is an exception with both figures, and nothing is posted. The totals, the currency and the accounting
date of the draft are compared before it is posted, and those of the posted entry after it. A quantity and a price are sent where their product is the amount
and both have at most two decimals, as Odoo is delivered; otherwise the line is sold once for its amount, and its words hold quantity and price.

## Effects
| operation | effect | what happens |
|---|---|---|
| invoice | create | draft, compared, posted, read back |
| invoice, credit-memo, journal-entry | void | reset and cancelled in one call; refused where payments or credits are matched with the document |
| credit-memo | create | a credit note; Odoo matches it with the invoice that it names when it posts it |
| payment | create | registered on the invoice: made, posted and matched in one call; what is not paid stays open |
| payment | refund | money to the customer, made and posted; it stays on the customer's account and meets the credit note there |
| payment | void | cancelled; the invoice is open again |
| journal-entry | create | a posted entry in the currency of the books |
| customer | create | a contact, written over by reference |

## Reading it back
The stream \`documents\` tells invoices, credit notes, payments and refunds of customers as the books hold them now, also what people entered by hand.
What was posted and cancelled is told as void.

## What is known to be odd
* **Closed periods.** Odoo does not refuse a document that is dated into a locked period: it posts it on the next open day. So the connector looks at the lock dates
  first, as they bind its user, and refuses. A lock date that moves in the second between shows as a difference of dates after posting.
* **Archived customers** are accepted by Odoo; the connector asks first and refuses.
* **Errors** are exceptions with a sentence. Calls ask for English, and the table knows many sentences. An error answer means that Odoo rolled the call back.
  HTTP 500 without a row is in doubt all the same, and looked up.
* **Limits.** None are published. Two calls at a time are made; Odoo's hosting answers 429 when it is asked too much.
* **Other currencies.** Invoices and payments post in their own currency at Odoo's rate; journal entries in another currency are refused.

## What the tests rest on
Odoo publishes no contract file: models and fields differ by database. The schemas that every request is held against are written from the page *External JSON-2
API* of its documentation and from the public source of Odoo 17 to 19, and the double behaves as that source says. No recording of a live
database stands behind them.
`.trim();

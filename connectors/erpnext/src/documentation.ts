/** The connector's reference page. */
export const documentation = `
Posts customers, invoices, credit memos, payments and journal entries to ERPNext 15 and 16 over Frappe's REST interface, and reads back what its books say.

## Set-up in ERPNext
1. **Custom fields**, made in the list *Custom Field* so that their names are as written here. \`custom_waybill_key\` of *Sales Invoice*, *Payment Entry*,
   *Journal Entry* and *Customer*: type Data, **Unique**, **No Copy**, Read Only. \`custom_waybill_number\` of *Sales Invoice*: type Data, No Copy, Search Index.
   The connection may name other fields.
2. **User.** One for Waybill alone with the roles *Accounts User*, *Accounts Manager* (which may delete its own half-made drafts and cancel) and
   *Sales Master Manager* (customers), and read access to *Custom Field* for the check. Its language stays English: ERPNext tells errors as sentences, and they are read.
3. **Keys.** User → Settings → API Access → *Generate Keys*. The secret is shown once.
4. **One connection for each company**, by its name; it names the target ledger for ever.
5. **Master data.** Customers are found by our number in the key field, or by name; accounts by number or name; items by code. Each company needs
   a default receivable account and a default cost centre, and exchange rates where it bills in other currencies.
6. Press *Check*: sign-in, company, rights and the custom fields are looked at one by one.

## Identity
Documents carry the posting key in the custom field, which the database keeps unique, so ERPNext itself refuses a second one; the refusal leads to a look-up.
Every send looks first: what is submitted is taken, a draft that says the same is submitted, any other draft is written over and submitted. A refused document
leaves no draft, where the user may delete it. What somebody cancelled and amended is followed to its newest submitted amendment, and what somebody cancelled
still counts as made.

## Tax and totals
The biller's tax is posted as charges of type *Actual*, so ERPNext computes none; rounding to whole units and pricing rules are off. Net total, taxes, grand total and
posting date of the draft are compared before it is submitted, and those of the submitted document after it; a difference is an exception with both figures, never
a plug. A quantity and a price are sent where their product is the amount and ERPNext keeps their decimals (three and two); otherwise the line is sold
once for its amount, and its words hold quantity and price.

## Effects
| operation | effect | what happens |
|---|---|---|
| invoice | create | draft, compared, submitted |
| invoice, credit-memo | void | cancelled; refused where payments or credits are applied to it |
| credit-memo | create | a return without goods; where it names its invoice, it lowers what is open on that, at the invoice's exchange rate |
| payment | create | a payment entry, applied to its invoice; what is not paid stays open |
| payment | refund | a payment entry of type Pay on the default receivable account; it meets the credit note on the customer's account |
| payment, journal-entry | void | cancelled |
| journal-entry | create | a journal entry in the currency of the books |
| customer | create | a customer, written over by our number; address and contact are not kept |

## Reading it back
The stream \`documents\` tells invoices, credit notes, payments and refunds of customers as the books hold them now, also what people entered by hand. What was
cancelled is told as void, and its amendment as a document without our key.

## What is known to be odd
* **Periods.** A closed accounting period, frozen accounts, a period closing voucher and a date outside every fiscal year are refused when a document is submitted,
  each with its own exception or sentence; all are \`period-closed\` in the table.
* **Errors** are HTTP 417 with the name of an exception and messages in HTML inside JSON inside JSON. An error means that the request was rolled back. HTTP 500
  without a row is in doubt all the same, and looked up.
* **Credit notes** that name their invoice carry no item codes: ERPNext compares a return's items with those of the invoice, price among it.
* **Payments** need the invoice's receivable account and the clearing account in the payment's currency; the rate between two currencies is a person's to choose.
* **Limits** are the site's: \`rate_limit\` of its configuration. Its headers are obeyed, and 429 waits as told.

## What the tests rest on
Frappe publishes no contract file: forms differ by site. The schemas that every request is held against are written from the forms and the REST code of the public
source of Frappe and ERPNext 14 to 16, and the double behaves as that source says. No recording of a live site stands behind them.
`.trim();

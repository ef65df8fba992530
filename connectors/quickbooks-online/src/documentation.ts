/** The connector's reference page. */
export const documentation = `
Posts receivables into QuickBooks Online and reads back what its books hold.

## Set-up in QuickBooks
1. **App.** developer.intuit.com → My Hub → App dashboard → *Create an app*, scope \`com.intuit.quickbooks.accounting\`. Copy client ID and
   client secret of the environment that you want, and enter the redirect URI that the connection's page shows among the app's (production takes HTTPS alone).
2. **Consent.** Save the connection with client ID and secret and press *Connect*: an administrator of the company agrees at Intuit's page, and the company ID
   comes back with it. QuickBooks gives a new refresh token about daily, and the engine keeps it, sealed, for all its processes. It dies after 100
   days without a call; then the page asks to connect again.
3. **Numbers.** Gear → Account and settings → Sales → Sales form content → *Custom transaction numbers*: on, and the warning on duplicate
   numbers too. Without it QuickBooks numbers documents itself and they are not found by theirs; the check says so.
4. **Currencies** other than the home currency need *Multicurrency*, and a customer keeps the currency it was made with.

## How it posts
* Every write carries our key as \`requestid\`: the same again within a while gets the first answer and changes nothing. How long QuickBooks
  remembers it is not published, so after an hour a lost answer is looked up instead.
* The last line of the private note is \`Waybill <key>\`. By it a document is known as ours. QuickBooks cannot search notes, so the look-up asks by
  number, or by date and customer, and reads the notes of what comes.
* A number that is taken (6140) by a document with our key is the same document; any other is a \`duplicate\` exception that names both amounts.
* Tax is billing's: \`TxnTaxDetail\` overrides what QuickBooks would calculate. The receipt holds the total of the books.
* Quantity and price are sent where their product is the amount to the last digit; otherwise the amount alone, for it counts.
* **Credit memos** with \`appliesTo\` are two steps: the memo, then a payment of nothing that joins it to its invoices. Each is looked for before it
  is made, so a memo whose application was lost is found and applied.
* **Refunds** are expenses (\`Purchase\`, paid in cash) whose payee is the customer and whose line is on receivables, from the bank account in \`depositTo\`: what
  Intuit's help tells for paying a credit back ("Record a refund for an overpayment or credit"). A refund receipt would take revenue and tax back a second time beside the credit memo. The refund and the open
  credit memo stand against each other on the customer's account; QuickBooks joins them where its automation applies credits, otherwise a person does under
  *Receive payment*. The receivables account is the only one in the currency, or the one in \`receivable\`. Expenses cannot be asked for by payee, so the look-up
  reads those of the day. That the API joins an expense to a credit memo is published nowhere that we found, so Waybill does not try.
* **Voids**: invoices and payments are voided in place. QuickBooks cannot void a journal entry: the opposite entry is posted on the date of the
  void. Credit memos and refunds cannot be voided by its API.
* **Customers** are known by their display name, which the mapping makes and must not change; a number in it keeps it unique, for vendors and
  employees share the names.

## What comes in
Invoices, credit memos, payments, journal entries and customers, by the time of their last change, with an overlap of two minutes. Amounts are
text with the digits that QuickBooks sent. What somebody deletes in QuickBooks is not in a query and does not come.

The stream \`documents\` tells invoices, credit memos, payments and refunds of customers as the books hold them now, by accounting date, also what people
entered by hand: controls compare with it. Refunds are refund receipts and expenses whose payee is a customer. A voided one comes to nothing there, for QuickBooks keeps no amount of it.

## What is known to be odd
* A fault may come with HTTP 200. Whatever holds a \`Fault\` is a failure.
* 6210 is both "account period closed" and, in an older list, "duplicate document number": the words decide.
* Books are closed up to a date, not by month. The look-up \`period\` tells it.
* A 5xx on a write is in doubt.
`.trim();

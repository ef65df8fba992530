/** The connector's reference page. */
export const documentation = `
Posts customers, invoices, credit memos, payments and journal entries to Tryton 6.0 over its JSON-RPC, and reads back what its books say.

## Set-up in Tryton
1. **User.** One for Waybill alone, in the groups *Accounting* and *Party Administration*, with access to the company. With several
   companies set its company filter to *all*. The user's language stays English: Tryton tells errors as sentences, and they are read.
2. **One connection for each company.** The company is given by name, party code or id and names the target ledger for ever.
3. **Chart.** The accounts, taxes and journals that the tables name must exist; taxes are found by name, accounts and journals by code.
4. **Numbers by month.** Give each period of a fiscal year a row of its own under *Invoice Sequences*, with its own sequences for customer
   invoices and credit notes, before the row that has no period (*Sequence* 1, the year's 2). Then a document that comes late, after an ERP
   that was away over the end of a month, gets a number of its month; with one sequence for the year Tryton refuses it.
5. **Other currencies.** Name a write-off method in the connection whose accounts take exchange differences. Without one, payments in another
   currency go through Tryton's payment wizard and the payment method of the connection, which leaves cents open and refuses a gain.
6. Press *Check*: sign-in, company, rights, journals, the write-off account, the open period and its number range are looked at one by one.

## Identity
Tryton has no unique field of its own. An invoice carries the posting key as *reference* and the biller's number as *description*;
a journal entry carries the key before its description. Every send looks for the key first, takes what is in the books, and makes a
half-made draft anew. Since nothing in Tryton refuses a second document, postings to a company run one at a time; they would also fail
on the lock of its gap-free numbers. What a person posts by hand at the same moment is found by reconciliation.

## Tax and totals
The biller's tax is posted as manual tax lines, so Tryton computes none. The totals of the draft are compared before posting and the
totals in the books after it; a difference is an exception with both figures, never a plug. A quantity and a price are sent where their
product is the amount exactly; otherwise one piece at the amount, and the line's words hold quantity and price.

## Effects
| operation | effect | what happens |
|---|---|---|
| invoice | create | draft, post, read back |
| invoice | void | Tryton's credit wizard with refund, on the void's date: the note and the invoice are reconciled, the invoice is cancelled |
| invoice | write-off | the amount that billing wrote off moves to the write-off account, at its part of the value in the books; the invoice is reconciled when nothing is left |
| credit-memo | create, void | a credit note; it closes its invoice when the two balance, else it stays open on the customer |
| payment | create | clearing account against the receivable, on the invoice; partial payments stay open |
| payment | refund | receivable against the clearing account, in another currency at Tryton's rate of that day |
| journal-entry | create | a posted entry |
| customer | create | a party, written over by code |

## Reading it back
The stream \`documents\` tells invoices, credit notes, payments and refunds of customers as the books hold them now, also what people entered
by hand. An invoice that was cancelled is told as void, and so is the note that cancelled it: together they are nothing. Payments and refunds are the
entries of the cash journal that touch a customer; an entry that somebody cancelled is told as void.

## What is known to be odd
* **Inactive customers** are accepted by Tryton, even at posting; the connector asks first and refuses.
* **Numbers follow dates** within a sequence. A document dated before the last numbered one is posted on that one's date when it lies in the same
  month, and refused when it does not, which number ranges by month prevent. The date on the document never changes.
* **Warnings**, such as a due date in the past, are confirmed: the document is the biller's.
* **Other currencies.** Invoices post in their own currency at Tryton's rate. A payment in one is received at Tryton's rate of its day and
  relieves the receivable at what it is carried with; the difference is a line of the same entry. Journal entries in another currency are refused.
* **Sessions** end after some minutes without a call; one new sign-in follows. Bad passwords make Tryton answer late, then HTTP 429.
* Credits with mixed signs take a number of the invoice sequence; that is Tryton's rule.
* Speed is Tryton's: about four postings a second.
`.trim();

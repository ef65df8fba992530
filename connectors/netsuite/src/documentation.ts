/** The connector's reference page. */
export const documentation = `
Posts customers, items, invoices, credit memos, payments and journal entries to NetSuite over its REST record service, looks master data up with
SuiteQL, and reads the books back for reconciliation.

## Set-up in NetSuite
1. **Features.** *Setup → Company → Enable Features → SuiteCloud*: REST Web Services and OAuth 2.0. Tax details need SuiteTax.
2. **Role** for Waybill alone, with *Log in using OAuth 2.0 Access Tokens*, *REST Web Services*, *SuiteAnalytics Workbook*, *Find Transaction*,
   *Customers*, *Items*, *Accounts*, *Currency*, *Tax Details Tab*, and create and view of *Invoice*, *Credit Memo*, *Customer Payment* and *Make
   Journal Entry*; in a OneWorld account only the subsidiary of the connection.
3. **User** with that role. Time zone GMT: the times of the read-back are the user's.
4. **Integration** record with *Client Credentials (Machine to Machine) Grant* and the scope REST Web Services. Its consumer key is the client id.
5. **Certificate**: \`openssl req -x509 -newkey rsa:4096 -sha256 -nodes -days 700 -keyout key.pem -out cert.pem\`. Upload \`cert.pem\` at *OAuth 2.0
   Client Credentials (M2M) Setup* for that user and role; the certificate id is shown there. Enter \`key.pem\` as private key. A certificate lives two
   years at most: put its end into a calendar.
6. **One connection for each subsidiary.** Account and subsidiary name the target ledger for ever.
7. **External ids belong to one integration.** A NetSuite record has one external id. If another integration writes it on invoices, the two cannot share.
8. Press *Check*: sign-in, subsidiary, rights, the open period, and the accounts and items that the settings name are looked at one by one.

## Identity
Money documents are made with \`POST\` and our posting key as \`externalId\`, never with \`PUT eid:\`, which would write over what finance edited. When
NetSuite says that the record already exists, it is read by \`eid:\` and compared: the same money is our own document, whose answer was lost; anything
else is a duplicate exception with both figures. A lost answer is looked up by \`eid:\` after NetSuite's limit of 15 minutes. Customers and items are
written with \`PUT eid:\` of their number, which becomes an external id of letters, digits, \`_\` and \`-\`; every other byte is \`_\` and two hex digits.

The biller's number is the field *PO #* of the invoice; NetSuite numbers the document itself. Payments and credit memos find their invoice by either.

## Tax and totals
With *tax-details* the biller's tax overrides SuiteTax, one detail for each tax on the largest line that carries its code. REST cannot set tax in accounts
without SuiteTax: there, *lines* posts each tax as a line of an item whose income account is the tax liability. The total is read back after posting; a
difference is an exception with both figures, never a plug.

## Effects
| operation | effect | what happens |
|---|---|---|
| customer, item | create | written over by number; a customer that finance made inactive stays so |
| invoice | create | invoice with lines, tax, segments and, on lines that say so, a revenue recognition schedule |
| invoice | void | a credit memo with the invoice's lines on the void's date, applied to what is open of it; what was paid stays the customer's credit |
| invoice | write-off | a credit memo of the write-off item over what billing wrote off, applied to it; more than is open is refused |
| credit-memo | create | applied to the invoices that it names, the rest stays open on the customer |
| payment | create | on the clearing account, applied to its invoice and to nothing else |
| payment | refund | a journal entry: receivable of the customer against the clearing account |
| journal-entry | create | lines with account, customer and segments |

Deferred revenue: a line's \`deferral\` names a template and days, and NetSuite makes the schedule. Under Advanced Revenue Management the arrangement
comes of the item's own rules instead, and lines carry no deferral.

## Failures
Each of the 1,399 status codes of Oracle's list has its class and its reason; none is left to a default. Codes of scripts and e-mails are in doubt on a
write: a script that runs after saving leaves the document saved. HTTP 400 with \`SSS_REQUEST_LIMIT_EXCEEDED\` is throttling and no refusal. REST says
much as \`USER_ERROR\` with a sentence; the sentences that matter have rows of their own, in English. Rows of the connection's own go before all of them.

## Limits
Concurrency is the account's, shared by everything that talks to it: 5 in a developer account, 15 at the base tier, 10 more with each SuiteCloud Plus
licence (*Setup → Integration → Integration Governance*). Set the connection's number to the share that Waybill may have;
two subsidiaries of one account are two connections, so divide it between them. A SuiteQL page holds 1,000 rows.

## What is known to be odd
* **Periods.** The accounting date chooses the posting period; a period locked for receivables counts as closed for all but journal entries.
* **Times** are to the second and in the user's time zone. Each sweep begins 70 minutes before the last change that was read, so that the hour which comes
  twice in autumn loses nothing; what was seen before is folded.
* **Sub-items** are called \`Parent : Child\`; give items an external id and use that.
`;

/** The connector's reference page. */
export const documentation = `
Asks Avalara AvaTax what tax a sale bears, records what was billed, and commits it to the tax return.

## Set-up
1. **License key.** In AvaTax: Settings → License and API keys. Each environment has accounts, keys and companies of its own.
2. **Company.** One connection is one company of AvaTax, and its code names the ledger for ever. Where we have several legal entities, each is a connection.
3. **Where tax is collected, items and tax codes** are kept in AvaTax. A line without a tax code is taxed by its item, else as general goods.

## What is offered
* The look-up \`quote\` works out the tax of a sale by a \`SalesOrder\`. AvaTax keeps none of it: nothing is recorded, and nothing has to be undone.
* \`invoice\` records a \`SalesInvoice\`, \`credit-memo\` a \`ReturnInvoice\` (with negative amounts), by \`createoradjust\` under the document's own code. Give \`taxAmount\` to record **the tax that
  was billed**; without it AvaTax works it out anew, and the return may differ from the books.
* \`commit\` makes a recorded transaction part of the return. It is an operation of its own, so that a flow can wait for whatever makes a document final.
* A void cancels the transaction (\`DocVoided\`). What was reported to an authority is locked and cannot be voided: the exception says so.

## A repeat
A code is one transaction of its kind in a company, so a repeat is the same transaction. Our key goes into \`referenceCode\`. \`createoradjust\` **overwrites whatever has the code**, so the code is
looked up before each send: a transaction that does not carry our key stays as it is, and a person is asked. Commit and void of what is committed or voided change nothing.

## What the tests rest on
No machine-readable contract of AvaTax is among those that tests read. Requests are held against a schema written by hand from the REST reference and the models of Avalara's own client
(npm \`avatax\`), and the tests' double does what the reference says. It was not run against AvaTax itself: run a sandbox company first.
`.trim();

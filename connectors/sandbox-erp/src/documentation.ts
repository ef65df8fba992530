export const documentation = `## What it is
The sandbox's ERP keeps real books: legal entities, charts of accounts, tax codes, months that close, customers that are
blocked, documents with gap-free numbers and a general ledger. It exists to show and to test what an integration does when
an ERP says no, says nothing, or says it too late.

## Setting it up
1. Start the sandbox; it listens on \`127.0.0.1\` only. The engine may reach it when its egress rules allow that address.
2. Make one connection for each legal entity: address, token (\`sandbox-erp-token\` unless it was started with another) and
   the entity's code, such as \`US\`.
3. Run the check. It signs in, reads the entity and looks for an open period.

The ledger's name is \`sandbox-erp/<entity>\`. It does not depend on the address, so a connection that is made again keeps
the identity of everything that was posted.

## How it posts
* A document is checked, numbered and posted in one call. There are no drafts.
* Every document carries our key as its external id, unique in the entity. A repeat is refused with
  \`DUPLICATE_EXTERNAL_ID\` and the id of the first one, whose receipt is then the answer.
* The same number (\`DUPLICATE_REFERENCE\`) under another key was booked by hand. Same customer, currency and total: it is
  taken as ours. Otherwise it is a \`duplicate\` exception that names both amounts.
* Lists read their own writes, so a look-up that finds nothing means that nothing is there.
* Billing's tax is taken as it is. The ERP computes no tax and rounds nothing; what does not add up is refused.
* A void is dated as the mapping says. The ERP refuses to void a document whose month is closed (\`PERIOD_CLOSED\`): an invoice is then
  taken back by a credit memo in the next open month, other documents wait for a person. A void is refused while payments or credits
  are applied (\`HAS_APPLICATIONS\`).
* A write-off takes the amount that the document names, which is what billing wrote off, to the account that it names. More than is open is refused.

## Reading it back
The stream \`documents\` tells every invoice, credit memo, payment and refund of a range of accounting dates as the books hold it
now, a thousand a call, also what people entered by hand. Controls compare with it.

## What failures mean
| answer | recovery |
|---|---|
| 401 | unauthorized |
| 409 with another document's money | rejected, \`duplicate\` |
| 422 \`CUSTOMER_*\`, \`TAX_CODE_*\`, \`ACCOUNT_NOT_FOUND\`, \`ITEM_NOT_FOUND\` | rejected, \`master-data\` |
| 422 \`PERIOD_*\`, \`OVER_APPLIED\`, \`DOCUMENT_NOT_FOUND\`, \`HAS_APPLICATIONS\` | rejected, \`posting-rejection\` |
| 422 \`TOTALS_MISMATCH\`, \`NOT_BALANCED\`, \`FIELD_INVALID\` | rejected, \`transformation\` |
| 429 | throttled for as long as \`Retry-After\` says |
| 5xx, a timeout, a reset, or an answer that names no document, on a write | in doubt: looked up by the external id |
| connection refused | retryable: nothing was sent |

## Odd, and on purpose
Faults are set at \`PUT /faults\` of the sandbox: lost answers, late commits, resets, throttling and downtime, reproducible
by a seed. The connector knows nothing of them.
`;

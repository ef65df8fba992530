import type { ErrorRow } from '@waybill/sdk';

/**
 * Frappe answers an error with the class of its exception in `exc_type` and its words in `_server_messages`; the request's transaction is rolled back
 * then (`frappe/app.py`). Class names are those of `frappe/exceptions.py` and of `erpnext/accounts`; `ValidationError` stands for most refusals and
 * has rows by the words of ERPNext 14 to 16 in English. What no row knows is decided by HTTP: 417 is a refusal, 500 on a write is in doubt.
 */
const validation = 'ValidationError';
const periodRemedy = 'Open the period in ERPNext, or date the document into an open one at its source; then replay.';
const busy = 'Other work held the same rows; nothing was done.';

export const errorTable: readonly ErrorRow[] = [
  { code: 'PartyDisabled', class: 'master-data', reason: 'The customer is disabled.', remedy: 'Enable the customer in ERPNext, then replay.' },
  { code: 'PartyFrozen', class: 'master-data', reason: 'The customer is frozen.', remedy: 'Unfreeze the customer in ERPNext, then replay.' },
  { code: 'InvalidAccountCurrency', class: 'master-data', reason: 'The currency of the account does not fit the document.', remedy: 'Correct the account table, or give the customer an account in this currency; then replay.' },
  { code: 'InvalidCurrency', class: 'master-data', reason: 'The customer is billed in another currency already.', remedy: 'Correct the currency of the customer in ERPNext, then replay.' },
  { code: 'LinkValidationError', class: 'master-data', reason: 'Something that the document names is not in ERPNext.', remedy: 'Create it in ERPNext or correct the table, then replay.' },
  { code: 'MandatoryAccountDimensionError', class: 'master-data', reason: 'An accounting dimension that this account needs is missing.', remedy: 'Give the dimension a default in ERPNext, then replay.' },
  { code: 'InvalidAccountDimensionError', class: 'master-data', reason: 'An accounting dimension does not fit the account.', remedy: 'Correct the dimension’s filter in ERPNext, then replay.' },
  { code: 'ClosedAccountingPeriod', class: 'period-closed', reason: 'The accounting period is closed for this kind of document.', remedy: periodRemedy },
  { code: 'FiscalYearError', class: 'period-closed', reason: 'No active fiscal year of the company holds the date.', remedy: 'Create or enable the fiscal year in ERPNext, then replay.' },
  { code: validation, words: ['not in any active fiscal year'], class: 'period-closed', reason: 'No active fiscal year of the company holds the date.', remedy: 'Create or enable the fiscal year in ERPNext, then replay.' },
  { code: validation, words: ['not authorized to add or update entries before'], class: 'period-closed', reason: 'The accounts are frozen up to a date.', remedy: periodRemedy },
  { code: validation, words: ['books have been closed till'], class: 'period-closed', reason: 'A period closing voucher closed the books.', remedy: periodRemedy },
  { code: validation, words: ['frozen account'], class: 'master-data', reason: 'An account of the document is frozen.', remedy: 'Unfreeze the account in ERPNext or correct the account table, then replay.' },
  { code: validation, words: ['account', 'is disabled'], class: 'master-data', reason: 'An account of the document is disabled.', remedy: 'Enable the account in ERPNext or correct the account table, then replay.' },
  { code: validation, words: ['group account'], class: 'master-data', reason: 'An account of the document is a group and takes no entries.', remedy: 'Correct the account table, then replay.' },
  { code: validation, words: ['does not belong to company'], class: 'master-data', reason: 'An account or cost centre is of another company.', remedy: 'Correct the table, then replay.' },
  { code: validation, words: ['cost center'], class: 'master-data', reason: 'The cost centre is missing or does not fit.', remedy: 'Give the company a default cost centre in ERPNext, then replay.' },
  { code: validation, words: ['unable to find exchange rate'], class: 'master-data', reason: 'There is no exchange rate for the day.', remedy: 'Enter the rate in ERPNext (Currency Exchange), then replay.' },
  { code: validation, words: ['item', 'is disabled'], class: 'master-data', reason: 'The item is disabled.', remedy: 'Enable the item in ERPNext or correct the item table, then replay.' },
  { code: validation, words: ['reached its end of life'], class: 'master-data', reason: 'The item is no longer sold.', remedy: 'Correct the item in ERPNext or the item table, then replay.' },
  { code: validation, words: ['exchange rate must be same as'], class: 'posting-rejection', reason: 'A credit note has another exchange rate than its invoice.', remedy: 'Post the credit note in ERPNext, then resolve.' },
  { code: validation, words: ['fully paid'], class: 'posting-rejection', reason: 'The invoice is paid already.', remedy: 'Compare what is open in ERPNext with billing, then resolve.' },
  { code: validation, words: ['allocated amount', 'greater than'], class: 'posting-rejection', reason: 'More is paid than is open.', remedy: 'Compare what is open in ERPNext with billing, then replay.' },
  { code: validation, words: ['credit limit'], class: 'posting-rejection', reason: 'The customer’s credit limit is crossed.', remedy: 'Raise the limit in ERPNext, or let its controller pass the document; then replay.' },
  { code: validation, words: ['total debit must be equal'], class: 'transformation', reason: 'Debits and credits differ.', remedy: 'Correct the mapping.' },
  { code: validation, words: ['due date cannot be before'], class: 'transformation', reason: 'The document is due before it is posted.', remedy: 'Correct the dates in the mapping.' },
  { code: 'DebitCreditNotEqual', class: 'transformation', reason: 'Debits and credits differ.', remedy: 'Correct the mapping.' },
  { code: 'MandatoryError', class: 'transformation', reason: 'A field that ERPNext needs is missing.', remedy: 'Correct the mapping, or the mandatory field that was added to the form.' },
  { code: 'CharacterLengthExceededError', class: 'transformation', reason: 'A text is too long.', remedy: 'Correct the mapping.' },
  { code: 'UniqueValidationError', class: 'duplicate', reason: 'A document with this key is there already.', remedy: 'Replay: the document is found and taken.' },
  { code: 'DuplicateEntryError', class: 'duplicate', reason: 'A document with this key or name is there already.', remedy: 'Look whose it is in ERPNext, then replay or resolve.' },
  { code: 'LinkExistsError', class: 'posting-rejection', reason: 'Other documents are linked with it.', remedy: 'Cancel those in ERPNext first, then replay.' },
  { code: 'CancelledLinkError', class: 'posting-rejection', reason: 'The document that it refers to is cancelled.', remedy: 'Look at that document in ERPNext, then replay or resolve.' },
  { code: 'DocstatusTransitionError', class: 'posting-rejection', reason: 'The document is submitted or cancelled already and does not go there from here.', remedy: 'Look at the document in ERPNext, then replay or resolve.' },
  { code: 'UpdateAfterSubmitError', class: 'posting-rejection', reason: 'The document is submitted and does not change any more.', remedy: 'Cancel and amend it in ERPNext, then resolve.' },
  { code: 'DoesNotExistError', class: 'posting-rejection', reason: 'The document is not in ERPNext.', remedy: 'Look whether somebody deleted it, then replay or resolve.' },
  { code: 'PermissionError', class: 'misconfigured', reason: 'The user has no right to do this.', remedy: 'Give the user the roles of the connector’s page.' },
  { code: 'AuthenticationError', class: 'unauthorized', reason: 'The API key and secret were refused.', remedy: 'Generate new keys for the user and enter them in the connection.' },
  { code: 'DataError', class: 'misconfigured', reason: 'A field that is asked for is not there.', remedy: 'Make the custom fields of the connector’s page.' },
  { code: 'OperationalError', words: ['unknown column'], class: 'misconfigured', reason: 'A field that is asked for is not there.', remedy: 'Make the custom fields of the connector’s page.' },
  { code: 'TimestampMismatchError', class: 'transient', reason: 'Somebody saved the document at the same moment; nothing was done.' },
  { code: 'DocumentLockedError', class: 'transient', reason: 'The document is locked by a job that runs; nothing was done.' },
  { code: 'QueryDeadlockError', class: 'transient', reason: busy },
  { code: 'QueryTimeoutError', class: 'transient', reason: busy },
  { code: 'InReadOnlyMode', class: 'transient', reason: 'The site is read-only for maintenance; nothing was done.' },
  { code: 'SessionStopped', class: 'transient', reason: 'The site is updated and takes no calls; nothing was done.' },
  { code: 'TooManyRequestsError', class: 'throttled', reason: 'The site’s limit is used up.' },
  { code: 'RateLimitExceededError', class: 'throttled', reason: 'The site’s limit is used up.' },
]; // prettier-ignore

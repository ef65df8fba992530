import type { ErrorRow } from '@waybill/sdk';

/**
 * Xero says what is wrong in sentences: `ErrorNumber` and `Type` tell no more than that something is. So `ValidationException`, which stands for
 * every refused document, has rows by their words, taken from the examples of the Accounting OpenAPI 16.1.0 and from refusals that others published. A
 * sentence that no row knows is decided by HTTP: a refusal in the 400s, and so is an element with errors within a 200.
 */
const validation = 'ValidationException';
const periodRemedy = 'Move the lock date in Xero, or date the document into an open period at its source; then replay.';

export const errorTable: readonly ErrorRow[] = [
  { code: validation, words: ['lock date'], class: 'period-closed', reason: 'The date is before the lock date of the organisation.', remedy: periodRemedy },
  { code: validation, words: ['period', 'locked'], class: 'period-closed', reason: 'The period is locked.', remedy: periodRemedy },
  { code: validation, words: ['archived'], class: 'master-data', reason: 'The contact, account or item is archived.', remedy: 'Restore it in Xero or correct the table, then replay.' },
  { code: validation, words: ['contact', 'must contain at least 1'], class: 'master-data', reason: 'The document names no contact.', remedy: 'Create the contact in Xero or correct the customer table, then replay.' },
  { code: validation, words: ['contact', 'not be found'], class: 'master-data', reason: 'The contact is not in Xero.', remedy: 'Create the contact in Xero or correct the customer table, then replay.' },
  { code: validation, words: ['contact could not be found'], class: 'master-data', reason: 'The contact is not in Xero.', remedy: 'Create the contact in Xero or correct the customer table, then replay.' },
  { code: validation, words: ['account code', 'is not a valid code'], class: 'master-data', reason: 'The account is not there or does not take this kind of line.', remedy: 'Correct the account table, then replay.' },
  { code: validation, words: ['does not match a recognised account'], class: 'master-data', reason: 'The account is not in Xero.', remedy: 'Create the account in Xero or correct the account table, then replay.' },
  { code: validation, words: ['account could not be found'], class: 'master-data', reason: 'The account is not in Xero.', remedy: 'Create the account in Xero or correct the account table, then replay.' },
  { code: validation, words: ['tax', 'not', 'valid'], class: 'master-data', reason: 'The tax rate is not there or does not fit the account.', remedy: 'Correct the tax-code table, then replay.' },
  { code: validation, words: ['taxtype', 'does not exist'], class: 'master-data', reason: 'The tax rate is not in Xero.', remedy: 'Create the tax rate in Xero or correct the tax-code table, then replay.' },
  { code: validation, words: ['item code', 'is not valid'], class: 'master-data', reason: 'The item is not in Xero.', remedy: 'Create the item in Xero or correct the item table, then replay.' },
  { code: validation, words: ['currency', 'not'], class: 'master-data', reason: 'The organisation does not use this currency.', remedy: 'Add the currency in Xero, then replay.' },
  { code: validation, words: ['contact name', 'already assigned'], class: 'duplicate', reason: 'Another contact has this name.', remedy: 'Give one of the two another name, then replay.' },
  { code: validation, words: ['contact number', 'another contact'], class: 'duplicate', reason: 'Another contact has this number.', remedy: 'Take the number from the other contact, then replay.' },
  { code: validation, words: ['must be unique'], class: 'duplicate', reason: 'The number is taken by another document.', remedy: 'Compare both; correct the wrong one in Xero, then replay or resolve.' },
  { code: validation, words: ['exceeds the amount outstanding'], class: 'posting-rejection', reason: 'More is paid than is open.', remedy: 'Compare what is open in Xero with billing; correct the application there, then replay.' },
  { code: validation, words: ['only be made against authorised'], class: 'posting-rejection', reason: 'The document that is paid is not authorised, or is paid already.', remedy: 'Look at the document in Xero, then replay or resolve.' },
  { code: validation, words: ['not of valid status for modification'], class: 'posting-rejection', reason: 'The document is paid, voided or deleted and does not change any more.', remedy: 'Undo the payments and allocations in Xero, then replay.' },
  { code: validation, words: ['payment or credit note allocated'], class: 'posting-rejection', reason: 'Payments or credits are applied to the document.', remedy: 'Undo the payments and allocations in Xero, then replay.' },
  { code: validation, words: ['invoice could not be found'], class: 'posting-rejection', reason: 'The invoice that it acts on is not in Xero.', remedy: 'Post the invoice first, then replay.' },
  { code: validation, words: ['total debits', 'must equal total credits'], class: 'transformation', reason: 'Debits and credits differ.', remedy: 'Correct the mapping.' },
  { code: validation, words: ['line total', 'does not match'], class: 'transformation', reason: 'An amount is not quantity times price.', remedy: 'Correct the mapping, or leave quantity and price out.' },
  { code: validation, words: ['must be specified'], class: 'transformation', reason: 'A field that is needed is missing.', remedy: 'Correct the mapping.' },
  { code: validation, words: ['is too long'], class: 'transformation', reason: 'A text is too long.', remedy: 'Correct the mapping.' },
  { code: 'PostDataInvalidException', class: 'transformation', reason: 'Xero cannot read what was sent.', remedy: 'Correct the mapping.' },
  { code: 'QueryParseException', class: 'api-failure', reason: 'Xero could not read a query of the connector.', remedy: 'Report it: the connector must be corrected.' },
  { code: 'ObjectNotFoundException', class: 'posting-rejection', reason: 'The document is not in Xero.', remedy: 'Look whether somebody deleted it, then replay or resolve.' },
  { code: 'OrganisationOfflineException', class: 'transient', reason: 'The organisation is offline for maintenance; nothing was done.' },
  { code: 'UnauthorisedException', class: 'misconfigured', reason: 'The app has no right to do this.', remedy: 'Connect the organisation again with the scopes of the documentation.' },
  { code: 'AuthenticationUnsuccessful', class: 'misconfigured', reason: 'The app is not connected to this organisation.', remedy: 'Connect the organisation again; compare the tenant ID.' },
  { code: 'InternalServerException', class: 'in-doubt', reason: 'Xero failed while it worked.' },
]; // prettier-ignore

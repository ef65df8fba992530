import type { ErrorRow } from '@waybill/sdk';

/**
 * Odoo answers an error with the name of its Python exception and a sentence ("External JSON-2 API", Response); the transaction is discarded then
 * (same page, Transaction), so every row here is a definite refusal. `UserError` and `ValidationError` stand for every refused document and have rows by
 * their words, in English, which each call asks for; the sentences are those of `addons/account` and `addons/base_vat` of Odoo 17 to 19. What no row
 * knows is decided by HTTP: 422 is a refusal, 500 on a write is in doubt.
 */
const user = 'odoo.exceptions.UserError';
const validation = 'odoo.exceptions.ValidationError';
const periodRemedy =
  'Move the lock date in Odoo (Accounting, Lock Dates), or date the document into an open period at its source; then replay.';
const busy = 'Other work held the same rows; Odoo rolled everything back.';

export const errorTable: readonly ErrorRow[] = [
  { code: user, words: ['entries prior to and inclusive of'], class: 'period-closed', reason: 'The date is before a lock date of the company.', remedy: periodRemedy },
  { code: user, words: ['lock date'], class: 'period-closed', reason: 'The date is before a lock date of the company.', remedy: periodRemedy },
  { code: user, words: ['archived journal'], class: 'master-data', reason: 'The journal is archived.', remedy: 'Restore the journal in Odoo or correct the connection, then replay.' },
  { code: user, words: ['inactive currency'], class: 'master-data', reason: 'The currency is not active in Odoo.', remedy: 'Activate the currency in Odoo, then replay.' },
  { code: user, words: ['deprecated account'], class: 'master-data', reason: 'An account of the document is no longer in use.', remedy: 'Correct the account table, then replay.' },
  { code: user, words: ['archived account'], class: 'master-data', reason: 'An account of the document is archived.', remedy: 'Restore the account in Odoo or correct the account table, then replay.' },
  { code: user, words: ["field 'customer' is required"], class: 'master-data', reason: 'The document names no customer.', remedy: 'Create the customer in Odoo or correct the customer table, then replay.' },
  { code: user, words: ['recipient bank account', 'archived'], class: 'master-data', reason: 'The bank account that the invoice shows is archived.', remedy: 'Correct the bank account of the company in Odoo, then replay.' },
  { code: user, words: ['outstanding account'], class: 'master-data', reason: 'The journal has no account for money that is under way.', remedy: 'Give the payment method of the journal an outstanding account in Odoo, then replay.' },
  { code: user, words: ['incompatible companies'], class: 'master-data', reason: 'The document mixes records of two companies.', remedy: 'Correct the table that names the record, then replay.' },
  { code: user, words: ['is not balanced'], class: 'transformation', reason: 'Debits and credits differ.', remedy: 'Correct the mapping.' },
  { code: user, words: ['add a line before posting'], class: 'transformation', reason: 'The document has no lines.', remedy: 'Correct the mapping.' },
  { code: user, words: ['negative total amount'], class: 'transformation', reason: 'An invoice comes to less than nothing.', remedy: 'Map it to a credit memo.' },
  { code: user, words: ['nothing left to pay'], class: 'posting-rejection', reason: 'The invoice is paid already.', remedy: 'Compare what is open in Odoo with billing, then resolve.' },
  { code: user, words: ['only register payment for posted'], class: 'posting-rejection', reason: 'The invoice is not posted.', remedy: 'Post the invoice in Odoo, then replay.' },
  { code: user, words: ['reconciled'], class: 'posting-rejection', reason: 'The entry is matched with others and does not change any more.', remedy: 'Undo the matching in Odoo, then replay.' },
  { code: user, words: ['already posted'], class: 'duplicate', reason: 'The entry was posted meanwhile.', remedy: 'Replay: the posted entry is found and taken.' },
  { code: user, words: ['hash'], class: 'posting-rejection', reason: 'The journal is secured by hashes, and the entry does not change any more.', remedy: 'Credit the document instead of voiding it.' },
  { code: validation, words: ['entry with the same name already exists'], class: 'duplicate', reason: 'Another entry took the number at the same moment.', remedy: 'Replay: the next number is taken.' },
  { code: validation, words: ['vat number'], class: 'master-data', reason: 'The tax number does not pass Odoo’s check.', remedy: 'Correct the tax number of the customer, then replay.' },
  { code: validation, words: ['does not seem to be valid'], class: 'master-data', reason: 'A number does not pass Odoo’s check.', remedy: 'Correct the number at its source, then replay.' },
  { code: validation, words: ['incompatible companies'], class: 'master-data', reason: 'The document mixes records of two companies.', remedy: 'Correct the table that names the record, then replay.' },
  { code: validation, words: ['required field'], class: 'transformation', reason: 'A field that Odoo needs is missing.', remedy: 'Correct the mapping.' },
  { code: 'odoo.exceptions.MissingError', class: 'posting-rejection', reason: 'The record is no longer there.', remedy: 'Look whether somebody deleted it in Odoo, then replay or resolve.' },
  { code: 'odoo.exceptions.AccessError', class: 'misconfigured', reason: 'The user has no right to do this.', remedy: 'Give the user the rights of the connector’s page, and access to the company.' },
  { code: 'odoo.exceptions.AccessDenied', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Make a new API key for the user and enter it in the connection.' },
  { code: 'odoo.exceptions.RedirectWarning', class: 'misconfigured', reason: 'Something of the company’s accounting is not set up.', remedy: 'Do in Odoo what the sentence says, then replay.' },
  { code: 'odoo.exceptions.LockError', class: 'transient', reason: busy },
  { code: 'odoo.exceptions.ConcurrencyError', class: 'transient', reason: busy },
  { code: 'psycopg2.errors.SerializationFailure', class: 'transient', reason: busy },
  { code: 'psycopg2.errors.LockNotAvailable', class: 'transient', reason: busy },
  { code: 'psycopg2.errors.DeadlockDetected', class: 'transient', reason: busy },
  { code: 'builtins.ValueError', words: ['invalid field'], class: 'misconfigured', reason: 'This Odoo lacks a field that the connector uses.', remedy: 'Install the Accounting app; compare the version with the connector’s page.' },
  { code: 'werkzeug.exceptions.Unauthorized', class: 'unauthorized', reason: 'The API key is wrong, over or revoked.', remedy: 'Make a new API key for the user and enter it in the connection.' },
  { code: 'werkzeug.exceptions.Forbidden', class: 'misconfigured', reason: 'The key may not be used for this.', remedy: 'Make a key with the scope of the external API; the plan of the database must include it.' },
  { code: 'werkzeug.exceptions.NotFound', class: 'misconfigured', reason: 'This Odoo does not know the model or the method.', remedy: 'Install the Accounting app; compare the version with the connector’s page.' },
  { code: 'werkzeug.exceptions.BadRequest', class: 'api-failure', reason: 'Odoo could not read the call.', remedy: 'Report it: the connector must be corrected.' },
  { code: 'werkzeug.exceptions.UnprocessableEntity', class: 'api-failure', reason: 'Odoo does not take the call with these arguments.', remedy: 'Compare the version of Odoo with the connector’s page.' },
]; // prettier-ignore

import type { ErrorRow } from '@waybill/sdk';

/**
 * Codes of `Fault.Error[].code` and, below them, of `Fault.type`. Sources: Intuit, "Handling common errors" and "Error codes"
 * (developer.intuit.com/app/developer/qbo/docs/develop/troubleshooting); the article of 2017-06-08 lists 6210 twice, for a closed period and for a
 * number that is taken, so its words decide.
 */
export const errorTable: readonly ErrorRow[] = [
  { code: '610', words: ['deleted'], class: 'posting-rejection', reason: 'Somebody deleted the transaction in QuickBooks.', remedy: 'Restore it from the audit log of QuickBooks, or resolve this by hand.' },
  { code: '610', class: 'master-data', reason: 'A customer, account or item is inactive or not there.', remedy: 'Make it active in QuickBooks or correct the table, then replay.' },
  { code: '2500', class: 'master-data', reason: 'A reference leads to something that is inactive or not there.', remedy: 'Make it active in QuickBooks or correct the table, then replay.' },
  { code: '6100', class: 'master-data', reason: 'The tax code of a line is not valid in this company.', remedy: 'Correct the tax-code table, then replay.' },
  { code: '6430', class: 'master-data', reason: 'The account has the wrong type for this use.', remedy: 'Choose another account in the account table, then replay.' },
  { code: '6240', class: 'duplicate', reason: 'Another customer, vendor or employee has this display name.', remedy: 'Give the customer a display name of its own, then replay.' },
  { code: '6140', class: 'duplicate', reason: 'The number is taken by another transaction.', remedy: 'Compare both; correct the wrong one in QuickBooks, then replay or resolve.' },
  { code: '6210', words: ['duplicate document number'], class: 'duplicate', reason: 'The number is taken by another transaction.', remedy: 'Compare both; correct the wrong one in QuickBooks, then replay or resolve.' },
  { code: '6210', class: 'period-closed', reason: 'The books are closed for this date.', remedy: 'Move the closing date in QuickBooks, or date the document into an open period at its source; then replay.' },
  { code: '6200', class: 'period-closed', reason: 'The books are closed for this date, with a password.', remedy: 'Move the closing date in QuickBooks, or date the document into an open period at its source; then replay.' },
  { code: '6000', words: ['period', 'closed'], class: 'period-closed', reason: 'The books are closed for this date.', remedy: 'Move the closing date in QuickBooks, or date the document into an open period at its source; then replay.' },
  { code: '6000', class: 'posting-rejection', reason: 'A rule of QuickBooks refuses it; its words say which.', remedy: 'Correct the document or the company’s settings, then replay.' },
  { code: '6540', class: 'posting-rejection', reason: 'The payment is part of a deposit and cannot be changed.', remedy: 'Take it out of the deposit in QuickBooks, then replay.' },
  { code: '6190', class: 'misconfigured', reason: 'The company’s subscription has ended or is not paid.', remedy: 'Renew the subscription of QuickBooks, then replay.' },
  { code: '6070', class: 'transformation', reason: 'An amount is not quantity times price.', remedy: 'Correct the mapping, or leave quantity and price out.' },
  { code: '2010', class: 'transformation', reason: 'A field is not known or not supported.', remedy: 'Correct the mapping.' },
  { code: '2020', class: 'transformation', reason: 'A field that is needed is missing.', remedy: 'Correct the mapping.' },
  { code: '2030', class: 'transformation', reason: 'An id is not valid.', remedy: 'Correct the mapping or the table.' },
  { code: '2040', class: 'transformation', reason: 'A text holds characters that are not supported.', remedy: 'Correct the mapping.' },
  { code: '2050', class: 'transformation', reason: 'A text is too long or too short.', remedy: 'Correct the mapping: numbers take 21 characters.' },
  { code: '2060', class: 'transformation', reason: 'A date has the wrong form.', remedy: 'Correct the mapping.' },
  { code: '2070', class: 'transformation', reason: 'A value has the wrong form.', remedy: 'Correct the mapping.' },
  { code: '2090', class: 'transformation', reason: 'A number is not valid, or has too many digits.', remedy: 'Correct the mapping.' },
  { code: '2170', class: 'transformation', reason: 'A value is not one of those that QuickBooks knows.', remedy: 'Correct the mapping.' },
  { code: '4000', class: 'api-failure', reason: 'QuickBooks could not read a query of the connector.', remedy: 'Report it: the connector must be corrected.' },
  { code: '4001', class: 'api-failure', reason: 'QuickBooks refuses a query of the connector.', remedy: 'Report it: the connector must be corrected.' },
  { code: '5030', class: 'api-failure', reason: 'The feature is not supported.', remedy: 'Look which edition of QuickBooks the company has.' },
  { code: '500', class: 'api-failure', reason: 'The operation is not supported.', remedy: 'Look which edition of QuickBooks the company has.' },
  { code: '5010', class: 'transient', reason: 'Somebody else changed the record at the same moment; nothing was written.' },
  { code: '5020', class: 'misconfigured', reason: 'The edition of QuickBooks does not have this feature.', remedy: 'Change the edition, or leave this kind of document out.' },
  { code: '120', class: 'misconfigured', reason: 'Who connected the company has no access to it any more.', remedy: 'Let an administrator of the company connect it again.' },
  { code: '3100', class: 'misconfigured', reason: 'The app has no access to this company.', remedy: 'Connect the company again; compare the company ID.' },
  { code: '3200', class: 'unauthorized', reason: 'The access token is not valid.', remedy: 'Connect the company again.' },
  { code: '003001', class: 'throttled', reason: 'More than 500 requests in a minute, or more than ten at once.' },
  { code: '3001', class: 'throttled', reason: 'More than 500 requests in a minute, or more than ten at once.' },
  { code: '10000', class: 'in-doubt', reason: 'QuickBooks failed while it worked.' },
  // The kind of fault, for codes that no row above knows. The message says so.
  { code: 'ValidationFault', class: 'posting-rejection', reason: 'QuickBooks refuses the document.', remedy: 'Read its words; correct the document or the company, then replay.' },
  { code: 'AuthenticationFault', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Connect the company again.' },
  { code: 'AUTHENTICATION', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Connect the company again.' },
  { code: 'AuthorizationFault', class: 'misconfigured', reason: 'The app or its user has not the right to do this.', remedy: 'Let an administrator of the company connect it again.' },
  { code: 'SystemFault', class: 'in-doubt', reason: 'QuickBooks failed while it worked.' },
]; // prettier-ignore

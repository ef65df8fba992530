import type { ErrorRow } from '@waybill/sdk';

/**
 * SQLSTATE: the code itself, or its class of two characters where no row knows the code. Source: postgresql.org/docs/current/errcodes-appendix.html.
 * A statement that the server refused has changed nothing: each is sent alone, in a transaction of its own. In doubt is only what may have been
 * committed when the connection ended.
 */
export const errorTable: readonly ErrorRow[] = [
  { code: '23503', class: 'master-data', reason: 'The row names another one that is not there.', remedy: 'Write the other row first, then replay.' },
  { code: '23505', class: 'duplicate', reason: 'Another unique index has this value already.', remedy: 'Look at the row that has it; resolve this when it is the same.' },
  { code: '23502', class: 'transformation', reason: 'A column that needs a value has none.', remedy: 'Correct the mapping.' },
  { code: '23514', class: 'posting-rejection', reason: 'A check of the table refuses the row.', remedy: 'Put the document right, then replay.' },
  { code: '23', class: 'posting-rejection', reason: 'A constraint of the table refuses the row.', remedy: 'Put the document right, then replay.' },
  { code: '22', class: 'transformation', reason: 'A value does not fit its column.', remedy: 'Correct the mapping.' },
  { code: '42501', class: 'misconfigured', reason: 'The user lacks a right.', remedy: 'Grant the user what the documentation page names.' },
  { code: '42P01', class: 'misconfigured', reason: 'The table is not there.', remedy: 'Make it, or correct its name in the connection.' },
  { code: '42703', class: 'misconfigured', reason: 'A column is not there.', remedy: 'Make it, or correct its name.' },
  { code: '42P10', class: 'misconfigured', reason: 'No unique index has exactly these columns.', remedy: 'Make one on the key of the table.' },
  { code: '42', class: 'misconfigured', reason: 'The statement does not fit the table.', remedy: 'Compare the columns of the table with those of the connection and the mapping.' },
  { code: '0A', class: 'misconfigured', reason: 'The server does not know how to do this.', remedy: 'Use PostgreSQL 13 or newer.' },
  { code: '28', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Correct the user name and the password.' },
  { code: '3D', class: 'misconfigured', reason: 'The database is not there.', remedy: 'Correct its name in the connection.' },
  { code: '25006', class: 'misconfigured', reason: 'The server takes no writes: it is a replica.', remedy: 'Enter the address of the primary.' },
  { code: '25', class: 'transient', reason: 'The transaction was in no state for this; nothing was done.' },
  { code: '40003', class: 'in-doubt', reason: 'The server does not know whether the statement was completed.' },
  { code: '40', class: 'transient', reason: 'The transaction was rolled back, because of another one.' },
  { code: '55', class: 'transient', reason: 'What the statement needs is in use; nothing was done.' },
  { code: '53300', class: 'throttled', reason: 'The server has as many connections as it takes.' },
  { code: '53', class: 'transient', reason: 'The server is short of something; nothing was done.', remedy: 'Look at its disk and memory when this lasts.' },
  { code: '54', class: 'transformation', reason: 'The row is larger than the server takes.', remedy: 'Make the document smaller.' },
  { code: '57014', class: 'transient', reason: 'The statement took too long and was cancelled; nothing was done.', remedy: 'Look for locks, and for an index that is missing.' },
  { code: '57P03', class: 'transient', reason: 'The server is starting or ending and takes no statements.' },
  { code: '57', class: 'in-doubt', reason: 'Somebody ended the connection while the statement ran.' },
  { code: '08', class: 'in-doubt', reason: 'The connection broke while the statement ran.' },
  { code: '58', class: 'in-doubt', reason: 'The server’s system failed while the statement ran.', remedy: 'Look at the server’s log.' },
  { code: 'XX', class: 'in-doubt', reason: 'The server failed while the statement ran.', remedy: 'Look at the server’s log.' },
  { code: 'P0', class: 'posting-rejection', reason: 'A trigger of the table refuses the row.', remedy: 'Read its words, put the document right, then replay.' },
]; // prettier-ignore

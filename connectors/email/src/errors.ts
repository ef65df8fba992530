import type { ErrorRow } from '@waybill/sdk';

/**
 * Replies of SMTP: the enhanced code where the server gives one (RFC 3463, 5248), else the code (RFC 5321, 4.2.3). A server that replied has not taken the
 * letter.
 */
export const errorTable: readonly ErrorRow[] = [
  { code: '4.2.2', class: 'transient', reason: 'The mailbox is full.', remedy: 'Ask the reader to make room, when this lasts.' },
  { code: '4.7.0', class: 'transient', reason: 'The server does not take the letter now.' },
  { code: '5.1.1', class: 'master-data', reason: 'There is no such mailbox.', remedy: 'Correct the address, then replay.' },
  { code: '5.1.2', class: 'master-data', reason: 'There is no such mail domain.', remedy: 'Correct the address, then replay.' },
  { code: '5.1.3', class: 'master-data', reason: 'The address is no address.', remedy: 'Correct the address, then replay.' },
  { code: '5.1.6', class: 'master-data', reason: 'The mailbox has moved.', remedy: 'Correct the address, then replay.' },
  { code: '5.2.1', class: 'master-data', reason: 'The mailbox takes no letters.', remedy: 'Correct the address, then replay.' },
  { code: '5.2.2', class: 'posting-rejection', reason: 'The mailbox is full.', remedy: 'Ask the reader to make room, then replay.' },
  { code: '5.2.3', class: 'posting-rejection', reason: 'The letter is too large.', remedy: 'Make it shorter.' },
  { code: '5.3.4', class: 'posting-rejection', reason: 'The letter is too large.', remedy: 'Make it shorter.' },
  { code: '5.7.1', class: 'misconfigured', reason: 'The server does not pass letters on for this sender.', remedy: 'Let the sender’s address send by this server, or sign in.' },
  { code: '5.7.8', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Correct the user name and the password.' },
  { code: '421', class: 'transient', reason: 'The server is closing.' },
  { code: '450', class: 'transient', reason: 'The mailbox is busy, or the server asks for a second try.' },
  { code: '451', class: 'transient', reason: 'The server had an error and dropped the letter.' },
  { code: '452', class: 'transient', reason: 'The server is short of room.' },
  { code: '454', class: 'transient', reason: 'The server cannot check the sign-in now.' },
  { code: '502', class: 'misconfigured', reason: 'The server does not know the command.', remedy: 'Check the port and the encryption.' },
  { code: '530', class: 'unauthorized', reason: 'The server asks for a sign-in or for encryption.', remedy: 'Enter a user name and a password, and turn encryption on.' },
  { code: '534', class: 'unauthorized', reason: 'The way of signing in is refused.', remedy: 'Make a password for applications at the mail provider.' },
  { code: '535', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Correct the user name and the password.' },
  { code: '550', class: 'posting-rejection', reason: 'The server refuses the letter.', remedy: 'Read its words, put it right, then replay.' },
  { code: '551', class: 'master-data', reason: 'The mailbox is elsewhere.', remedy: 'Correct the address, then replay.' },
  { code: '552', class: 'posting-rejection', reason: 'The letter is larger than there is room for.', remedy: 'Make it shorter.' },
  { code: '553', class: 'master-data', reason: 'The address is not allowed.', remedy: 'Correct the address, then replay.' },
  { code: '554', class: 'posting-rejection', reason: 'The server refuses the letter.', remedy: 'Read its words, put it right, then replay.' },
]; // prettier-ignore

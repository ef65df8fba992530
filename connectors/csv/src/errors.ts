import type { ErrorRow } from '@waybill/sdk';

/** Status codes of SFTP (draft-ietf-secsh-filexfer-02, 7), by the names that OpenSSH gives them. A server that answered has not done it. */
export const errorTable: readonly ErrorRow[] = [
  { code: 'no-such-file', class: 'misconfigured', reason: 'There is no such folder on the server.', remedy: 'Make it, or correct its path in the connection.' },
  { code: 'permission-denied', class: 'misconfigured', reason: 'The user may not do this there.', remedy: 'Give the user the right to it on the server.' },
  { code: 'failure', class: 'transient', reason: 'The server could not do it and does not say why: its disk may be full.', remedy: 'Look at the server’s disk and its log, when this lasts.' },
  { code: 'bad-message', class: 'api-failure', reason: 'The server did not understand the request.', remedy: 'Look at the server’s log.' },
  { code: 'op-unsupported', class: 'misconfigured', reason: 'The server does not offer this.', remedy: 'Use a server of SFTP version 3 with rename.' },
]; // prettier-ignore

import {
  classedFailure,
  inDoubt,
  isConnectorFailure,
  isTransportFailure,
  misconfigured,
  ownRowsOf,
  retryable,
  unauthorized,
  type ConnectorFailure,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';

interface Call {
  /** Finishes the sentence "Could not …". */
  what: string;
  settings: JsonObject;
}

/** By number, from 0: SSH_FX_OK, EOF, NO_SUCH_FILE … */
const statusNames = ['ok', 'eof', 'no-such-file', 'permission-denied', 'failure', 'bad-message', 'no-connection', 'connection-lost', 'op-unsupported']; // prettier-ignore

/** While nothing has its name yet: connecting, listing, reading, writing under the temporary name. */
export const readFailure = (error: unknown, call: Call): ConnectorFailure => failureOf(error, call, false);

/** Once a file may have its name. */
export const writeFailure = (error: unknown, call: Call): ConnectorFailure => failureOf(error, call, true);

function failureOf(error: unknown, call: Call, writes: boolean): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const { code, level, message } = error as Error & { code?: string | number; level?: string };
  const facts = { code: String(code ?? level ?? 'connection').toLowerCase(), message: `Could not ${call.what}: ${message}`, vendorWords: message };
  const status = typeof code === 'number' ? statusNames[code] : undefined;
  if (status !== undefined && errorTable.some((row) => row.code === status)) {
    // 400: the server said no, definitely.
    const evidence = { system: 'The SFTP server', what: call.what, writes, httpStatus: 400, codes: [status], words: message };
    return classedFailure(errorTable, evidence, ownRowsOf(call.settings));
  }
  if (level === 'client-authentication')
    return unauthorized({ ...facts, code: 'sign-in-refused', remedy: 'Correct the user name and the password or key, and see that the server lets this user in.' });
  if (isTransportFailure(error) && error.code === 'blocked')
    return misconfigured({ ...facts, remedy: 'Use a server that this installation may reach, or let an operator allow it.' });
  const sent = isTransportFailure(error) ? error.sent : writes;
  return sent && writes ? inDoubt({ ...facts, remedy: 'It is written again under the same name.' }) : retryable(facts);
} // prettier-ignore

import {
  classedFailure,
  classify,
  ConnectorFailure,
  inDoubt,
  isConnectorFailure,
  isTransportFailure,
  misconfigured,
  ownRowsOf,
  retryable,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';

interface ServerError extends Error {
  code?: string;
  severity?: string;
  detail?: string;
  column?: string;
}

interface Call {
  /** Finishes the sentence "Could not …". */
  what: string;
  settings: JsonObject;
  about?: string;
}

/** A failure while nothing was written: connecting, asking, reading. */
export const readFailure = (error: unknown, call: Call): ConnectorFailure => failureOf(error, call, false);

/** A failure after a statement that writes may have left. */
export const writeFailure = (error: unknown, call: Call): ConnectorFailure => failureOf(error, call, true);

function failureOf(error: unknown, call: Call, writes: boolean): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const { code = '', severity, message, detail, column, name } = error as ServerError;
  if (severity !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    const words = detail ? `${message}. ${detail}` : message;
    // 400: the server said no; that it may not be sure is said by rows alone.
    const evidence = { system: 'PostgreSQL', what: call.what, writes, httpStatus: 400, codes: [code, code.slice(0, 2)], words };
    const own = ownRowsOf(call.settings);
    const facts = { code, message: `PostgreSQL refused to ${call.what}: ${words}`, vendorWords: words };
    // A class that no row knows is one that PostgreSQL does not have today.
    if (classify(errorTable, evidence, own).by === 'status') return writes ? inDoubt(facts) : retryable(facts);
    const more = { ...(column ? { path: `/row/${column}` } : {}), ...(call.about ? { about: call.about } : {}) };
    // Where its class decided, the code stays the server's own.
    return new ConnectorFailure({ ...classedFailure(errorTable, { ...evidence, ...more }, own).facts, code });
  }
  const facts = { code: (code || name).toLowerCase(), message: `Could not ${call.what}: ${message}`, vendorWords: message };
  if (isTransportFailure(error) && error.code === 'blocked')
    return misconfigured({ ...facts, remedy: 'Use an address that this installation may reach, or let an operator allow it.' });
  if (/ERR_TLS|CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return misconfigured({ ...facts, code: 'tls', remedy: 'Enter the certificate authority that signed the server’s certificate.' });
  if (message.includes('does not support SSL'))
    return misconfigured({
      ...facts,
      code: 'tls',
      remedy: 'Turn TLS on at the server, or, where the operator allowed its address, encryption off.',
    });
  return writes ? inDoubt({ ...facts, remedy: 'It is sent again; an older version is never written over a newer one.' }) : retryable(facts);
}

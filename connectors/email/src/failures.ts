import {
  classedFailure,
  inDoubt,
  isConnectorFailure,
  isTransportFailure,
  misconfigured,
  ownRowsOf,
  rejected,
  retryable,
  unauthorized,
  type ConnectorFailure,
  type JsonObject,
} from '@waybill/sdk';
import { errorTable } from './errors.js';

interface MailError extends Error {
  code?: string;
  response?: string;
  responseCode?: number;
}

/** `550 5.1.1 no such person`: the enhanced code, if there is one, then the code. */
const codesOf = (response: string, code: number): string[] => {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  return [...(enhanced === undefined ? [] : [enhanced]), String(code)];
};

/** `sent`: the connection was there, so the letter may have been taken. Whoever replied has not. */
export function failureOf(error: unknown, call: { what: string; settings: JsonObject; sent: boolean; about?: string }): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const { code = '', message, response = '', responseCode, name } = error as MailError;
  const facts = { code: (code || name).toLowerCase(), message: `Could not ${call.what}: ${message}`, vendorWords: message };
  // A server that refuses to encrypt replies too.
  if (code === 'ETLS' || /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ALTNAME/.test(code))
    return misconfigured({
      ...facts,
      code: 'tls',
      remedy: 'Check the port and the encryption, or enter the authority that signed the certificate.',
    });
  if (responseCode !== undefined && responseCode >= 400) {
    return classedFailure(
      errorTable,
      {
        system: 'The mail server',
        what: call.what,
        writes: true,
        // As in HTTP, where a code that no row knows decides: 4xx of SMTP asks for another try, 5xx is a refusal.
        httpStatus: responseCode < 500 ? 429 : 400,
        codes: codesOf(response, responseCode),
        words: response,
        ...(call.about === undefined ? {} : { about: call.about }),
      },
      ownRowsOf(call.settings),
    );
  }
  if (isTransportFailure(error) && error.code === 'blocked')
    return misconfigured({ ...facts, remedy: 'Use a server that this installation may reach, or let an operator allow it.' });
  if (code === 'EAUTH' || code === 'ENOAUTH') return unauthorized({ ...facts, remedy: 'Correct the user name and the password.' });
  if (code === 'EENVELOPE') return rejected({ ...facts, category: 'transformation', remedy: 'Let the mapping give addresses.' });
  return call.sent ? inDoubt({ ...facts, remedy: 'It is sent again under the same Message-ID.' }) : retryable(facts);
}

import { isConnectorFailure, misconfigured, retryable, unauthorized, type ConnectorFailure } from '@waybill/sdk';

/** A failure while reading; nothing is ever written. Redis says its kind in the first word. */
export function readFailure(error: unknown, what: string): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const { code, message, name } = error as Error & { code?: string };
  const word = /^([A-Z]{3,})\b/.exec(message)?.[1];
  const facts = { code: (word ?? code ?? name).toLowerCase(), message: `Could not ${what}: ${message}`, vendorWords: message };
  if (code === 'blocked' || message.includes('WAYBILL_EGRESS_ALLOW'))
    return misconfigured({
      ...facts,
      code: 'blocked',
      remedy: 'Use an address that this installation may reach, or let an operator allow it.',
    });
  if (word === 'NOAUTH' || word === 'WRONGPASS') return unauthorized({ ...facts, remedy: 'Correct the user name and the password.' });
  if (word === 'NOPERM') return misconfigured({ ...facts, remedy: 'Give the user XREAD and XINFO on the key.' });
  if (word === 'WRONGTYPE') return misconfigured({ ...facts, remedy: 'Name a key that holds a stream.' });
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/.test(`${code}`))
    return misconfigured({
      ...facts,
      code: 'tls',
      remedy: 'Enter the certificate authority of the server, or say that there is no encryption.',
    });
  return retryable(facts);
}

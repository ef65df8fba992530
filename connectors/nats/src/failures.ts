import { inDoubt, isConnectorFailure, misconfigured, rejected, retryable, unauthorized, type ConnectorFailure } from '@waybill/sdk';

interface NatsError extends Error {
  code?: string | number;
  /** Of JetStream: https://github.com/nats-io/nats-server/blob/main/server/errors.json */
  apiError?: () => { err_code: number; code: number; description: string };
}

/** Stream not found, no stream listens. */
const unknownStream = new Set([10059, 10051]);
/** Consumers of a work queue, or of a stream that keeps by interest, must acknowledge. */
const mustAcknowledge = new Set([10084, 10099, 10100, 10098]);

/** A failure while nothing was written. */
export function readFailure(error: unknown, what: string): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const { code, name, message, cause } = error as NatsError & { cause?: Error };
  const words = [message, cause?.message].filter(Boolean).join(': ');
  const api = apiOf(error);
  const facts = { code: codeOf(api?.err_code ?? name), message: `Could not ${what}: ${words}`, vendorWords: words };
  if (code === 'blocked' || words.includes('WAYBILL_EGRESS_ALLOW'))
    return misconfigured({
      ...facts,
      code: 'blocked',
      remedy: 'Use an address that this installation may reach, or let an operator allow it.',
    });
  if (/^(?:Authorization|UserAuthenticationExpired)Error$/.test(name))
    return unauthorized({ ...facts, remedy: 'Correct how we sign in, and the password, token or key.' });
  if (name === 'PermissionViolationError')
    return misconfigured({ ...facts, remedy: 'Give the user the rights that the page of the connector names.' });
  if (api && unknownStream.has(api.err_code))
    return misconfigured({ ...facts, remedy: 'Make the stream, or correct its name in the connection.' });
  if (api && mustAcknowledge.has(api.err_code))
    return misconfigured({ ...facts, remedy: 'Read a stream that keeps its messages by limits; a work queue cannot be read again.' });
  if (/'tls'|self.signed|certificate|UNABLE_TO_VERIFY/i.test(words))
    return misconfigured({
      ...facts,
      code: 'tls',
      remedy: 'Enter the certificate authority of the servers, or say that there is no encryption.',
    });
  return retryable(facts);
}

/** A failure after a message may have left. */
export function writeFailure(error: unknown, what: string): ConnectorFailure {
  const { name, message } = error as NatsError;
  const api = apiOf(error);
  const facts = { code: codeOf(api?.err_code ?? name), message: `Could not ${what}: ${message}`, vendorWords: message };
  if (api && api.code >= 400 && api.code < 500)
    return rejected({
      ...facts,
      category: 'posting-rejection',
      cause: `nats ${api.err_code}`,
      remedy: 'Read what the stream says, correct the document or the stream, then replay.',
    });
  // Nobody subscribes to the subject: the client says it as if there were no JetStream at all.
  if (name === 'JetStreamNotEnabled' || /no responders/i.test(message))
    return misconfigured({ ...facts, remedy: 'Make a stream that listens to the subject, or correct the subject.' });
  if (name === 'PermissionViolationError') return readFailure(error, what);
  return inDoubt({ ...facts, remedy: 'It is sent again under the same Nats-Msg-Id while the stream remembers it.' });
}

function apiOf(error: unknown): { err_code: number; code: number } | undefined {
  const { apiError } = error as NatsError;
  return typeof apiError === 'function' ? apiError.call(error) : undefined;
}

const codeOf = (word: string | number): string =>
  typeof word === 'number'
    ? `nats-${word}`
    : word
        .replace(/Error$/, '')
        .replace(/([a-z])([A-Z])/g, '$1-$2')
        .toLowerCase() || 'error';

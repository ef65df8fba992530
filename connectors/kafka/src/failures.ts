import { inDoubt, isConnectorFailure, misconfigured, rejected, retryable, unauthorized, type ConnectorFailure } from '@waybill/sdk';

interface KafkaError extends Error {
  type?: string;
  code?: string | number;
  originalError?: Error;
}

/** kafkajs wraps what went wrong in what it tried to do about it. */
function innermost(error: unknown): KafkaError {
  let inner = error as KafkaError;
  for (let depth = 0; depth < 5; depth += 1) {
    const next = inner.cause ?? inner.originalError;
    if (!(next instanceof Error)) break;
    inner = next as KafkaError;
  }
  return inner;
}

/** Errors of the protocol by name: https://kafka.apache.org/protocol#protocol_error_codes */
const refusedRights = /^(?:TOPIC|GROUP|CLUSTER)_AUTHORIZATION_FAILED$/;
const unknownTopic = /^(?:UNKNOWN_TOPIC_OR_PARTITION|INVALID_TOPIC_EXCEPTION|UNKNOWN_TOPIC_ID)$/;
const refusedRecord = /^(?:MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE|INVALID_RECORD|INVALID_TIMESTAMP|UNSUPPORTED_FOR_MESSAGE_FORMAT)$/;
/** The broker may have appended the record when it said so. */
const maybeAppended = /^(?:NOT_ENOUGH_REPLICAS_AFTER_APPEND|REQUEST_TIMED_OUT|UNKNOWN)$/;

/** A failure while nothing was written: connecting, asking, reading. */
export function readFailure(error: unknown, what: string): ConnectorFailure {
  if (isConnectorFailure(error)) return error;
  const inner = innermost(error);
  const { type = inner.name, message } = inner;
  const facts = { code: codeOf(type), message: `Could not ${what}: ${message}`, vendorWords: message };
  if (inner.code === 'blocked' || message.includes('WAYBILL_EGRESS_ALLOW'))
    return misconfigured({
      ...facts,
      code: 'blocked',
      remedy: 'Use an address that this installation may reach, or let an operator allow it.',
    });
  if (inner.name.includes('SASL')) return unauthorized({ ...facts, remedy: 'Correct the user name, the password and how we sign in.' });
  if (refusedRights.test(type)) return misconfigured({ ...facts, remedy: 'Give the user the right to describe and read the topic.' });
  if (unknownTopic.test(type)) return misconfigured({ ...facts, remedy: 'Make the topic, or correct its name in the connection.' });
  if (inner.name === 'KafkaJSNotImplemented')
    return misconfigured({ ...facts, remedy: 'Let the producers compress with gzip, snappy, lz4 or zstd, or not at all.' });
  if (/ERR_TLS|CERT|SELF_SIGNED|UNABLE_TO_VERIFY/i.test(`${inner.code} ${message}`))
    return misconfigured({ ...facts, code: 'tls', remedy: 'Enter the certificate authority that signed the certificates of the brokers.' });
  return retryable(facts);
}

/** A failure after bytes of a record may have left. */
export function writeFailure(error: unknown, what: string): ConnectorFailure {
  const inner = innermost(error);
  const { type = inner.name, message } = inner;
  const facts = { code: codeOf(type), message: `Could not ${what}: ${message}`, vendorWords: message };
  if (refusedRecord.test(type))
    return rejected({
      ...facts,
      category: 'posting-rejection',
      cause: `kafka ${type}`,
      remedy: 'Make the document smaller, or let the topic take larger records.',
    });
  if (refusedRights.test(type) || unknownTopic.test(type)) return readFailure(error, what);
  if (inner.name === 'KafkaJSProtocolError' && !maybeAppended.test(type)) return retryable(facts);
  return inDoubt({ ...facts, remedy: 'It is sent again under the same id.' });
}

/** `TOPIC_AUTHORIZATION_FAILED` and `KafkaJSConnectionError` as words of ours. */
const codeOf = (type: string): string =>
  type.replace(/^KafkaJS/, '').replace(/([a-z])([A-Z])/g, '$1-$2').replaceAll('_', '-').toLowerCase(); // prettier-ignore

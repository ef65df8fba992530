import { rejected, type ConnectorFailure, type JsonObject } from '@waybill/sdk';
import { text } from './settings.js';

/** The headers of every request of ours. */
export function headersOf(settings: JsonObject): Record<string, string> {
  const credential = text(settings, 'credential');
  const accept = { accept: 'application/json' };
  switch (text(settings, 'authorization')) {
    case 'bearer':
      return { ...accept, authorization: `Bearer ${credential}` };
    case 'basic':
      return { ...accept, authorization: `Basic ${Buffer.from(credential, 'utf8').toString('base64')}` };
    case 'header':
      return { ...accept, [text(settings, 'credentialHeader').toLowerCase()]: credential };
    default:
      return accept;
  }
}

const notJson = (): ConnectorFailure =>
  rejected({ code: 'body-not-json', category: 'transformation', message: 'The body is not JSON.', remedy: 'Let the source send JSON.' });

/** Text in which a number may stand that is too large: looking at every value costs several times the parsing. */
const mayHoldLargeNumbers = /\d{16}|\d[eE][+-]?\d/;

/** JSON as data. A whole number that a double cannot hold is refused, not rounded. */
export function parse(body: string, failure: () => ConnectorFailure = notJson): unknown {
  try {
    if (!mayHoldLargeNumbers.test(body)) return JSON.parse(body);
    return JSON.parse(body, (name, value: unknown) => {
      if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
        throw rejected({
          code: 'number-too-large',
          category: 'transformation',
          message: `The number in ${name} is larger than can be carried exactly.`,
          remedy: 'Let the source send it as text.',
        });
      return value;
    });
  } catch (error) {
    throw error instanceof SyntaxError ? failure() : error;
  }
}

import { readHeld, rejected, type ConnectorFailure, type JsonObject } from '@waybill/sdk';
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

/** JSON as data. A number that a double cannot hold is refused, not rounded. */
export function parse(body: string, failure: () => ConnectorFailure = notJson): unknown {
  try {
    return readHeld(body);
  } catch (error) {
    throw error instanceof SyntaxError ? failure() : error;
  }
}

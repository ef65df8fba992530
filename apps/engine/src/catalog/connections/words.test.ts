// What another system repeats of our secrets is not kept; how the call failed stays as it was.
import { expect, it } from '@jest/globals';
import { isConnectorFailure, isTransportFailure, rejected, TransportFailure } from '@waybill/sdk';
import { withoutSecrets } from './words.js';

const hide = (text: string) => text.replaceAll('hunter-2-hunter', '[sealed]');

it('hides them in every word of a connector’s failure', () => {
  const words = 'the token hunter-2-hunter is over';
  const failure = withoutSecrets(
    rejected({ code: 'http-422', message: words, vendorWords: words, remedy: words, cause: words, category: 'duplicate', httpStatus: 422 }),
    hide,
  );
  if (!isConnectorFailure(failure)) throw new Error('it is another failure');
  expect(JSON.stringify(failure.facts)).not.toContain('hunter');
  expect(failure.facts).toMatchObject({ recovery: 'rejected', code: 'http-422', category: 'duplicate', httpStatus: 422 });
  expect(failure.message).toBe('the token [sealed] is over');
});

it('hides them in a failure on the way, which stays what it is', () => {
  const failure = withoutSecrets(new TransportFailure({ sent: true, code: 'reset', message: 'GET /hunter-2-hunter' }), hide);
  if (!isTransportFailure(failure)) throw new Error('it is another failure');
  expect([failure.sent, failure.code, failure.message]).toEqual([true, 'reset', 'GET /[sealed]']);
});

it('hands on whatever else was thrown', () => {
  const error = new Error('something');
  expect(withoutSecrets(error, hide)).toBe(error);
});

import { isConnectorFailure, isTransportFailure, type CheckStep, type ConnectorContext } from '@waybill/sdk';
import { elementOf, exchange, failureFrom } from './api.js';
import { bucketUrl, text } from './settings.js';

/** Lists one name under the prefix: that reaches the bucket, signs in, and needs the right without which a missing object cannot be told from a hidden one. */
export async function check(context: ConnectorContext): Promise<CheckStep[]> {
  const { settings } = context;
  const name = 'Reach the bucket and sign in';
  try {
    const url = `${bucketUrl(settings)}${text(settings, 'addressing') === 'host' ? '/' : ''}?list-type=2&max-keys=1&prefix=${encodeURIComponent(text(settings, 'prefix'))}`;
    const response = await exchange(context, { method: 'GET', url });
    if (response.status !== 200) throw failureFrom(response, context, { what: 'list the bucket', writes: false });
    if (!response.text.includes('<ListBucketResult'))
      return [{ name, ok: false, detail: 'The answer is no list of S3.', remedy: 'Check the endpoint, and where the bucket stands in an address.' }];
    const count = elementOf(response.text, 'KeyCount');
    return [{ name, ok: true, detail: count === '0' ? 'Nothing lies under the prefix yet.' : 'Objects lie under the prefix.' }];
  } catch (error) {
    if (!isConnectorFailure(error) && !isTransportFailure(error)) throw error;
    const remedy = (isConnectorFailure(error) ? error.facts.remedy : undefined) ?? 'Check the endpoint, the bucket, and whether the operator allowed its address.';
    return [{ name, ok: false, detail: error.message, remedy }];
  }
} // prettier-ignore

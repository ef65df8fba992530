import type { ErrorRow } from '@waybill/sdk';

/**
 * `api_error_code` of Chargebee's error bodies. Source: apidocs.chargebee.com, "Error handling and rate limits". That a repeat under an idempotency key
 * whose first request still runs is 409 with `invalid_state_for_request` and these words was seen by users of the API; the page does not say it.
 */
export const errorTable: readonly ErrorRow[] = [
  { code: 'resource_not_found', class: 'master-data', reason: 'What the request names is not in Chargebee.', remedy: 'Create it in Chargebee or correct the id, then replay.' },
  { code: 'duplicate_entry', class: 'duplicate', reason: 'Something with this id is there already.', remedy: 'Compare it in Chargebee; resolve this when it is the same.' },
  { code: 'invalid_state_for_request', words: ['still in progress'], class: 'in-doubt', reason: 'The first request under this key is still running.' },
  { code: 'invalid_state_for_request', class: 'posting-rejection', reason: 'The state of the record does not allow this.', remedy: 'Look at its status in Chargebee, put it right, then replay.' },
  { code: 'invalid_request', class: 'transformation', reason: 'The request is not valid as it is.', remedy: 'Correct the mapping.' },
  { code: 'param_wrong_value', class: 'transformation', reason: 'A value is not one that Chargebee takes.', remedy: 'Correct the mapping.' },
  { code: 'resource_limit_exceeded', class: 'posting-rejection', reason: 'Chargebee’s limit for this kind of record is reached.', remedy: 'Raise the limit with Chargebee, then replay.' },
  { code: 'resource_limit_exhausted', class: 'posting-rejection', reason: 'What the request would use is used up.', remedy: 'Look at the record in Chargebee, then replay.' },
  { code: 'unable_to_process_request', class: 'posting-rejection', reason: 'Chargebee does not process this request.', remedy: 'Read Chargebee’s words, put it right, then replay.' },
  { code: 'payment_processing_failed', class: 'posting-rejection', reason: 'The payment was not accepted.', remedy: 'Ask the customer for another way to pay.' },
  { code: 'configuration_incompatible', class: 'misconfigured', reason: 'The site is not set up for this request.', remedy: 'Enable the feature in Chargebee, or leave the operation out.' },
  { code: 'api_authentication_failed', class: 'unauthorized', reason: 'The API key is not valid.', remedy: 'Enter a valid API key in the connection.' },
  { code: 'api_authorization_failed', class: 'misconfigured', reason: 'The API key may not do this.', remedy: 'Use a key with the rights of the documentation page.' },
  { code: 'request_blocked', words: ['not enabled'], class: 'misconfigured', reason: 'The site or its API is switched off.', remedy: 'Enable the site in Chargebee.' },
  { code: 'site_not_ready', class: 'misconfigured', reason: 'The site is not ready.', remedy: 'Finish the set-up of the site in Chargebee.' },
  { code: 'site_read_only_mode', class: 'throttled', reason: 'The site takes no writes for a while.' },
  { code: 'http_method_not_supported', class: 'misconfigured', reason: 'The address is not the API’s.', remedy: 'Check the site and the address of the API.' },
  { code: 'api_request_limit_exceeded', class: 'throttled', reason: 'The site’s number of calls in a minute is used up.' },
]; // prettier-ignore

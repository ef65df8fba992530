import type { ErrorRow } from '@waybill/sdk';

/** `code` of Lago's error bodies, and the codes of single fields in `error_details`. Source: OpenAPI 1.51.0 and docs.getlago.com, "Errors". */
export const errorTable: readonly ErrorRow[] = [
  { code: 'value_already_exist', class: 'duplicate', reason: 'An event with this transaction id is there already.', remedy: 'Compare the event in Lago; resolve this when it is the same.' },
  { code: 'subscription_not_found', class: 'master-data', reason: 'The subscription is not in Lago, or has ended.', remedy: 'Create the subscription in Lago or correct the table, then replay.' },
  { code: 'customer_not_found', class: 'master-data', reason: 'The customer is not in Lago.', remedy: 'Create the customer in Lago or correct the table, then replay.' },
  { code: 'billable_metric_not_found', class: 'master-data', reason: 'No billable metric has this code.', remedy: 'Create the metric in Lago or correct the code, then replay.' },
  { code: 'event_not_found', class: 'posting-rejection', reason: 'The event is not in Lago.', remedy: 'Send it again, or resolve this.' },
  { code: 'value_is_mandatory', class: 'transformation', reason: 'A field that is needed is missing.', remedy: 'Correct the mapping.' },
  { code: 'invalid_format', class: 'transformation', reason: 'A value has the wrong form.', remedy: 'Correct the mapping.' },
  { code: 'value_is_invalid', class: 'transformation', reason: 'A value is not valid.', remedy: 'Correct the mapping.' },
  { code: 'too_many_events', class: 'transformation', reason: 'A batch takes at most 100 events.', remedy: 'Send smaller batches.' },
  { code: 'no_events', class: 'transformation', reason: 'The batch holds no event.', remedy: 'Correct the mapping.' },
  { code: 'unauthorized', class: 'unauthorized', reason: 'The API key is not valid.', remedy: 'Enter a valid API key in the connection.' },
  { code: 'feature_unavailable', class: 'misconfigured', reason: 'The plan or licence of this Lago does not have the feature.', remedy: 'Change the licence, or leave the operation out.' },
]; // prettier-ignore

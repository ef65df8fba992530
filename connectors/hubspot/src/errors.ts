import type { ErrorRow } from '@waybill/sdk';

/**
 * `category` of HubSpot's error bodies, `code` of their single errors, and `http-<status>` where only the status tells. Source: developers.hubspot.com,
 * "Error handling" and "API usage guidelines".
 */
export const errorTable: readonly ErrorRow[] = [
  { code: 'PROPERTY_DOESNT_EXIST', class: 'misconfigured', reason: 'The object has no such property.', remedy: 'Make the property in HubSpot, or correct its name in the mapping.' },
  { code: 'INVALID_OPTION', class: 'transformation', reason: 'The property knows no such option.', remedy: 'Add the option in HubSpot, or correct the mapping.' },
  { code: 'INVALID_EMAIL', class: 'transformation', reason: 'The address is no e-mail address.', remedy: 'Correct it at its source.' },
  { code: 'INVALID_UNIQUE_PROPERTY', class: 'misconfigured', reason: 'The property’s values are not unique.', remedy: 'Make a property with unique values in HubSpot and name that.' },
  { code: 'CONFLICTING_UNIQUE_VALUE', class: 'duplicate', reason: 'Another record has this unique value.', remedy: 'Merge the two in HubSpot, then replay.' },
  { code: 'VALIDATION_ERROR', class: 'transformation', reason: 'HubSpot does not take the request as it is.', remedy: 'Correct the mapping.' },
  { code: 'CONFLICT', class: 'duplicate', reason: 'Another record has this value already.', remedy: 'Merge the two in HubSpot, then replay.' },
  { code: 'OBJECT_NOT_FOUND', class: 'master-data', reason: 'The record is not in HubSpot.', remedy: 'Create it in HubSpot or correct the id, then replay.' },
  { code: 'OBJECT_ALREADY_EXISTS', class: 'duplicate', reason: 'The record is there already.', remedy: 'Compare it in HubSpot; resolve this when it is the same.' },
  { code: 'INVALID_AUTHENTICATION', class: 'unauthorized', reason: 'The access token is not valid.', remedy: 'Enter a valid access token in the connection.' },
  { code: 'EXPIRED_AUTHENTICATION', class: 'unauthorized', reason: 'The access token is over.', remedy: 'Rotate the token of the private app and enter the new one.' },
  { code: 'MISSING_SCOPES', class: 'misconfigured', reason: 'The app lacks a scope.', remedy: 'Give the app the scope that HubSpot names.' },
  { code: 'BANNED', class: 'misconfigured', reason: 'The account may not use the API.', remedy: 'Ask HubSpot’s support.' },
  { code: 'RATE_LIMITS', class: 'throttled', reason: 'Too many calls.' },
  { code: 'RATE_LIMIT', class: 'throttled', reason: 'Too many calls.' },
  { code: 'http-423', class: 'throttled', reason: 'The record is locked for a moment.' },
  { code: 'http-477', class: 'throttled', reason: 'The account is being moved to another data centre.' },
]; // prettier-ignore

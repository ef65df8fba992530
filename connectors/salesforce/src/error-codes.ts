import type { ErrorClass, ErrorRow } from '@waybill/sdk';

const remedies: Partial<Record<ErrorClass, string>> = {
  'master-data': 'Set it right in Salesforce or correct the table that names it, then replay.',
  transformation: 'Correct the mapping, then replay.',
  'posting-rejection': 'Read Salesforce’s words, settle it there, then replay or resolve this.',
  duplicate: 'Merge the records in Salesforce or correct the external id, then replay.',
  misconfigured: 'Give the integration’s user the right, or correct the setting.',
  unauthorized: 'Look whether the app and its user are still active, then enter the sign-in again.',
  throttled: 'Nothing to do: it goes on when Salesforce allows.',
  transient: 'Nothing to do: it is tried again.',
  'in-doubt': 'Nothing to do: it is written again over the same record.',
};
const rows = (of: ErrorClass, reason: string, codes: string): ErrorRow[] => {
  const remedy = remedies[of];
  return codes
    .trim()
    .split(/\s+/)
    .map((code) => ({ code, class: of, reason, ...(remedy === undefined ? {} : { remedy }) }));
};

/** Codes that a write or a query of records can meet, of Salesforce's list of status codes (api_rest/errorcodes, StatusCode of the SOAP API). */
export const errorTable: readonly ErrorRow[] = [
  ...rows('throttled', 'The requests of the day, or calls at the same time, are used up.', `
    REQUEST_LIMIT_EXCEEDED TOO_MANY_REQUESTS CONCURRENT_REQUEST_LIMIT_EXCEEDED ORG_LOCKED SERVER_UNAVAILABLE`),
  ...rows('transient', 'Another write holds the record; nothing was written.', `UNABLE_TO_LOCK_ROW CONFLICT`),
  ...rows('unauthorized', 'The sign-in was refused or has ended.', `
    INVALID_SESSION_ID INVALID_LOGIN INVALID_AUTH_HEADER INVALID_OAUTH_TOKEN LOGIN_MUST_USE_SECURITY_TOKEN PASSWORD_LOCKOUT INACTIVE_OWNER_OR_USER`),
  ...rows('misconfigured', 'The user lacks a right, or the API is switched off for it.', `
    API_DISABLED_FOR_ORG API_CURRENTLY_DISABLED INSUFFICIENT_ACCESS INSUFFICIENT_ACCESS_OR_READONLY INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY
    FUNCTIONALITY_NOT_ENABLED FUNCTIONALITY_TEMPORARILY_UNAVAILABLE CANNOT_EXECUTE_FLOW_TRIGGER_OFF LICENSE_LIMIT_EXCEEDED STORAGE_LIMIT_EXCEEDED`),
  ...rows('misconfigured', 'The object, the external id field or the API version is not there for this user.', `
    NOT_FOUND INVALID_TYPE INVALID_FIELD_NAME UNSUPPORTED_API_VERSION METHOD_NOT_ALLOWED INVALID_EXTERNAL_ID_FIELD_NAME`),
  ...rows('duplicate', 'A record with this external id or unique value is there already.', `DUPLICATE_VALUE DUPLICATE_EXTERNAL_ID DUPLICATES_DETECTED`),
  ...rows('master-data', 'A record that a field refers to is not there, is deleted, or is of another kind.', `
    INVALID_CROSS_REFERENCE_KEY INVALID_CROSS_REFERENCE_TYPE_FOR_FIELD ENTITY_IS_DELETED INVALID_ID_FIELD MALFORMED_ID FIELD_INTEGRITY_EXCEPTION
    INACTIVE_OWNER DELETED_ENTITY`),
  ...rows('transformation', 'A field demands a value, or the value does not fit it.', `
    REQUIRED_FIELD_MISSING STRING_TOO_LONG NUMBER_OUTSIDE_VALID_RANGE INVALID_EMAIL_ADDRESS INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST
    BAD_CUSTOM_ENTITY_PARENT_DOMAIN INVALID_FIELD INVALID_FIELD_FOR_INSERT_UPDATE JSON_PARSER_ERROR MALFORMED_QUERY INVALID_QUERY_FILTER_OPERATOR
    NULL_CONTENT_REQUEST MISSING_ARGUMENT INVALID_CURRENCY_ISO`),
  ...rows('posting-rejection', 'A validation rule, a flow or a trigger of the organization refuses the record.', `
    FIELD_CUSTOM_VALIDATION_EXCEPTION CANNOT_EXECUTE_FLOW_TRIGGER CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY FIELD_FILTER_VALIDATION_EXCEPTION
    ENTITY_IS_LOCKED CANNOT_UPDATE_CONVERTED_LEAD DELETE_FAILED DEPENDENCY_EXISTS TXN_SECURITY_NO_ACCESS ALREADY_IN_PROCESS`),
  ...rows('in-doubt', 'Salesforce had trouble of its own and does not say how far it came.', `UNKNOWN_EXCEPTION QUERY_TIMEOUT APEX_ERROR`),
]; // prettier-ignore

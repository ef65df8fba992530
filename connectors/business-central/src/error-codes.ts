import type { ErrorRow } from '@waybill/sdk';

const form = (code: string, reason: string): ErrorRow => ({
  code,
  class: 'transformation',
  reason,
  remedy: 'Correct the mapping, or the connector if it formed the request wrongly.',
});
const wrongWay = (code: string, reason: string): ErrorRow => ({
  code,
  class: 'misconfigured',
  reason,
  remedy: 'Check tenant, environment, company and the version of Business Central.',
});
const master = (code: string, reason: string, words?: string[]): ErrorRow => ({
  code,
  ...(words ? { words } : {}),
  class: 'master-data',
  reason,
  remedy: 'Set it right in Business Central or correct the table that names it, then replay.',
});
const refused = (code: string, reason: string, words?: string[]): ErrorRow => ({
  code,
  ...(words ? { words } : {}),
  class: 'posting-rejection',
  reason,
  remedy: 'Read what Business Central says, settle it there, then replay or resolve this.',
});
const closed = (code: string, words: string[]): ErrorRow => ({
  code,
  words,
  class: 'period-closed',
  reason: 'The posting date lies outside the dates that Business Central allows, or its period is closed.',
  remedy:
    'Allow the date in General Ledger Setup or User Setup, or let the policy date the document into the next open period, then replay.',
});
const unsure = (code: string, reason: string): ErrorRow => ({
  code,
  class: 'in-doubt',
  reason,
  remedy: 'Nothing to do: it is looked up by our key.',
});

/** Microsoft's page "Error codes" of API v2.0 (dev-itpro/api-reference/v2.0/dynamics-error-codes), reviewed row by row. */
export const documentedCodes: readonly ErrorRow[] = [
  form('BadRequest', 'The body of the request is not what the entity takes.'),
  form('BadRequest_NotFound', 'A key or the syntax of the address is wrong.'),
  form('BadRequest_InvalidOperation', 'A field that may only be read was written.'),
  form('BadRequest_RequiredParamNotProvided', 'A field that may not be empty is.'),
  wrongWay('BadRequest_InvalidRequestUrl', 'The address of the request is not one that this server knows.'),
  wrongWay('BadRequest_ResourceNotFound', 'This server has no such entity or company.'),
  wrongWay('BadRequest_MethodNotAllowed', 'The entity does not allow this kind of request.'),
  wrongWay('BadRequest_MethodNotImplemented', 'The entity has no such action in this version.'),
  { code: 'BadRequest_InvalidToken', class: 'transient', reason: 'The record’s version (ETag) was not the current one; nothing was written.', remedy: 'Nothing to do: it is read again and tried again.' },
  { code: 'Request_EntityChanged', class: 'transient', reason: 'Somebody else changed the record between our look and our write; nothing was written.', remedy: 'Nothing to do: it is tried again.' },
  master('Internal_InvalidTableRelation', 'A field names something that is not there: an account, a customer, a posting group.'),
  master('Internal_RecordNotFound', 'A record that the document or its set-up needs is not there.'),
  refused('Internal_DataNotFoundFilter', 'There is no entry of the kind that the step works on.'),
  { code: 'Internal_EntityWithSameKeyExists', class: 'duplicate', reason: 'A record with this key is there already.', remedy: 'Compare the two in Business Central, then replay or resolve this.' },
  wrongWay('Internal_CompanyNotFound', 'The company of the connection does not exist.'),
  { code: 'Internal_TenantUnavailable', class: 'transient', reason: 'The tenant is not reachable: an update or a pause; the call did not get in.', remedy: 'Nothing to do: it is tried again.' },
  unsure('Internal_ServerError', 'The server had trouble and does not say how far it came.'),
  refused('Application_DialogException', 'A rule of Business Central or of an extension refuses; its words say which.'),
  master('Application_FieldValidationException', 'A field of the set-up or master data has not the value that posting needs.'),
  form('Application_EvaluateException', 'A value is not one that the field knows.'),
  form('Application_StringExceededLength', 'A text is longer than its field.'),
  form('Application_InvalidGUID', 'An id is not a GUID.'),
  form('Application_FilterErrorException', 'A code is longer than the field that it was looked for in.'),
  refused('Application_CallbackNotAllowed', 'An extension asks a question in a dialog, which an integration cannot answer.'),
  { code: 'Authentication_InvalidCredentials', class: 'unauthorized', reason: 'The sign-in was refused.', remedy: 'Check the app in Entra and in Microsoft Entra Applications of Business Central, then enter its secret again.' },
  unsure('Unknown', 'The server does not know its own error.'),
]; // prettier-ignore

/** What comes under a wide code, told apart by its words, in English. */
export const worded: readonly ErrorRow[] = [
  closed('Application_DialogException', ['posting date', 'allowed posting dates']),
  closed('Application_DialogException', ['accounting period', 'closed']),
  closed('Application_FieldValidationException', ['posting date']),
  closed('Application_FieldValidationException', ['date locked']),
  master('Application_DialogException', 'The customer is blocked.', ['customer', 'blocked']),
  master('Application_DialogException', 'A posting group or combination of posting groups is not set up.', ['posting setup', 'does not exist']),
  master('Application_DialogException', 'A dimension that the account or customer demands is missing.', ['dimension']),
  { code: 'Application_DialogException', words: ['already exists'], class: 'duplicate', reason: 'A record with this number is there already.', remedy: 'Compare the two in Business Central, then replay or resolve this.' },
]; // prettier-ignore

export const errorTable: readonly ErrorRow[] = [...documentedCodes, ...worded];

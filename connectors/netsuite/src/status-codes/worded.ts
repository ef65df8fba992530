import type { ErrorRow } from '@waybill/sdk';

const inactive = {
  class: 'master-data',
  reason: 'The record is inactive in NetSuite.',
  remedy: 'Make it active in NetSuite, then replay.',
} as const;
const there = {
  class: 'duplicate',
  reason: 'A record with this external id is there already; it is looked up and compared.',
  remedy: 'Compare the two records in NetSuite, then replay or resolve this.',
} as const;
const closed = {
  class: 'period-closed',
  reason: 'The accounting period of the date is closed or locked.',
  remedy: 'Open the period in NetSuite, or let the policy date the document into the next open one, then replay.',
} as const;
const reference = {
  class: 'master-data',
  reason: 'A reference of the document is not usable in NetSuite.',
  remedy: 'Set it right in NetSuite or correct the table that names it, then replay.',
} as const;

/**
 * REST answers much of what SOAP had a code for as USER_ERROR or INVALID_CONTENT with a sentence. These sentences were seen in
 * public integrations and Oracle's help (section_156334828635, section_156570709583); a role in another language has no row here
 * and falls back to the code's own.
 */
export const worded: readonly ErrorRow[] = [
  { code: 'USER_ERROR', words: ['already exists'], ...there },
  { code: 'INVALID_CONTENT', words: ['already exists'], ...there },
  { code: 'USER_ERROR', words: ['posting period', 'closed'], ...closed },
  { code: 'USER_ERROR', words: ['period', 'locked'], ...closed },
  { code: 'USER_ERROR', words: ['not within the date range of your accounting period'], ...closed },
  { code: 'USER_ERROR', words: ['inactive'], ...inactive },
  { code: 'USER_ERROR', words: ['invalid field value'], ...reference },
  { code: 'USER_ERROR', words: ['invalid reference key'], ...reference },
  { code: 'USER_ERROR', words: ['cannot be used with', 'subsidiary'], ...reference },
  { code: 'USER_ERROR', words: ['locked by a user defined workflow'], class: 'posting-rejection', reason: 'A workflow of the account holds the record.', remedy: 'Let the workflow release it, then replay.' },
  { code: 'INVALID_CONTENT', words: ['invalid value for the resource or sub-resource field'], ...reference },
  { code: 'INVALID_VALUE', words: ['invalid value for the resource or sub-resource field'], ...reference },
  { code: 'UNEXPECTED_ERROR', words: ['record has been changed'], class: 'transient', reason: 'Somebody else changed the record between our look and our write; nothing was written.', remedy: 'Nothing to do: it is tried again.' },
]; // prettier-ignore

import type { ErrorClass, ErrorRow } from '@waybill/sdk';

const remedies: Partial<Record<ErrorClass, string>> = {
  'master-data': 'Set it right in NetSuite or correct the table that names it, then replay.',
  'period-closed': 'Open the period in NetSuite, or let the policy date the document into the next open one, then replay.',
  'posting-rejection': 'Read NetSuite’s words, settle it there, then replay or resolve this.',
  transformation: 'Correct the mapping, then replay.',
  duplicate: 'Compare the two records in NetSuite; take the wrong one back there, then replay or resolve this.',
  throttled: 'Nothing to do: it goes on as soon as the account has room.',
  unauthorized: 'Check the integration, its certificate and its user in NetSuite, then enter them again in the connection.',
  misconfigured: 'Give the role of the integration the permission, or switch the feature on, in NetSuite.',
  transient: 'Nothing to do: it is tried again.',
  'in-doubt': 'Nothing to do: it is looked up by its external id.',
};

/** Codes that mean the same and so share a class and a reason. Each code stands once in all families; the test holds that they are all there are. */
export function family(of: ErrorClass, reason: string, codes: string): ErrorRow[] {
  const remedy = remedies[of];
  const row = (code: string): ErrorRow => ({ code, class: of, reason, ...(remedy === undefined ? {} : { remedy }) });
  return codes.trim().split(/\s+/).map(row);
}

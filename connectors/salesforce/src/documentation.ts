/** The connector's reference page. */
export const documentation = `
Writes billing's status back to Salesforce (payments, dunning, credit memos) and reads accounts, contracts, orders and products from it.

## Set-up in Salesforce
1. **External client app** (or connected app) with OAuth, scope *Manage user data via APIs*. Either the *client credentials flow* with a user to run as, or the
   *JWT bearer flow* with an uploaded certificate and the user pre-authorized by a permission set, or a consent: the *web server flow* with PKCE, the scope
   *Perform requests at any time* besides, and the redirect URI that the connection's page shows as callback URL. Then save the connection and press *Connect*,
   signed in to Salesforce as the user of step 2. A refresh token goes before a key, and a key before client credentials.
2. **User** for Waybill alone with *API Enabled* and access to the objects and fields that the mappings name, and to nothing else.
3. **External id field** on each object that is written: text, *External ID*, *Unique*. Without *Unique* two records may carry one id, and Salesforce then refuses
   to write either (HTTP 300).
4. Enter My Domain, as *Setup → My Domain* shows it, and press *Check*.

## Writing
The operation *record* takes an object, its external id field, the id and fields. The record is written over, or made. A relation is named by the external id of the
other record: \`{"Account__r": {"Billing_Id__c": "cus_1"}}\`; an amount is \`{"number": "562.82"}\`. Two writers of one new id at the same moment may both try to insert, and one gets \`DUPLICATE_VALUE\`: it
then writes over. Order a flow by that id, so that it is never two of its own.

## Reading
Each stream reads one object by \`SystemModstamp\` and Id, 200 records a page with all their fields, and begins each sweep five minutes before the last change.
Deleted records are not told. The look-up *rows* brings what belongs to a record, such as the products of its orders.

## Failures
The table knows the codes that records and queries meet. \`UNABLE_TO_LOCK_ROW\` is tried again; validation rules and flows are posting rejections with their own words;
\`REQUEST_LIMIT_EXCEEDED\` waits. A code that no row knows is classed by its HTTP status, and told.

## Limits
Requests of a day are the organization's, by edition and licences, shared by everything that talks to it; at the same time 25 long ones at most. Set the connection's
requests per day to the share that Waybill may have.
`;

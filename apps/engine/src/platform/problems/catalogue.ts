/** Every code that a problem or an exception of the engine can carry: its HTTP status, what it means, what to do. Docs and console read this. */
export const catalogue = {
  BODY_NOT_JSON: { status: 400, title: 'The body is not JSON', remedy: 'Send well-formed JSON in UTF-8 without a byte order mark.' },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    remedy: 'Webhooks may have 256 kB, other requests 2 MB. Send less at a time.',
  },
  BODY_TOO_DEEP: { status: 400, title: 'The JSON is nested too deep', remedy: 'At most 64 levels are read.' },
  BODY_KEY_REFUSED: {
    status: 400,
    title: 'A key is not allowed',
    remedy: 'Remove keys named __proto__, constructor or prototype, and keys that appear twice in one object.',
  },
  CONTENT_TYPE_UNKNOWN: {
    status: 415,
    title: 'The content type is not read here',
    remedy: 'Send application/json, or the type that the route names.',
  },
  REQUEST_INVALID: { status: 400, title: 'The request does not fit its schema', remedy: 'Correct the fields that the problems name.' },
  UNAUTHENTICATED: { status: 401, title: 'Nobody is signed in', remedy: 'Sign in, or send `Authorization: Bearer <api key>`.' },
  SIGN_IN_FAILED: {
    status: 401,
    title: 'E-mail or password is wrong',
    remedy: 'Check both. After several failures the next try has to wait.',
  },
  SIGN_IN_THROTTLED: { status: 429, title: 'Too many failed sign-ins', remedy: 'Wait as long as Retry-After says.' },
  FORBIDDEN: { status: 403, title: 'This needs a permission you do not have', remedy: 'Ask an administrator for a role that has it.' },
  CSRF_REFUSED: {
    status: 403,
    title: 'A write from a browser needs its header',
    remedy: 'Send the header X-Waybill-Request with the session cookie, from the same origin.',
  },
  NOT_FOUND: { status: 404, title: 'There is no such thing', remedy: 'Check the address and the id.' },
  CONFLICT: { status: 409, title: 'It changed in between', remedy: 'Read it again and repeat your change.' },
  UNAVAILABLE: { status: 503, title: 'The engine cannot answer now', remedy: 'Try again after Retry-After; nothing was half done.' },
  INTERNAL: { status: 500, title: 'The engine made a mistake', remedy: 'Nothing was half done. Give the request id to whoever runs it.' },

  HOOK_UNKNOWN: { status: 404, title: 'No such webhook', remedy: 'Check the connection in the address; its connector must take webhooks.' },
  BACKLOG_FULL: {
    status: 429,
    title: 'More is waiting than can be worked on soon',
    remedy: 'Send it again after Retry-After. For whoever runs the engine: add workers, or see what holds them up.',
  },
  HOOK_SIGNATURE: {
    status: 401,
    title: 'The webhook is not signed as it must be',
    remedy: "Check the webhook secret of the connection and the sender's clock.",
  },

  FLOW_INVALID: { status: 422, title: 'The flow file has problems', remedy: 'Correct every problem listed; nothing was saved.' },
  FLOW_YAML: { status: 422, title: 'The flow file is not YAML', remedy: 'Correct the line that is named.' },
  FLOW_FIELD: { status: 422, title: 'A field of the flow file is wrong', remedy: 'See the reference of the flow file.' },
  FLOW_NAME: { status: 422, title: "The file's name and the address differ", remedy: 'Use one name in both.' },
  FLOW_CONNECTION_UNKNOWN: { status: 422, title: 'There is no such connection', remedy: 'Make the connection first, or correct its name.' },
  FLOW_STREAM_UNKNOWN: { status: 422, title: 'The connector has no such stream', remedy: 'Choose one of the streams it names.' },
  FLOW_OPERATION_UNKNOWN: { status: 422, title: 'The connector has no such operation', remedy: 'Choose one of the operations it names.' },
  FLOW_LOOKUP_UNKNOWN: { status: 422, title: 'The connector has no such lookup', remedy: 'Choose one of the lookups it names.' },
  FLOW_MAPPING_UNKNOWN: { status: 422, title: 'There is no such mapping', remedy: 'Save the mapping first, or correct its name.' },
  FLOW_TABLE_UNKNOWN: { status: 422, title: 'There is no such table', remedy: 'Make the table first, or correct its name.' },
  FLOW_SCHEMA_UNKNOWN: {
    status: 422,
    title: 'There is no such schema',
    remedy: 'Choose a canonical type such as invoice@1, or a schema of the connector.',
  },
  FLOW_EXPRESSION: { status: 422, title: 'An expression is wrong', remedy: 'Correct it at the position that is named.' },
  FLOW_TEMPLATE: { status: 422, title: 'A sentence template is wrong', remedy: 'Use {{source.field}} and {{output.field}} only.' },
  FLOW_CYCLE: { status: 422, title: 'The flow would wait for itself', remedy: 'Remove the cycle of waitFor.' },

  SECRET_UNREADABLE: {
    status: 500,
    title: 'A stored secret does not open',
    remedy: 'Restore the master key that sealed it, or enter the secret again.',
  },

  MAPPING_INVALID: { status: 422, title: 'The mapping has problems', remedy: 'Correct every problem listed; nothing was saved.' },
  MAPPING_TIMEOUT: {
    status: 422,
    title: 'The mapping ran longer than a second',
    remedy: 'Look for a loop or an expensive regular expression in the mapping.',
  },
  MAPPING_STOPPED: {
    status: 422,
    title: 'The expression ran too long on record after record',
    remedy: 'Look for a loop or an expensive regular expression, correct it, and replay what it left.',
  },
  MAPPING_CRASHED: {
    status: 422,
    title: 'The mapping ended its process',
    remedy: 'Look for very large strings or sequences in the mapping.',
  },
  MAPPING_FAILED: { status: 422, title: 'The mapping failed', remedy: 'Open the record in the mapping editor and correct the expression.' },
  MAPPING_OUTPUT: {
    status: 422,
    title: 'What the mapping made does not fit its schema',
    remedy: 'Open the record in the mapping editor; the problem names the field.',
  },
  RECORD_INVALID: {
    status: 422,
    title: 'The record does not fit the schema of its stream',
    remedy: 'Correct the record at its source, or name another schema in the flow.',
  },
  TOTALS_DIFFER: {
    status: 422,
    title: 'The amounts of the document do not add up',
    remedy: 'Correct the mapping or the document; amounts are never adjusted silently.',
  },
  REVISION_CONFLICT: {
    status: 409,
    title: 'The same version of a document came with other content',
    remedy: 'Compare the two; replay the one that is right.',
  },
  POLICY_HOLD: { status: 422, title: 'A policy rule holds the document', remedy: 'Do what the rule says, then replay.' },
  APPROVAL_REJECTED: { status: 422, title: 'The document was not approved', remedy: 'Correct it at its source, or resolve the exception.' },
  WAIT_EXPIRED: {
    status: 422,
    title: 'The document it waits for did not come',
    remedy: 'Find out why that document is not posted; then replay.',
  },
  POISON: {
    status: 422,
    title: 'The message ended every worker that had it',
    remedy: 'Look at the size and the content of the record; correct the mapping or the record, then replay.',
  },
  TARGET_UNCLEAR: {
    status: 502,
    title: 'Whether the target has the document could not be found out',
    remedy: 'Look in the target for the external id; replay when it is not there, resolve when it is.',
  },
  ORIGINAL_UNCLEAR: {
    status: 409,
    title: 'What it acts on was resolved while in doubt',
    remedy: 'Look in the target for the external id; if the document is there, reverse it by hand; then resolve.',
  },
  POSTED_DIFFERENTLY: {
    status: 409,
    title: 'The document is already posted with another amount',
    remedy: 'Compare both; correct it in the target or with a credit memo, then resolve.',
  },
  EFFECT_UNKNOWN: {
    status: 422,
    title: 'The operation cannot do this',
    remedy: 'Do it by hand in the target, then resolve the exception.',
  },
  TARGET_FAILED: { status: 502, title: 'The target failed again and again', remedy: 'Put the target right, then replay.' },
  CONNECTION_INVALID: { status: 422, title: "The connection's settings are wrong", remedy: 'Correct the fields that the problems name.' },
  CONNECTION_IN_USE: {
    status: 409,
    title: 'Documents already came or went under this system name',
    remedy: 'Make a new connection for another account.',
  },
  CONNECTOR_UNKNOWN: { status: 422, title: 'There is no such connector', remedy: 'Choose one of those that /v1/connectors lists.' },
  TABLE_INVALID: {
    status: 422,
    title: 'The rows do not fit the table',
    remedy: 'Correct the rows that the problems name; nothing was written.',
  },
  TABLE_OVERLAP: { status: 422, title: 'Two rows of one key would be valid on the same day', remedy: 'End one before the other begins.' },
  RUN_NOT_POSSIBLE: {
    status: 422,
    title: 'This flow cannot be read that way',
    remedy: 'Only flows whose stream can be polled can be polled or backfilled.',
  },
  REPLAY_EMPTY: { status: 422, title: 'Nothing to replay was named', remedy: 'Give messages or a causeKey.' },
  EXCEPTION_CLOSED: { status: 409, title: 'The exception has already ended', remedy: 'Read it again.' },
  APPROVAL_CLOSED: { status: 409, title: 'The approval was already decided', remedy: 'Read it again.' },
  APPROVAL_CHANGED: {
    status: 409,
    title: 'The document is not the one that was shown',
    remedy: 'Read the approval again and decide anew.',
  },
  APPROVAL_ROLE: { status: 403, title: 'Another role decides this', remedy: 'Ask somebody of the role that the approval names.' },
  PACK_UNKNOWN: { status: 404, title: 'There is no such pack', remedy: 'Choose one of those that /v1/packs lists.' },
  EMAIL_TAKEN: { status: 409, title: 'There is a user with this e-mail already', remedy: 'Change that user instead.' },
  ROLE_UNKNOWN: { status: 422, title: 'There is no such role', remedy: 'Choose from /v1/roles.' },
  LAST_ADMIN: { status: 409, title: 'This is the last administrator', remedy: 'Make another administrator first.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>;

export type ProblemCode = keyof typeof catalogue;

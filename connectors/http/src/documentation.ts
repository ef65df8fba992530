/** The connector's reference page. */
export const documentation = `
Connects any system that speaks JSON over HTTP, by settings alone.

## In: webhooks
| signing | what is checked |
|---|---|
| \`standard-webhooks\` | \`webhook-signature\` holds \`v1,<base64>\` of HMAC-SHA256 over \`id.timestamp.body\`; secret \`whsec_<base64>\`; 300 seconds. The delivery is \`webhook-id\`. Asymmetric \`v1a\` signatures are not accepted |
| \`hmac\` | the signature header, after its prefix, is the HMAC of the body (SHA-256 or SHA-512, hex or base64). No time is signed, so a replay is caught only by the delivery id |
| \`shared\` | the header, after its prefix, is the secret itself, such as \`Authorization\` with the prefix \`Bearer \`. The body is not protected |

Two secrets may be live during a rotation. Without a secret every webhook is refused. For \`hmac\` and \`shared\` the delivery id is
a header, else a value of the body, else the body's SHA-256: then two equal bodies are one delivery.

## In: poll
\`GET <address><path>?updatedSince=…&limit=…&cursor=…\` with the parameters' names from the settings. The answer holds the list at the
pointer to the records and the next page at its pointer; without a next page the sweep ends, and the next one starts 300 seconds
before the latest instant seen.

## Records
Pointers (RFC 6901) say where in a record its key, instant and revision are. The key is \`$delivery.key\` in expressions, the stream's
default. The instant is ISO 8601 with an offset, a date, or seconds or milliseconds since 1970. A whole number as revision is padded,
so that its order holds; without a pointer the instant is the revision.

## Out
Path, headers and body are templates. \`{{/pointer}}\` is a value of the document, \`{{key}}\` the posting key; there is nothing else.
In a path a value is percent-encoded, slashes too; in a header a line break is refused; in a body it becomes JSON, quotes included:
\`{"reference": {{key}}, "total": {{/total}}}\`. Without a body template the document itself is sent.

| operation | how a repeat is kept from making a second document |
|---|---|
| \`keyed-request\` | the key goes in a header (\`Idempotency-Key\`); the target remembers it, 24 hours are assumed |
| \`upsert\` | the key is in the path; every version is written over the same document |
| \`request\` | looked up by the key before every send; needs the path of the look-up |

The look-up is a GET; 404, or an answer without a value at the pointer, means certainly absent. It must read what was just written:
a search index that lags is no look-up.

## Statuses
Success, refusal and "certainly not done" are lists in the settings. 429 waits as \`Retry-After\` says, 401 and 403 stop the
connection, redirects are not followed. **Any other 5xx on a write is in doubt**, and so is success without the id.
`.trim();
